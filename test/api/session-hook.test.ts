import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SessionAnswer } from "../../src/core/context.ts";
import { guardSessionHook } from "../../src/session-hook.ts";
import { openApp, signUp, tokenOf } from "../support/open-app.ts";

const ANNA = "anna@example.com";
const QUESTION = { account: { id: "1", email: ANNA }, method: "password", headers: null } as const;

/** Asks a guarded hook and returns its answer with the messages it logged. */
async function ask(hook: () => Promise<unknown>, timeoutMs = 10_000) {
  const messages: string[] = [];
  const log = { info() {}, error: (_: object, message: string) => void messages.push(message) };
  const baseUrl = new URL("https://acme.example/account");
  const guarded = guardSessionHook(hook as () => Promise<SessionAnswer>, { baseUrl, log, timeoutMs });
  return { response: await guarded(QUESTION), messages };
}

describe("mayBeginSession: goTo", () => {
  for (const [goTo, target] of [
    ["/second-factor", "/second-factor"],
    ["/second-factor?next=%2Fhome#code", "/second-factor?next=%2Fhome#code"],
    ["https://acme.example/second-factor?a=1", "/second-factor?a=1"],
    ["/a/../second-factor", "/second-factor"],
  ]) {
    it(`accepts ${goTo}`, async () => {
      assert.deepEqual(await ask(async () => ({ goTo })), { response: { goTo: target }, messages: [] });
    });
  }

  for (const goTo of [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/./\\evil.example",
    "/\t/evil.example",
    "https://acme.example@evil.example/",
    "https://user:password@acme.example/",
    "https://acme.example.evil.example/",
    "http://acme.example/",
    "https://acme.example//evil.example",
    "javascript:alert(1)",
    "second-factor",
    "",
    `/${"a".repeat(3_000)}`,
  ]) {
    it(`refuses the sign-in and logs an error for ${JSON.stringify(goTo.slice(0, 40))} (B4)`, async () => {
      const { response, messages } = await ask(async () => ({ goTo }));

      assert.equal(response, "no");
      assert.deepEqual(messages, [
        "mayBeginSession returned neither yes, no nor a goTo on this origin, sign-in refused",
      ]);
    });
  }
});

describe("mayBeginSession: faults", () => {
  it("counts as a refusal if the hook does not answer in time", async () => {
    const { response, messages } = await ask(() => new Promise(() => {}), 20);

    assert.equal(response, "no");
    assert.deepEqual(messages, ["mayBeginSession threw an error, sign-in refused"]);
  });

  for (const [what, hook] of Object.entries<() => Promise<unknown>>({
    rejects: () => Promise.reject(new Error("down")),
    throws: () => {
      throw new Error("down");
    },
    "returns true": async () => true,
    "returns undefined": async () => undefined,
    "returns a number as goTo": async () => ({ goTo: 5 }),
  })) {
    it(`counts as a refusal and is logged if the hook ${what}`, async () => {
      const { response, messages } = await ask(hook);

      assert.equal(response, "no");
      assert.equal(messages.length, 1);
    });
  }
});

describe("mayBeginSession: goTo uses up no code attempt", () => {
  it("uses up none in the requesting browser", async () => {
    let response: SessionAnswer = { goTo: "/second-factor" };
    const app = await openApp({ mayBeginSession: async () => response, limits: { requestsPerIp: "1000/1h" } });
    response = "yes";
    await signUp(app, ANNA);
    const client = app.client();
    await client.send("/sign-in-link", { email: ANNA });
    await app.deliver();
    const code = codeIn(app.lastMail().text);
    response = { goTo: "/second-factor" };

    for (let i = 0; i < 7; i += 1) {
      const sent = await client.send("/code", { code });
      assert.equal(sent.headers.get("location"), "/second-factor", `attempt ${i}`);
    }
    assert.equal((await app.visit(client).checkEmail.pending())?.attemptsLeft, 5);
    response = "yes";
    assert.equal((await app.visit(client).checkEmail.submitCode({ code })).kind, "done");
  });

  it("uses up none in another browser that opens the link", async () => {
    let response: SessionAnswer = "yes";
    const app = await openApp({ mayBeginSession: async () => response, limits: { requestsPerIp: "1000/1h" } });
    await signUp(app, ANNA);
    await app.client().send("/sign-in-link", { email: ANNA });
    await app.deliver();
    const [token, code] = [tokenOf(app.lastLink()), codeIn(app.lastMail().text)];
    response = { goTo: "/second-factor" };

    for (let i = 0; i < 7; i += 1) {
      assert.equal((await app.visit().signInLink.complete({ token, code })).kind, "go-to", `attempt ${i}`);
    }
    response = "yes";
    assert.equal((await app.visit().signInLink.complete({ token, code })).kind, "done");
  });

  it("uses up one for a refusal or a wrong code (L5)", async () => {
    let response: SessionAnswer = "yes";
    const app = await openApp({ mayBeginSession: async () => response });
    await signUp(app, ANNA);
    const client = app.client();
    await client.send("/sign-in-link", { email: ANNA });
    await app.deliver();
    const code = codeIn(app.lastMail().text);
    response = "no";

    assert.equal((await app.visit(client).checkEmail.submitCode({ code })).kind, "session-refused");
    const wrong = code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
    assert.deepEqual(await app.visit(client).checkEmail.submitCode({ code: wrong }), {
      kind: "wrong-code",
      attemptsLeft: 3,
    });
  });
});

function codeIn(text: string): string {
  const code = /^ *(\d{4} \d{4})$/m.exec(text)?.[1];
  assert.ok(code, text);
  return code;
}
