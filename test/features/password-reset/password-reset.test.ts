import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HOUR, MINUTE, SECOND } from "../../../src/lib/clock.ts";
import { openApp, PASSWORD, requestReset, signUp, tokenOf } from "../../support/open-app.ts";
import { accountOf, assertSays, SUBJECTS, when, words } from "../../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";

describe("Resetting a password", () => {
  it("requires an emailed link, and leaves the user signed in", async () => {
    const app = await openApp();
    const anna = await signUp(app, "anna@example.com");
    await anna.submit({}, "/sign-out");

    await anna.open("/sign-in");
    await anna.open("/forgets-pw");
    assert.equal(anna.path, "/forgot-password");
    await anna.submit({ email: " Anna@Example.com" });
    assert.equal(anna.path, "/check-email");
    assertSays(anna.text, words.check.title);

    await app.deliver();
    assert.equal(app.lastMail().to, "anna@example.com");
    await anna.open(app.lastLink());
    assertSays(anna.text, words.reset.title);
    await anna.submit({ password: NEW_PASSWORD });

    assert.equal(anna.response.status, 303);
    assert.equal(anna.path, "/users/me");
    assertSays(anna.text, accountOf("anna@example.com"));
    assertSays(anna.text, words.me.doneReset);

    const again = app.client();
    await again.open("/sign-in");
    await again.submit({ email: "anna@example.com", password: PASSWORD });
    assert.equal(again.response.status, 401);
    await again.submit({ email: "anna@example.com", password: NEW_PASSWORD });
    assert.equal(again.path, "/users/me");
  });

  it("revokes every session and every other link, and notifies the owner (T6)", async () => {
    const app = await openApp();
    const laptop = await signUp(app, "anna@example.com");
    const older = await requestReset(app, "anna@example.com");
    const newer = await requestReset(app, "anna@example.com");

    const phone = app.client();
    await phone.open(older);
    await phone.submit({ password: NEW_PASSWORD });
    await app.deliver();

    assert.equal(phone.path, "/users/me");
    await laptop.open("/users/me");
    assert.match(laptop.path, /^\/sign-in\?next=/);
    const other = await laptop.open(newer);
    assert.equal(other.status, 410);
    assertSays(laptop.text, words.dead.endedTitle);
    assert.equal(app.lastMail().subject, SUBJECTS.passwordChanged);
    assert.equal(app.lastMail().to, "anna@example.com");
  });

  it("ends the session that the browser had, also one of another account (Z2)", async () => {
    const app = await openApp();
    const bob = await signUp(app, "bob@example.com");
    const bobsCookies = new Map(bob.cookies);
    await signUp(app, "anna@example.com");

    await bob.open(await requestReset(app, "anna@example.com"));
    await bob.submit({ password: NEW_PASSWORD });

    assertSays(bob.text, accountOf("anna@example.com"));
    const before = app.client();
    for (const [name, value] of bobsCookies) before.cookies.set(name, value);
    await before.open("/users/me");
    assert.match(before.path, /^\/sign-in/);
  });
});

describe("A reset link", () => {
  it("is still valid after it was opened twenty times by GET and HEAD (T8)", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const link = await requestReset(app, "anna@example.com");
    const scanner = app.client();
    for (let i = 0; i < 10; i += 1) {
      const got = await scanner.request("GET", link);
      const head = await scanner.request("HEAD", link);
      assert.equal(got.status, 200);
      assert.equal(head.status, 200);
      assert.equal(head.body, "");
      assert.equal(got.headers.get("set-cookie"), null);
    }

    const anna = app.client();
    await anna.open(link);
    await anna.submit({ password: NEW_PASSWORD });

    assert.equal(anna.path, "/users/me");
  });

  it("is still valid after a refused password, and the page states the reason without repeating the password (T5)", async () => {
    const app = await openApp();
    const anna = await signUp(app, "anna@example.com");
    await anna.open(await requestReset(app, "anna@example.com"));

    for (const [password, reason] of [
      ["short", words.password.tooShort(15)],
      ["", words.password.empty],
      ["aaaaaaaaaaaaaaaaaaaa", words.password.oneCharacter],
      ["anna@example.com", words.password.ownAddress],
      ["x".repeat(1_025), words.password.tooLong],
      [`NUL is ${"\0"} not a character`, words.password.illFormed],
    ] as const) {
      const page = await anna.submit({ password });
      assert.equal(page.status, 422);
      assertSays(anna.text, reason);
      assert.doesNotMatch(page.body, /name="password"[^>]* value=/);
    }
    await anna.submit({ password: NEW_PASSWORD });

    assert.equal(anna.path, "/users/me");
  });

  it("states that it was used, and when", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const link = await requestReset(app, "anna@example.com");
    await app.client().post("/reset-password", { token: tokenOf(link), password: NEW_PASSWORD });
    app.pass(2 * HOUR);

    const late = app.client();
    const page = await late.open(link);
    const posted = await late.send("/reset-password", { token: tokenOf(link), password: NEW_PASSWORD });

    assert.equal(page.status, 410);
    const used = { when: when("2026-01-15T09:00:00Z", app.now()) };
    assertSays(late.text, words.dead.usedTitle, words.dead.usedReset(used));
    assert.ok(!late.text.includes("anna@"));
    assert.equal(posted.status, 410);
  });

  it("is valid until its last second and then states that it has expired (T7)", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const link = await requestReset(app, "anna@example.com");
    const anna = app.client();

    app.pass(HOUR - SECOND);
    assert.equal((await anna.open(link)).status, 200);
    app.pass(SECOND);
    const page = await anna.open(link);
    const posted = await anna.send("/reset-password", { token: tokenOf(link), password: NEW_PASSWORD });

    assert.equal(page.status, 410);
    assertSays(anna.text, words.dead.expiredTitle, words.dead.expiredNew({ when: when(app.now(), app.now()) }));
    assert.equal(posted.status, 410);
  });

  it("is valid for a full hour from the sending of its email, even after a long delay (T7)", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    await app.client().post("/forgot-password", { email: "anna@example.com" });
    app.pass(50 * MINUTE);
    await app.deliver();
    app.pass(59 * MINUTE);

    const page = await app.client().open(app.lastLink());

    assert.equal(page.status, 200);
  });

  it("returns the same 410 for every malformed token (T4)", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const link = await requestReset(app, "anna@example.com");
    const token = tokenOf(link);
    const lastLetter = token.at(-1) === "A" ? "B" : "A";
    const shapes = [
      "",
      "null",
      "undefined",
      "%00",
      `${token}%20`,
      `%20${token}`,
      `${token}=`,
      `${token}.`,
      token.slice(0, -1),
    ];
    shapes.push(
      `${token.slice(0, -1)}${lastLetter}`,
      token.toUpperCase(),
      "[object%20Object]",
      "%ff",
      "a".repeat(43),
      `${token}%00`,
    );

    for (const shape of shapes) {
      const opened = await app.client().open(`/reset-password/${shape}`);
      const posted = await app.client().request("POST", "/reset-password", `token=${shape}&password=${NEW_PASSWORD}`);
      // In the path of a link, what a mail program appended is ignored (T10).
      assert.equal(opened.status, shape.startsWith(token) ? 200 : 410, `GET ${shape}`);
      assert.ok(shape === "%ff" ? posted.status === 400 : posted.status === 410, `POST ${shape}: ${posted.status}`);
    }
    const absent = await app.client().send("/reset-password", { password: NEW_PASSWORD });
    assert.equal(absent.status, 410);

    assert.equal((await app.client().open(link)).status, 200);
  });

  it("can be requested again: five are live at a time, a sixth email is not sent, and the oldest stays valid (T6)", async () => {
    const app = await openApp({ limits: { mailsPerAddress: "100/1h" } });
    await signUp(app, "anna@example.com");
    const first = await requestReset(app, "anna@example.com");
    for (let i = 0; i < 6; i += 1) await requestReset(app, "anna@example.com");

    const mails = app.mails.filter((mail) => mail.subject.startsWith("Reset"));
    assert.equal(mails.length, 5);
    const anna = app.client();
    await anna.open(first);
    await anna.submit({ password: NEW_PASSWORD });
    assert.equal(anna.path, "/users/me");
  });
});
