import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE, SECOND } from "../../../src/lib/clock.ts";
import { openApp, PASSWORD, signUp } from "../../support/open-app.ts";
import { freshDatabase } from "../../support/open-store.ts";
import { openRaw } from "../../support/raw-database.ts";
import {
  copyClient,
  differentCode,
  REQUEST_PATHS,
  receiveEmail,
  requestEmail,
  signedInAs,
  statuses,
} from "../../support/requests.ts";
import { accountOf, assertSays, confirmButton, SUBJECTS, when, words } from "../../support/words.ts";

const HIGH_LIMITS = { requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

describe("A sign-in link", () => {
  it("signs in with one tap in the requesting browser, and the owner is notified", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const anna = app.client();

    await anna.open("/sign-in");
    assert.match(anna.page.body, /href="\/sign-in-link"/);
    assertSays(anna.text, words.signIn.byLink);
    const { link } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "Anna@Example.com ");
    assert.equal(app.lastMail().subject, SUBJECTS.signInLink);
    await anna.open(link);
    assertSays(anna.text, words.confirm.tap({ email: "a•••@example.com" }), confirmButton("a•••@example.com"));
    await anna.submit({});
    await app.deliver();

    assert.equal(anna.response.status, 303);
    assertSays(anna.text, accountOf("anna@example.com"));
    assert.match(anna.response.headers.get("set-cookie") ?? "", /max-age=2592000/i);
    assert.equal(app.lastMail().to, "anna@example.com");
    assert.match(app.lastMail().text, /signed in to with a link or code.*January 15, 2026 at 9:00 AM UTC/s);
    assert.match(app.lastMail().text, /This wasn’t me/);
  });

  it("requires the code of the same email in any other browser", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const laptop = app.client();
    const { link, code } = await requestEmail(app, laptop, REQUEST_PATHS.signIn, "anna@example.com");
    const phone = app.client();

    await phone.open(link);
    assertSays(phone.text, words.confirm.code, words.code.label);
    await phone.submit({});
    assert.equal(phone.response.status, 422);
    assertSays(phone.text, words.code.errorFormat);
    await phone.submit({ code: differentCode(code) });
    assert.equal(phone.response.status, 422);
    assertSays(phone.text, words.code.errorWrong(4));
    assert.equal(await signedInAs(phone), null);
    await phone.submit({ code });

    assert.equal(await signedInAs(phone), "anna@example.com");
    assert.equal(await signedInAs(laptop), null);
    assert.equal((await laptop.open(link)).status, 410);
  });

  it("requires its own code in a browser that requested another email", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const first = await requestEmail(app, app.client(), REQUEST_PATHS.signIn, "anna@example.com");
    const other = app.client();
    const second = await requestEmail(app, other, REQUEST_PATHS.signIn, "anna@example.com");

    await other.open(first.link);
    assertSays(other.text, words.confirm.code);
    assert.equal((await other.send("/sign-in-link/confirm", { token: first.token })).status, 422);
    const mixed = await app.client().send("/sign-in-link/confirm", { token: first.token, code: second.code });
    const straight = await app.client().send("/sign-in-link/confirm", { token: first.token, code: first.code });

    assert.deepEqual([mixed.status, straight.status], [422, 303]);
  });

  it("is not consumed by GET and HEAD and sets no cookie", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const anna = app.client();
    const { link, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");

    for (const reader of [app.client(), copyClient(app, anna)]) {
      for (let i = 0; i < 10; i += 1) {
        const got = await reader.request("GET", `${link}?code=${code}`);
        const head = await reader.request("HEAD", link);
        assert.deepEqual([got.status, head.status, head.body], [200, 200, ""]);
        assert.deepEqual([...got.headers.getSetCookie(), ...head.headers.getSetCookie()], []);
      }
      assert.equal(await signedInAs(reader), null);
    }
    await anna.open(link);
    await anna.submit({});

    assert.equal(await signedInAs(anna), "anna@example.com");
  });

  it("gives no access to a scanner that submits every form, and link and code stay valid (T8)", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const anna = app.client();
    const { link, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const scanner = app.client();

    for (let i = 0; i < 20; i += 1) {
      await scanner.open(link);
      await scanner.submit({});
      assert.equal(scanner.response.status, 422);
    }
    assert.equal(scanner.cookies.size, 0);
    const phone = app.client();
    await phone.open(link);
    await phone.submit({ code });

    assert.equal(await signedInAs(phone), "anna@example.com");
  });

  it("is valid for ten minutes from the sending of its email", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const anna = app.client();
    await anna.post(REQUEST_PATHS.signIn, { email: "anna@example.com" });
    app.pass(9 * MINUTE);
    const { link, token } = await receiveEmail(app);

    app.pass(10 * MINUTE - SECOND);
    assert.equal((await anna.open(link)).status, 200);
    app.pass(SECOND);
    const late = await anna.open(link);
    const pressed = await anna.send("/sign-in-link/confirm", { token });

    assert.deepEqual([late.status, pressed.status], [410, 410]);
    const expired = { when: when(app.now(), app.now()), email: "anna@example.com" };
    assertSays(anna.text, words.dead.expiredTitle, words.dead.expiredNewTo(expired));
    assert.equal(await signedInAs(anna), null);
  });

  it("is valid from every email of the request, and the first use revokes them all", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    await signUp(app, "anna@example.com");
    const anna = app.client();
    const mails = [];
    for (let i = 0; i < 5; i += 1) mails.push(await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com"));
    await anna.post(REQUEST_PATHS.signIn, { email: "anna@example.com" });
    const before = app.mails.length;
    await app.deliver();
    assert.equal(app.mails.length, before, "a sixth live link is not minted");

    for (const { link } of mails) {
      await anna.open(link);
      assertSays(anna.text, words.confirm.tap({ email: "a•••@example.com" }));
    }
    await anna.open(mails[1]?.link ?? "");
    await anna.submit({});
    assert.equal(await signedInAs(anna), "anna@example.com");

    for (const [i, { link, token, code }] of mails.entries()) {
      const reader = app.client();
      await reader.open(link);
      assertSays(reader.text, i === 1 ? words.dead.usedTitle : words.dead.endedTitle);
      const other = await reader.send("/sign-in-link/confirm", { token, code });
      assert.equal(other.status, 410);
    }
  });

  it("is revoked by a reset and by a password change, and states which", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const anna = app.client();
    const first = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const reset = await requestEmail(app, app.client(), REQUEST_PATHS.reset, "anna@example.com");
    const owner = app.client();
    await owner.post("/reset-password", { token: reset.token, password: "a new and rather long password" });

    await anna.open(first.link);
    assert.equal(anna.page.status, 410);
    assertSays(anna.text, words.dead.endedTitle, words.dead.replaced({ when: when(app.now(), app.now()) }));

    const second = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const passwords = { current_password: "a new and rather long password", password: PASSWORD };
    await owner.post("/users/me/password", passwords);
    await anna.open(second.link);
    assert.equal(anna.page.status, 410);
    assertSays(anna.text, words.dead.passwordChanged({ when: when(app.now(), app.now()) }));
    assert.equal((await anna.send("/sign-in-link/confirm", { token: second.token })).status, 410);
  });

  it("leaves the user's other sessions and reset links unchanged", async () => {
    const app = await openApp();
    const laptop = await signUp(app, "anna@example.com");
    const reset = await requestEmail(app, app.client(), REQUEST_PATHS.reset, "anna@example.com");
    const phone = app.client();
    const { link } = await requestEmail(app, phone, REQUEST_PATHS.signIn, "anna@example.com");

    await phone.open(link);
    await phone.submit({});

    assert.equal(await signedInAs(laptop), "anna@example.com");
    assert.equal((await app.client().open(reset.link)).status, 200);
  });

  it("is refused if its account is disabled before or after the email", async () => {
    const { app, sql } = await setUp();
    const anna = app.client();
    const { link, token, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    await sql.rows("update latchkey_accounts set disabled_at = 1");

    assert.equal((await copyClient(app, anna).open(link)).status, 410);
    assert.equal((await anna.send("/sign-in-link/confirm", { token })).status, 410);
    assert.equal((await app.client().send("/sign-in-link/confirm", { token, code })).status, 410);
    assert.equal((await anna.send("/code", { code })).status, 422);
    assert.equal(await signedInAs(anna), null);
    await anna.post(REQUEST_PATHS.signIn, { email: "anna@example.com" });
    await assert.rejects(receiveEmail(app), /No mail came/);

    await sql.rows("update latchkey_accounts set disabled_at = null");
    await anna.open(link);
    await anna.submit({});
    assert.equal(await signedInAs(anna), "anna@example.com");
  });

  it("is refused with the reason if the account's address changed meanwhile", async () => {
    const { app, sql } = await setUp();
    const anna = app.client();
    const { link, token, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    await sql.rows("update latchkey_accounts set email = 'new@example.com'");

    await anna.open(link);
    assert.equal(anna.page.status, 410);
    assertSays(anna.text, words.dead.addressChangedOld);
    assert.equal((await anna.send("/sign-in-link/confirm", { token })).status, 410);
    assert.equal((await anna.send("/code", { code })).status, 422);
    assert.equal(await signedInAs(anna), null);
  });

  it("succeeds once in fifty concurrent taps, and once in fifty uses with the code in another browser", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    await signUp(app, "anna@example.com");
    const anna = app.client();
    const tapped = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const windows = Array.from({ length: 50 }, () => copyClient(app, anna));
    const taps = await Promise.all(windows.map((w) => w.send("/sign-in-link/confirm", { token: tapped.token })));
    assert.deepEqual(statuses(taps), { 303: 1, 410: 49 });
    assert.equal(taps.filter(({ headers }) => headers.has("set-cookie")).length, 1);

    const { token, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const others = Array.from({ length: 50 }, () => app.client());
    const typed = await Promise.all(others.map((other) => other.send("/sign-in-link/confirm", { token, code })));
    assert.equal(statuses(typed)[303], 1);
    assert.equal(typed.filter(({ headers }) => headers.has("set-cookie")).length, 1);
  });
});

/** An app with Anna in it, and a second connection into its database. */
async function setUp() {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: HIGH_LIMITS });
  await signUp(app, "anna@example.com");
  const sql = await openRaw(database);
  return { app, sql };
}
