import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY, HOUR, SECOND } from "../../../src/lib/clock.ts";
import { type App, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../../support/open-app.ts";
import { accountOf, assertSays, SUBJECTS, when, words } from "../../support/words.ts";

const OTHER_PASSWORD = "another quite long password";

describe("Creating an account", () => {
  it("requires an emailed link, and leaves the user signed in", async () => {
    const app = await openApp();
    const anna = app.client();

    await anna.open("/sign-up");
    await anna.submit({ email: " Anna@EXAMPLE.com" });
    assert.equal(anna.path, "/check-email");
    await app.deliver();
    assert.equal(app.lastMail().to, "anna@example.com");
    assert.match(app.lastMail().text, /works once and expires in 24 hours/);
    await anna.open(app.lastLink());
    assertSays(anna.text, words.choose.title, words.choose.intro);
    await anna.submit({ password: PASSWORD });

    assert.equal(anna.response.status, 303);
    assert.equal(anna.path, "/users/me");
    assertSays(anna.text, words.me.doneSignUp, accountOf("anna@example.com"));
    assert.match(anna.response.headers.get("set-cookie") ?? "", /Max-Age=2592000/);
  });

  it("needs the form of the link: opening the link creates no account", async () => {
    const app = await openApp();
    const link = await requestSignUp(app, "anna@example.com");
    for (let i = 0; i < 20; i += 1) {
      const opened = await app.client().request(i % 2 ? "GET" : "HEAD", link);
      assert.equal(opened.status, 200);
      assert.equal(opened.headers.get("set-cookie"), null);
    }

    const before = app.mails.length;
    await app.client().post("/forgot-password", { email: "anna@example.com" });
    await app.deliver();

    assert.equal(app.mails.length, before);
    assert.equal((await app.client().send("/sign-in", { email: "anna@example.com", password: PASSWORD })).status, 401);
  });

  it("refuses a weak password, and the link stays valid", async () => {
    const app = await openApp();
    const anna = app.client();
    await anna.open(await requestSignUp(app, "anna@example.com"));

    for (const [password, reason] of [
      ["short", words.password.tooShort(15)],
      ["", words.password.empty],
      ["anna@example.com", words.password.ownAddress],
    ] as const) {
      assert.equal((await anna.submit({ password })).status, 422, password);
      assertSays(anna.text, reason);
    }
    await anna.submit({ password: PASSWORD });

    assert.equal(anna.path, "/users/me");
  });
});

describe("A sign-up link", () => {
  it("is valid once, and its second use starts no session", async () => {
    const app = await openApp();
    const link = await requestSignUp(app, "anna@example.com");
    await app.client().post("/sign-up/confirm", { token: tokenOf(link), password: PASSWORD });
    app.pass(HOUR);

    const late = app.client();
    const opened = await late.open(link);
    assertSays(late.text, words.dead.usedTitle, words.dead.usedSignUp({ when: when(app.now() - HOUR, app.now()) }));
    const posted = await late.send("/sign-up/confirm", { token: tokenOf(link), password: OTHER_PASSWORD });

    assert.deepEqual([opened.status, posted.status], [410, 410]);
    assert.equal(late.cookies.size, 0);
    assert.doesNotMatch(opened.body + posted.body, /anna/);
    const sign = (password: string) => app.client().send("/sign-in", { email: "anna@example.com", password });
    assert.equal((await sign(OTHER_PASSWORD)).status, 401);
    assert.equal((await sign(PASSWORD)).status, 303);
  });

  it("is revoked with the other links of its address when one of them is used", async () => {
    const app = await openApp();
    const first = await requestSignUp(app, "anna@example.com");
    const second = await requestSignUp(app, "anna@example.com");

    await app.client().post("/sign-up/confirm", { token: tokenOf(first), password: PASSWORD });

    const late = app.client();
    assert.equal((await late.open(second)).status, 410);
    assertSays(late.text, words.dead.endedTitle);
  });

  it("is valid until its last second", async () => {
    const app = await openApp();
    const link = await requestSignUp(app, "anna@example.com");

    app.pass(DAY - SECOND);
    assert.equal((await app.client().open(link)).status, 200);
    app.pass(SECOND);
    assert.equal((await app.client().open(link)).status, 410);
    const posted = await app.client().send("/sign-up/confirm", { token: tokenOf(link), password: PASSWORD });
    assert.equal(posted.status, 410);
  });

  it("is refused at the reset form, as a reset link is at the sign-up form, and both stay valid (T2)", async () => {
    const app = await openApp();
    await signUp(app, "bob@example.com");
    const signUpLink = await requestSignUp(app, "anna@example.com");
    const resetLink = await requestReset(app, "bob@example.com");
    const fields = (link: string) => ({ token: tokenOf(link), password: OTHER_PASSWORD });

    assert.equal((await app.client().open(`/reset-password/${tokenOf(signUpLink)}`)).status, 410);
    assert.equal((await app.client().send("/reset-password", fields(signUpLink))).status, 410);
    assert.equal((await app.client().open(`/sign-up/${tokenOf(resetLink)}`)).status, 410);
    assert.equal((await app.client().send("/sign-up/confirm", fields(resetLink))).status, 410);

    assert.equal((await app.client().send("/sign-up/confirm", fields(signUpLink))).status, 303);
    assert.equal((await app.client().send("/reset-password", fields(resetLink))).status, 303);
  });
});

describe("POST /sign-up with an address that has an account", () => {
  it("returns the usual page, and the email tells the owner", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const stranger = app.client();

    await stranger.open("/sign-up");
    await stranger.submit({ email: "ANNA@example.com" });
    await app.deliver();

    assert.equal(stranger.path, "/check-email");
    const mail = app.lastMail();
    assert.equal(mail.to, "anna@example.com");
    assert.equal(mail.subject, SUBJECTS.alreadySignedUp);
    assert.match(mail.text, /http:\/\/localhost:3000\/forgot-password\n/);
    assert.throws(() => app.lastLink());
    assert.equal((await app.client().send("/sign-in", { email: "anna@example.com", password: PASSWORD })).status, 303);
  });

  it("does not count against the owner's resets", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    app.pass(HOUR);
    for (let i = 0; i < 6; i += 1) await app.client().send("/sign-up", { email: "anna@example.com" });
    await app.deliver();

    await app.client().send("/forgot-password", { email: "anna@example.com" });
    await app.deliver();

    assert.equal(app.lastMail().subject, SUBJECTS.reset);
  });
});

describe("POST /forgot-password for an address without account", () => {
  it("does not prevent its owner from signing up", async () => {
    const app = await openApp();
    for (let i = 0; i < 6; i += 1) await app.client().send("/forgot-password", { email: "anna@example.com" });
    await app.deliver();

    const anna = await signUp(app, "anna@example.com");

    assert.equal(anna.path, "/users/me");
  });
});

async function requestSignUp(app: App, email: string): Promise<string> {
  await app.client().post("/sign-up", { email });
  await app.deliver();
  return app.lastLink();
}
