import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SessionAnswer } from "../../../src/core/context.ts";
import { HOUR, MINUTE } from "../../../src/lib/clock.ts";
import type { TestClient } from "../../support/client.ts";
import { type App, openApp, PASSWORD, requestReset, signUp } from "../../support/open-app.ts";
import { assertSays, SUBJECTS, when, words } from "../../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";
const EMAIL = "anna@example.com";
const RIGHT = { current_password: PASSWORD, password: NEW_PASSWORD };
const WRONG = { current_password: "not the right password", password: NEW_PASSWORD };

describe("POST /users/me/password", () => {
  it("keeps this browser signed in with a new session, revokes all others, and notifies the owner", async () => {
    const app = await openApp();
    const anna = await signUp(app, EMAIL);
    const phone = app.client();
    await phone.post("/sign-in", { email: EMAIL, password: PASSWORD });
    const link = await requestReset(app, EMAIL);
    const before = anna.cookies.get("latchkey");

    await anna.open("/users/me");
    await anna.submit(RIGHT, "/users/me/password");
    await app.deliver();

    assert.equal(anna.response.status, 303);
    assert.equal(anna.path, "/users/me");
    assertSays(anna.text, words.me.doneChange);
    assert.notEqual(anna.cookies.get("latchkey"), before);
    const attacker = app.client();
    attacker.cookies.set("latchkey", before ?? "");
    assert.equal((await attacker.request("GET", "/users/me")).status, 303);
    assert.equal((await phone.request("GET", "/users/me")).status, 303);

    const late = app.client();
    assert.equal((await late.open(link)).status, 410);
    assertSays(late.text, words.dead.passwordChanged({ when: when(app.now(), app.now()) }));
    assert.equal(app.lastMail().subject, SUBJECTS.passwordChanged);
    assert.equal(app.lastMail().to, EMAIL);
    assert.deepEqual(await statuses(app, PASSWORD, NEW_PASSWORD), [401, 303]);
  });

  it("requires the current password, and changes nothing without it (Z6)", async () => {
    const app = await openApp();
    const anna = await signUp(app, EMAIL);
    const mails = app.mails.length;
    const session = anna.cookies.get("latchkey");

    await anna.open("/users/me");
    for (const current of [WRONG.current_password, "", NEW_PASSWORD, `${PASSWORD} `, PASSWORD.toUpperCase()]) {
      const page = await anna.submit({ current_password: current, password: NEW_PASSWORD }, "/users/me/password");
      assert.equal(page.status, 422);
      assertSays(anna.text, words.me.wrongCurrent);
      assert.doesNotMatch(page.body, /name="(current_)?password"[^>]* value=/);
    }
    app.pass(MINUTE);
    await app.deliver();

    assert.equal(app.mails.length, mails);
    assert.equal(anna.cookies.get("latchkey"), session);
    assert.deepEqual(await statuses(app, PASSWORD, NEW_PASSWORD), [303, 401]);
  });

  it("requires the current password also right after a reset (Z6)", async () => {
    const app = await openApp();
    await signUp(app, EMAIL);
    const anna = app.client();
    await anna.open(await requestReset(app, EMAIL));
    await anna.submit({ password: NEW_PASSWORD });

    const before = await anna.send("/users/me/password", {
      current_password: PASSWORD,
      password: "yet another long one",
    });
    const without = await anna.send("/users/me/password", { password: "yet another long one" });
    await anna.open("/users/me");
    await anna.submit({ current_password: NEW_PASSWORD, password: "yet another long one" }, "/users/me/password");

    assert.deepEqual([before.status, without.status], [422, 400]);
    assertSays(anna.text, words.me.doneReset);
  });

  it("refuses a weak new password with the reason, and changes nothing", async () => {
    const app = await openApp();
    const anna = await signUp(app, EMAIL);

    await anna.open("/users/me");
    for (const [password, reason] of [
      ["short", words.password.tooShort(15)],
      ["", words.password.empty],
      [EMAIL, words.password.ownAddress],
      ["x".repeat(1_025), words.password.tooLong],
    ] as const) {
      const page = await anna.submit({ current_password: PASSWORD, password }, "/users/me/password");
      assert.equal(page.status, 422);
      assertSays(anna.text, reason);
      app.pass(MINUTE);
    }

    // Each refusal counted like a wrong password (SECURITY.md L5).
    app.pass(HOUR);
    assert.deepEqual(await statuses(app, PASSWORD, "short"), [303, 401]);
  });

  it("accepts five changes an hour, each with its notice, and refuses the sixth", async () => {
    const app = await openApp();
    const anna = await signUp(app, "anna@example.com");
    const statuses = [];
    let current_password = PASSWORD;
    for (let i = 1; i <= 6; i += 1) {
      const password = `the new and long password ${i}`;
      const { status } = await anna.send("/users/me/password", { current_password, password });
      statuses.push(status);
      if (status === 303) current_password = password;
    }
    assert.deepEqual(statuses, [303, 303, 303, 303, 303, 429]);

    app.pass(HOUR);
    assert.equal((await anna.send("/users/me/password", { current_password, password: PASSWORD })).status, 303);
  });

  it("redirects to the sign-in page without a session", async () => {
    const app = await openApp();
    const anna = await signUp(app, EMAIL);
    const session = anna.cookies.get("latchkey") ?? "";
    await anna.submit({}, "/sign-out");

    const stranger = app.client();
    const former = app.client();
    former.cookies.set("latchkey", session);
    for (const client of [stranger, former]) {
      await client.post("/users/me/password", RIGHT);
      assert.match(client.path, /^\/sign-in\?next=/);
    }

    assert.deepEqual(await statuses(app, NEW_PASSWORD, PASSWORD), [401, 303]);
  });

  it("is found by password managers at /.well-known/change-password", async () => {
    const app = await openApp();
    const anna = await signUp(app, EMAIL);

    const response = await anna.request("GET", "/.well-known/change-password");

    assert.equal(response.status, 302);
    assert.equal(response.headers.get("location"), "/users/me?change=password#change-password");
    assert.match((await anna.open("/users/me?change=password")).body, /<details id="change-password" open>/);
  });
});

describe("POST /users/me/password: sign-in limit", () => {
  const LIMITS = { signInsPerAccount: "3/15m", requestsPerIp: "1000/1h" };
  const change = (app: App, browser: TestClient, password = NEW_PASSWORD) =>
    app.visit(browser).changePassword({ current: PASSWORD, password });

  it("refunds nothing for a refused new password (L5)", async () => {
    const app = await openApp({ limits: LIMITS });
    const anna = await signUp(app, EMAIL);

    for (let i = 0; i < 3; i += 1) assert.equal((await change(app, anna, "short")).kind, "refused-password");

    assert.equal((await change(app, anna)).kind, "too-many");
  });

  it("refunds nothing if the host app refuses the session (L5)", async () => {
    let response: SessionAnswer = "yes";
    const app = await openApp({ limits: LIMITS, mayBeginSession: async () => response });
    const anna = await signUp(app, EMAIL);

    response = "no";
    for (let i = 0; i < 3; i += 1) assert.equal((await change(app, anna)).kind, "session-refused");

    response = "yes";
    assert.equal((await change(app, anna)).kind, "too-many");
  });

  it("refunds its own unit for a goTo of the host app, and none of an earlier failure (L5)", async () => {
    let response: SessionAnswer = "yes";
    const app = await openApp({ limits: LIMITS, mayBeginSession: async () => response });
    const anna = await signUp(app, EMAIL);
    for (let i = 0; i < 2; i += 1) assert.equal((await anna.send("/users/me/password", WRONG)).status, 422);

    response = { goTo: "/second-factor" };
    for (let i = 0; i < 4; i += 1) assert.equal((await change(app, anna)).kind, "go-to", `attempt ${i}`);

    assert.equal((await anna.send("/users/me/password", WRONG)).status, 422);
    assert.equal((await change(app, anna)).kind, "too-many");
  });

  it("validates the new password only after the current one is counted and verified", async () => {
    const app = await openApp({ limits: LIMITS });
    const anna = await signUp(app, EMAIL);
    const wrong = () => app.visit(anna).changePassword({ current: WRONG.current_password, password: "short" });

    for (let i = 0; i < 3; i += 1) assert.equal((await wrong()).kind, "wrong-current-password");

    assert.equal((await change(app, anna, "short")).kind, "too-many");
  });
});

describe("An attacker at a browser that was left signed in", () => {
  it("gets ten guesses at the current password, counted together with the sign-in page", async () => {
    const app = await openApp();
    const browser = await signUp(app, EMAIL);
    for (let i = 0; i < 5; i += 1) {
      assert.equal((await browser.send("/users/me/password", WRONG)).status, 422);
      app.pass(MINUTE);
      assert.equal((await app.client().send("/sign-in", { email: EMAIL, password: "a wrong password" })).status, 401);
      app.pass(MINUTE);
    }

    const guess = await browser.send("/users/me/password", RIGHT);
    const signIn = await app.client().send("/sign-in", { email: EMAIL, password: PASSWORD });
    app.pass(5 * MINUTE);
    const later = await browser.send("/users/me/password", RIGHT);

    assert.equal(guess.status, 429);
    assert.equal(guess.headers.get("retry-after"), String(5 * 60));
    assert.equal(signIn.status, 429);
    assert.equal(later.status, 303);
  });
});

async function statuses(app: App, ...passwords: string[]): Promise<number[]> {
  const found: number[] = [];
  for (const password of passwords) {
    const { status } = await app.client().send("/sign-in", { email: EMAIL, password });
    found.push(status);
  }
  return found;
}
