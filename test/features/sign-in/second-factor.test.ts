import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Options } from "../../../src/options/options.ts";
import type { TestClient } from "../../support/client.ts";
import { type App, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../../support/open-app.ts";
import { accountOf, assertSays, words } from "../../support/words.ts";

const ANNA = "anna@example.com";
const NEW_PASSWORD = "a new and rather long password";

type Hook = NonNullable<Options["mayBeginSession"]>;

/** An app whose word can be changed as the test goes on, and every question that it was asked. */
async function openGuardedApp(): Promise<{ app: App; asked: string[]; say: (hook: Hook) => void }> {
  let hook: Hook = async () => "yes";
  const asked: string[] = [];
  const app = await openApp({
    async mayBeginSession(question) {
      asked.push(`${question.method} ${question.account.email} ${question.account.id === null ? "new" : "known"}`);
      return hook(question);
    },
  });
  return {
    app,
    asked,
    say(next) {
      hook = next;
    },
  };
}

/** Each method to a session: goes it as far as the answer, which the client then has. */
const methods: Record<string, (app: App, client: TestClient) => Promise<unknown>> = {
  password: (_app, client) => client.post("/sign-in", { email: ANNA, password: PASSWORD }),
  async "password-reset"(app, client) {
    await client.open(await requestReset(app, ANNA));
    await client.submit({ password: NEW_PASSWORD });
  },
  async "sign-in-link"(app, client) {
    await client.post("/sign-in-link", { email: ANNA });
    await app.deliver();
    await client.open(app.lastLink());
    await client.submit({});
  },
  async code(app, client) {
    await client.post("/sign-in-link", { email: ANNA });
    await app.deliver();
    await client.submit({ code: codeIn(app.lastMail().text) }, "/code");
  },
  async "sign-up"(app, client) {
    await client.post("/sign-up", { email: "new@example.com" });
    await app.deliver();
    await client.open(app.lastLink());
    await client.submit({ password: PASSWORD });
  },
};

describe("mayBeginSession", () => {
  for (const [method, go] of Object.entries(methods)) {
    it(`is called once for ${method}, and yes starts a session`, async () => {
      const { app, asked } = await openGuardedApp();
      await signUp(app, ANNA);
      asked.length = 0;

      const client = app.client();
      await go(app, client);

      const name = method === "code" ? "sign-in-link" : method;
      assert.deepEqual(asked, [method === "sign-up" ? "sign-up new@example.com new" : `${name} ${ANNA} known`]);
      assertSays(client.text, words.me.title);
    });

    it(`starts no session for ${method} if it returns no, throws, or returns an invalid value`, async () => {
      const { app, say } = await openGuardedApp();
      await signUp(app, ANNA);
      const refusals: Hook[] = [
        async () => "no",
        async () => Promise.reject(new Error("the second factor's server is away")),
        async () => undefined as never,
        (() => "yes, perhaps") as never,
      ];

      for (const refusal of refusals) {
        say(refusal);
        const client = app.client();
        await go(app, client);
        assert.equal(client.response.status, method === "password" ? 401 : 403);
        assert.equal(/your link still works/.test(client.text), !["password", "code"].includes(method));
        assert.equal(client.cookies.has("latchkey"), false);
      }

      say(async () => "yes");
      const owner = app.client();
      await owner.post("/sign-in", { email: ANNA, password: PASSWORD });
      assertSays(owner.text, words.me.title);
    });

    it(`redirects from ${method} with goTo and consumes nothing`, async () => {
      const { app, say } = await openGuardedApp();
      await signUp(app, ANNA);
      say(async () => ({ goTo: "/second-factor" }));

      const client = app.client();
      await go(app, client);

      assert.equal(client.response.status, 303);
      assert.equal(client.response.headers.get("location"), "/second-factor");
      assert.equal(client.cookies.has("latchkey"), false);
    });
  }

  it("leaves a reset link valid, so that the user can return with the second factor", async () => {
    const { app, say } = await openGuardedApp();
    await signUp(app, ANNA);
    const link = await requestReset(app, ANNA);
    const client = app.client();
    say(async () => ({ goTo: "/second-factor" }));
    await client.post("/reset-password", { token: tokenOf(link), password: NEW_PASSWORD });

    say(async ({ headers }) => (headers?.get("cookie")?.includes("factor=given") ? "yes" : "no"));
    await client.post("/reset-password", { token: tokenOf(link), password: NEW_PASSWORD });
    assert.equal(client.response.status, 403);
    client.cookies.set("factor", "given");
    await client.post("/reset-password", { token: tokenOf(link), password: NEW_PASSWORD });

    assertSays(client.text, words.me.doneReset);
  });

  it("does not count a right password as a failure, however often the second factor is missing", async () => {
    const { app, say } = await openGuardedApp();
    await signUp(app, ANNA);
    say(async () => ({ goTo: "/second-factor" }));

    for (let i = 0; i < 9; i += 1) {
      const response = await app.client().send("/sign-in", { email: ANNA, password: PASSWORD });
      assert.equal(response.status, 303, `sign-in ${i}`);
    }
  });

  it("refunds the attempts that led to it when the host app starts the session", async () => {
    const { app, say } = await openGuardedApp();
    const owner = await signUp(app, ANNA);
    const account = await app.latchkey.account(requestOf(app, owner));
    say(async () => ({ goTo: "/second-factor" }));

    for (let round = 0; round < 4; round += 1) {
      for (const password of ["mistyped once", "mistyped twice", PASSWORD]) {
        const { status } = await app.client().send("/sign-in", { email: ANNA, password });
        assert.equal(status, password === PASSWORD ? 303 : 401, `round ${round}`);
      }
      await app.visit(owner).startSession({ accountId: account?.id ?? "" });
    }
  });

  it("mentions a link only to a user who came by one, not after a password change", async () => {
    const { app, say } = await openGuardedApp();
    const anna = await signUp(app, ANNA);
    say(async () => "no");

    await anna.post("/users/me/password", { current_password: PASSWORD, password: NEW_PASSWORD });

    assert.equal(anna.response.status, 403);
    assertSays(anna.text, words.refused.title, words.refused.text);
  });

  it("does not reveal that a guessed password was right (Z3)", async () => {
    const { app, say } = await openGuardedApp();
    await signUp(app, ANNA);
    say(async () => "no");

    const right = await app.client().send("/sign-in", { email: ANNA, password: PASSWORD });
    const wrong = await app.client().send("/sign-in", { email: ANNA, password: "not the right password" });

    assert.equal(right.status, 401);
    assert.equal(right.body, wrong.body);
  });

  it("is not called for startSession, which refuses a disabled or unknown account", async () => {
    const { app, say } = await openGuardedApp();
    const client = await signUp(app, ANNA);
    say(async () => "no");
    const request = requestOf(app, client);
    const account = await app.latchkey.account(request);

    const started = await app.visit(client).startSession({ accountId: account?.id ?? "" });
    const unknown = await app.visit(client).startSession({ accountId: "no such account" });

    const later = app.client();
    assert.ok(started.kind === "done");
    later.cookies.set("latchkey", /^latchkey=([^;]+)/.exec(started.headers.getSetCookie()[0] ?? "")?.[1] ?? "");
    await later.open("/users/me");
    assertSays(later.text, accountOf("anna@example.com"));
    assert.deepEqual(unknown, { kind: "no-account" });
  });
});

function requestOf(app: App, client: TestClient): Request {
  const cookie = [...client.cookies].map((pair) => pair.join("=")).join("; ");
  return new Request(`${app.baseUrl}/`, { headers: { cookie } });
}

/** The code on its own line in the text of an email. */
function codeIn(text: string): string {
  const code = /^ *(\d{4} \d{4})$/m.exec(text)?.[1];
  if (!code) throw new Error(`No code in:\n${text}`);
  return code;
}
