import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HOUR, MINUTE } from "../../src/lib/clock.ts";
import type { TestClient, TestResponse } from "../support/client.ts";
import { type App, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { runOverlapping } from "../support/overlapping.ts";
import { assertSays, readable, words } from "../support/words.ts";

const FIFTY = Array.from({ length: 50 }, (_, i) => i);
const HIGH_LIMITS = { signInsPerAccount: "100000/1h", requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

describe("Fifty concurrent uses of one link", () => {
  for (const { what, path, link } of [
    { what: "reset link", path: "/reset-password", link: (app: App) => requestReset(app, "anna@example.com") },
    { what: "sign-up link", path: "/sign-up/confirm", link: (app: App) => requestSignUp(app, "bea@example.com") },
  ]) {
    it(`succeed exactly once for a ${what} (T3)`, async () => {
      const app = await openApp({ limits: HIGH_LIMITS });
      await signUp(app, "anna@example.com");
      const token = tokenOf(await link(app));
      const before = app.mails.length;

      const clients = FIFTY.map(() => app.client());
      const responses = await Promise.all(
        clients.map((client, i) => client.send(path, { token, password: newPassword(i) })),
      );
      await app.deliver();

      assert.deepEqual(statuses(responses), { 303: 1, 410: 49 });
      assert.equal(responses.filter(({ headers }) => headers.has("set-cookie")).length, 1);
      const winner = responses.findIndex(({ status }) => status === 303);
      await clients[winner]?.open("/users/me");
      assert.equal(sessionsOn(clients[winner]), 1);
      const notices = app.mails.slice(before).filter(({ subject }) => /was changed/.test(subject));
      assert.equal(notices.length, what === "reset link" ? 1 : 0);

      const email = what === "reset link" ? "anna@example.com" : "bea@example.com";
      assert.equal((await signIn(app, email, newPassword(winner))).status, 303);
      assert.equal((await signIn(app, email, newPassword(winner === 0 ? 1 : 0))).status, 401);
    });
  }

  it("create one account from five links for one address", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const links: string[] = [];
    for (let i = 0; i < 5; i += 1) links.push(await requestSignUp(app, "bea@example.com"));

    const responses = await Promise.all(
      FIFTY.map((i) => {
        const token = tokenOf(links[i % 5] ?? "");
        return app.client().send("/sign-up/confirm", { token, password: newPassword(i) });
      }),
    );

    assert.deepEqual(statuses(responses), { 303: 1, 410: 49 });
  });
});

describe("Two submissions of one link from one browser", () => {
  for (const { what, path, ask, sentence } of [
    {
      what: "reset link",
      path: "/reset-password",
      ask: "/forgot-password",
      sentence: words.justUsed.reset,
    },
    {
      what: "sign-up link",
      path: "/sign-up/confirm",
      ask: "/sign-up",
      sentence: words.justUsed.signUp,
    },
  ]) {
    it(`issue one session cookie for a ${what}, also for the same password (T3)`, async () => {
      const { anna, token } = await requested(what === "reset link", ask);

      const first = await anna.send(path, { token, password: newPassword(1) });
      anna.cookies.delete("latchkey");
      const second = await anna.send(path, { token, password: newPassword(1) });

      assert.deepEqual([first.status, second.status], [303, 410]);
      assert.ok(first.headers.has("set-cookie"));
      assert.equal(second.headers.has("set-cookie"), false);
      assertSays(readable(second.body), sentence);
    });

    it(`show the address only in the browser that requested the ${what} (S5)`, async () => {
      const { app, anna, token } = await requested(what === "reset link", ask);
      await anna.send(path, { token, password: newPassword(1) });
      anna.cookies.delete("latchkey");

      const here = await anna.send(path, { token, password: newPassword(1) });
      const elsewhere = await app.client().send(path, { token, password: newPassword(1) });

      assert.match(here.body, /anna@example\.com/);
      assert.doesNotMatch(elsewhere.body, /anna@example\.com/);
    });

    it(`show the page of a used ${what} a minute after its use`, async () => {
      const { app, anna, token } = await requested(what === "reset link", ask);
      await anna.send(path, { token, password: newPassword(1) });
      app.pass(MINUTE);

      const late = await anna.send(path, { token, password: newPassword(1) });

      assert.equal(late.status, 410);
      assertSays(late.body, words.dead.usedTitle);
    });
  }

  async function requested(hasAccount: boolean, ask: string) {
    const app = await openApp({ limits: HIGH_LIMITS });
    if (hasAccount) await signUp(app, "anna@example.com");
    const anna = app.client({ "sec-fetch-mode": "navigate" });
    await anna.post(ask, { email: "anna@example.com" });
    await app.deliver();
    return { app, anna, token: tokenOf(app.lastLink()) };
  }
});

describe("A sign-in that starts before a reset and ends after it", () => {
  it("starts no session: only the session of the reset remains (Z4)", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    await signUp(app, "anna@example.com", newPassword(0));

    for (let round = 1; round <= 12; round += 1) {
      const token = tokenOf(await requestReset(app, "anna@example.com"));
      const old = newPassword(round - 1);
      const early = range(round % 5).map(() => app.client());
      const late = range(4).map(() => app.client());
      const owner = app.client();

      const first = early.map((attacker) => signIn(app, "anna@example.com", old, attacker));
      const reset = owner.send("/reset-password", { token, password: newPassword(round) });
      const second = late.map((attacker) => signIn(app, "anna@example.com", old, attacker));
      await Promise.all([...first, reset, ...second]);

      for (const attacker of [...early, ...late]) {
        await attacker.open("/users/me");
        assert.match(attacker.path, /^\/sign-in/, `round ${round}`);
      }
      await owner.open("/users/me");
      assert.equal(owner.path, "/users/me");
      assert.equal(sessionsOn(owner), 1);
    }
  });
});

describe("A concurrent password change and reset", () => {
  it("never both succeed, and the password of the winner applies (Z4)", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    let current = PASSWORD;
    const decoy = app.client();
    let changer = await signUp(app, "anna@example.com", current);
    await signUp(app, "bob@example.com");
    const won = { change: 0, reset: 0 };

    for (let round = 1; round <= 9; round += 1) {
      const token = tokenOf(await requestReset(app, "anna@example.com"));
      const resetter = app.client();
      const byChange = { current_password: current, password: newPassword(2 * round) };
      const byReset = { token, password: newPassword(2 * round + 1) };

      const actions = {
        change: () => changer.send("/users/me/password", byChange),
        reset: () => resetter.send("/reset-password", byReset),
      };
      const order = round % 2 === 0 ? (["reset", "change"] as const) : (["change", "reset"] as const);
      const { change: changed, reset } = await runOverlapping(actions, order, async (begun) => {
        // In the first two rounds one action ends before the other begins. In the other rounds, sign-ins of another
        // account separate the two in the hashing queue, so that the order varies.
        if (round <= 2) await begun;
        else for (let i = 0; i < 3 * (round % 3); i += 1) await signIn(app, "bob@example.com", PASSWORD, decoy);
      });

      const changeWon = changed.status === 303 && changed.headers.has("set-cookie");
      assert.notEqual(changeWon, reset.status === 303, `round ${round}`);
      won[changeWon ? "change" : "reset"] += 1;
      const [winner, loser] = changeWon ? [changer, resetter] : [resetter, changer];
      current = changeWon ? byChange.password : byReset.password;
      await loser.open("/users/me");
      assert.match(loser.path, /^\/sign-in/);
      await winner.open("/users/me");
      const refused = changeWon ? byReset.password : byChange.password;
      assert.equal((await signIn(app, "anna@example.com", refused)).status, 401);
      changer = winner;
    }

    assert.ok(won.change > 0 && won.reset > 0, `both orders occurred: ${JSON.stringify(won)}`);
  });
});

describe("Fifty concurrent guesses", () => {
  it("at one account run five verifications from any number of clients, and the correct password is refused", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");

    const responses = await Promise.all(
      FIFTY.map((i) => guess(app, `198.51.100.${i}`, "anna@example.com", i === 49 ? PASSWORD : newPassword(i))),
    );

    assert.deepEqual(statuses(responses), { 401: 5, 429: 45 });
  });

  it("from one client at fifty accounts run thirty verifications", async () => {
    const app = await openApp();

    const responses = await Promise.all(
      FIFTY.map((i) => guess(app, "198.51.100.1", `client${i}@example.com`, newPassword(i))),
    );

    assert.deepEqual(statuses(responses), { 401: 30, 429: 20 });
  });
});

describe("Fifty concurrent requests for an email", () => {
  // For an address with an account the sign-up email contains no link, so that only the limit applies to it.
  for (const path of ["/forgot-password", "/sign-up"]) {
    it(`to one address send five from ${path}`, async () => {
      const app = await openApp({ limits: { requestsPerIp: "100/10m" } });
      await signUp(app, "anna@example.com");
      app.pass(HOUR);
      app.mails.length = 0;

      const responses = await Promise.all(FIFTY.map(() => app.client().send(path, { email: "anna@example.com" })));
      await app.deliver();

      assert.deepEqual(statuses(responses), { 303: 50 });
      assert.equal(app.mails.length, 5);
    });
  }

  it("never create a sixth live link, also with four live links before (T6)", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    app.pass(HOUR);
    const links = [await requestReset(app, "anna@example.com")];
    app.pass(59 * MINUTE);
    for (let i = 0; i < 4; i += 1) links.push(await requestReset(app, "anna@example.com"));
    app.pass(MINUTE);

    await Promise.all(range(5).map(() => app.client().send("/forgot-password", { email: "anna@example.com" })));
    const before = app.mails.length;
    await app.deliver();

    assert.equal((await app.client().open(links[0] ?? "")).status, 410);
    assert.equal((await app.client().open(links[1] ?? "")).status, 200);
    assert.equal(app.mails.length - before, 1);
  });
});

async function requestSignUp(app: App, email: string): Promise<string> {
  await app.client().post("/sign-up", { email });
  await app.deliver();
  return app.lastLink();
}

function signIn(app: App, email: string, password: string, client = app.client()): Promise<TestResponse> {
  return client.send("/sign-in", { email, password });
}

async function guess(app: App, peer: string, email: string, password: string): Promise<TestResponse> {
  const body = new URLSearchParams({ email, password });
  const response = await app.latchkey.fetch(new Request(`${app.baseUrl}/sign-in`, { method: "POST", body }), {
    ip: peer,
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

function statuses(responses: TestResponse[]): Record<number, number> {
  const counted: Record<number, number> = {};
  for (const { status } of responses) counted[status] = (counted[status] ?? 0) + 1;
  return counted;
}

function sessionsOn(client: TestClient | undefined): number {
  return client?.page.body.match(/class="device"/g)?.length ?? 0;
}

function newPassword(i: number): string {
  return `password number ${i} of many`;
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
