import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY, HOUR, SECOND } from "../../../src/lib/clock.ts";
import type { TestClient } from "../../support/client.ts";
import { type App, openApp, PASSWORD, signUp, tokenOf } from "../../support/open-app.ts";
import { freshDatabase } from "../../support/open-store.ts";
import { openRaw } from "../../support/raw-database.ts";
import { alertLinkIn, copyClient, REQUEST_PATHS, requestEmail, signedInAs, statuses } from "../../support/requests.ts";
import { recordStatements } from "../../support/statements.ts";
import { assertSays, when, words } from "../../support/words.ts";

const ATTACKER_PASSWORD = "the password of the thief";
const NEW_PASSWORD = "a new and rather long password";
const HIGH_LIMITS = { requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

describe("POST /objection (This wasn't me)", () => {
  for (const [notice, breakIn] of [
    ["a password reset", resetAsAttacker],
    ["a sign-in by link", signInAsAttacker],
  ] as const) {
    it(`from the notice of ${notice} revokes all access and emails the owner a recovery link (T6)`, async () => {
      const { app, laptop } = await setUp();
      const attacker = await breakIn(app);
      assert.equal(await signedInAs(attacker), "anna@example.com");
      const anna = app.client();
      await anna.open(alertLinkIn(app));
      const { title, intro, endSessions, turnOff, sendLink, button } = words.secure;
      assertSays(anna.text, title, intro({ email: "a•••@example.com" }), endSessions, turnOff, sendLink, button);

      await anna.submit({});
      await app.deliver();

      assert.equal(anna.response.status, 303);
      assertSays(anna.text, words.secure.doneTitle);
      assert.deepEqual(
        [await signedInAs(attacker), await signedInAs(laptop), await signedInAs(anna)],
        [null, null, null],
      );
      for (const password of [PASSWORD, ATTACKER_PASSWORD]) assert.equal(await signIn(app, password), 401);
      const mail = app.lastMail();
      assert.equal(mail.to, "anna@example.com");
      assert.match(mail.text, /You told us it wasn’t you/);
      assert.doesNotMatch(mail.text, /^ *\d{4} \d{4}$/m, "no browser waits for a code");
      await anna.open(app.lastLink());
      await anna.submit({ password: NEW_PASSWORD });
      assert.equal(await signedInAs(anna), "anna@example.com");
      assert.equal(await signIn(app, NEW_PASSWORD), 303);
    });
  }

  it("revokes every live link and code, and dead links state the reason", async () => {
    const { app } = await setUp();
    const [one, other] = [app.client(), app.client()];
    await resetAsAttacker(app);
    const objection = alertLinkIn(app);
    const signInMail = await requestEmail(app, one, REQUEST_PATHS.signIn, "anna@example.com");
    const resetMail = await requestEmail(app, other, REQUEST_PATHS.reset, "anna@example.com");

    await object(app, objection);

    assert.equal((await one.send("/sign-in-link/confirm", { token: signInMail.token })).status, 410);
    assert.equal((await one.send("/code", { code: signInMail.code })).status, 422);
    assert.equal((await other.send("/code", { code: resetMail.code })).status, 422);
    for (const { link } of [signInMail, resetMail]) {
      const client = app.client();
      assert.equal((await client.open(link)).status, 410);
      assertSays(client.text, words.dead.endedTitle, words.dead.objection({ when: when(app.now(), app.now()) }));
    }
    assert.deepEqual([await signedInAs(one), await signedInAs(other)], [null, null]);
  });

  it("leaves other accounts unchanged", async () => {
    const { app } = await setUp();
    const bob = await signUp(app, "bob@example.com");
    const bobs = await requestEmail(app, bob, REQUEST_PATHS.reset, "bob@example.com");
    await resetAsAttacker(app);

    await object(app, alertLinkIn(app));

    assert.equal(await signedInAs(bob), "bob@example.com");
    assert.equal((await app.client().open(bobs.link)).status, 200);
    assert.equal((await bob.send("/code", { code: bobs.code })).status, 303);
  });

  it("has no effect on GET and HEAD", async () => {
    const { app, laptop } = await setUp();
    const attacker = await signInAsAttacker(app);
    const link = alertLinkIn(app);

    for (let i = 0; i < 10; i += 1) {
      for (const method of ["GET", "HEAD"]) {
        const { result, statements } = await recordStatements(() => app.client().request(method, link));
        assert.equal(result.status, 200);
        assert.deepEqual(result.headers.getSetCookie(), []);
        assert.deepEqual(
          statements.filter((sql) => !sql.startsWith("select")),
          [],
        );
      }
    }
    assert.deepEqual([await signedInAs(attacker), await signedInAs(laptop)], ["anna@example.com", "anna@example.com"]);
    assert.equal((await object(app, link)).status, 303);
    assert.equal(await signedInAs(attacker), null);
  });

  it("succeeds once: afterwards the page states the use, and nothing more is revoked", async () => {
    const { app } = await setUp();
    await signInAsAttacker(app);
    const link = alertLinkIn(app);
    await object(app, link);
    await app.deliver();
    const anna = app.client();
    await anna.open(app.lastLink());
    await anna.submit({ password: NEW_PASSWORD });

    const again = app.client();
    const page = await again.open(link);
    const pressed = await object(app, link);

    assert.deepEqual([page.status, pressed.status], [410, 410]);
    assertSays(again.text, words.dead.usedTitle, words.dead.usedObjection({ when: when(app.now(), app.now()) }));
    assertSays(again.page.body, `href="/forgot-password">${words.dead.resetPassword}`);
    assert.equal(await signedInAs(anna), "anna@example.com");
    assert.equal(await signIn(app, NEW_PASSWORD), 303);
  });

  it("is valid for seven days", async () => {
    const { app } = await setUp();
    const attacker = await signInAsAttacker(app);
    const link = alertLinkIn(app);
    app.pass(7 * DAY - SECOND);
    assert.equal((await app.client().open(link)).status, 200);
    app.pass(SECOND);

    const late = app.client();
    assert.equal((await late.open(link)).status, 410);
    assertSays(late.text, words.dead.expiredTitle, words.dead.expired({ when: when(app.now(), app.now()) }));
    assert.equal((await object(app, link)).status, 410);
    assert.equal(await signedInAs(attacker), "anna@example.com");
  });

  it("succeeds once in fifty concurrent uses, and sends one link (T6)", async () => {
    const { app } = await setUp();
    await signInAsAttacker(app);
    const token = tokenOf(alertLinkIn(app));
    const before = app.mails.length;

    const presses = Array.from({ length: 50 }, () => app.client().send("/objection", { token }));
    const responses = await Promise.all(presses);
    await app.deliver();

    assert.deepEqual(statuses(responses), { 303: 1, 410: 49 });
    assert.equal(app.mails.length - before, 1);
  });

  it("succeeds once for concurrent uses from two notices, and revokes the other", async () => {
    const { app } = await setUp();
    await signInAsAttacker(app);
    const first = alertLinkIn(app);
    await signInAsAttacker(app);
    const second = alertLinkIn(app);
    assert.notEqual(first, second);
    const before = app.mails.length;

    const responses = await Promise.all([object(app, first), object(app, second)]);
    await app.deliver();

    assert.deepEqual(statuses(responses), { 303: 1, 410: 1 });
    assert.equal(app.mails.length - before, 1);
  });

  it("is revoked for an older notice by a later reset, whose own notice is valid", async () => {
    const { app } = await setUp();
    await signInAsAttacker(app);
    const older = alertLinkIn(app);
    const attacker = await resetAsAttacker(app);
    const newer = alertLinkIn(app);

    const late = app.client();
    assert.equal((await late.open(older)).status, 410);
    assertSays(late.text, words.dead.endedTitle);
    assert.equal((await object(app, older)).status, 410);
    assert.equal(await signedInAs(attacker), "anna@example.com");
    assert.equal((await object(app, newer)).status, 303);

    assert.equal(await signedInAs(attacker), null);
  });

  it("is not revoked by an attacker who signs in, requests emails, or uses their links (T6)", async () => {
    const { app } = await setUp();
    await signInAsAttacker(app);
    const link = alertLinkIn(app);
    for (let i = 0; i < 7; i += 1) await signInAsAttacker(app);
    const notices = app.mails.filter(({ text }) => text.includes("/objection/"));
    assert.equal(notices.length, 8, "each is told of, however many there are");

    assert.equal((await object(app, link)).status, 303);
  });

  it("is not revoked by an attacker who changes the password repeatedly", async () => {
    const { app } = await setUp();
    await signInAsAttacker(app);
    const link = alertLinkIn(app);
    const attacker = app.client();
    await attacker.post("/sign-in", { email: "anna@example.com", password: PASSWORD });
    for (const [current_password, password] of [
      [PASSWORD, ATTACKER_PASSWORD],
      [ATTACKER_PASSWORD, NEW_PASSWORD],
    ] as const) {
      assert.equal((await attacker.send("/users/me/password", { current_password, password })).status, 303);
      await app.deliver();
    }

    assert.equal((await object(app, link)).status, 303);

    assert.equal(await signedInAs(attacker), null);
  });

  it("sends its link although the limit of live links is reached", async () => {
    const { app, sql } = await setUp();
    await signInAsAttacker(app);
    await object(app, alertLinkIn(app));
    await sql.rows(`update latchkey_outbox set next_attempt_at = next_attempt_at + 1000 where state = 'due'`);
    for (let i = 0; i < 6; i += 1) await app.client().send(REQUEST_PATHS.reset, { email: "anna@example.com" });
    await app.deliver();
    assert.doesNotMatch(app.lastMail().text, /You told us/);

    app.pass(SECOND);
    await app.deliver();

    assert.match(app.lastMail().text, /You told us/);
    assert.equal((await app.client().open(app.lastLink())).status, 200);
  });

  it("refuses the former password, and clears the sign-in limit", async () => {
    const { app } = await setUp();
    await signInAsAttacker(app);
    for (let i = 0; i < 12; i += 1) await signIn(app, "a guess at the password");
    assert.equal(await signIn(app, PASSWORD), 429);

    await object(app, alertLinkIn(app));

    assert.equal(await signIn(app, PASSWORD), 401);
  });

  it("has no effect for an account that is disabled or has another address", async () => {
    for (const change of ["disabled_at = 1", "email = 'new@example.com'"]) {
      const { app, sql } = await setUp();
      await signInAsAttacker(app);
      const link = alertLinkIn(app);
      await sql.rows(`update latchkey_accounts set ${change}`);

      assert.equal((await app.client().open(link)).status, 410);
      assert.equal((await object(app, link)).status, 410);
      assert.ok((await sql.rows("select password_hash from latchkey_accounts"))[0]?.password_hash);
    }
  });

  it("requires no session, and ends the one that the browser has", async () => {
    const { app, laptop } = await setUp();
    await signInAsAttacker(app);
    const copy = copyClient(app, laptop);

    await laptop.open(alertLinkIn(app));
    await laptop.submit({});

    assert.deepEqual([await signedInAs(laptop), await signedInAs(copy)], [null, null]);
  });

  it("is offered in the notice of every password change", async () => {
    const { app, laptop } = await setUp();
    await laptop.send("/users/me/password", { current_password: PASSWORD, password: NEW_PASSWORD });
    await app.deliver();
    app.pass(HOUR);

    assert.equal((await object(app, alertLinkIn(app))).status, 303);
    assert.equal(await signedInAs(laptop), null);
    assert.equal(await signIn(app, NEW_PASSWORD), 401);
  });
});

/** An attacker who reads the owner's mailbox sets a new password. */
async function resetAsAttacker(app: App): Promise<TestClient> {
  const attacker = app.client();
  const { token } = await requestEmail(app, attacker, REQUEST_PATHS.reset, "anna@example.com");
  await attacker.post("/reset-password", { token, password: ATTACKER_PASSWORD });
  await app.deliver();
  return attacker;
}

/** An attacker who reads the owner's mailbox signs in by a link. */
async function signInAsAttacker(app: App): Promise<TestClient> {
  const attacker = app.client();
  const { token } = await requestEmail(app, attacker, REQUEST_PATHS.signIn, "anna@example.com");
  await attacker.post("/sign-in-link/confirm", { token });
  await app.deliver();
  return attacker;
}

function object(app: App, link: string) {
  return app.client().send("/objection", { token: tokenOf(link) });
}

async function signIn(app: App, password: string): Promise<number> {
  return (await app.client().send("/sign-in", { email: "anna@example.com", password })).status;
}

/** An app on a file, Anna on her laptop, and a second connection into the database. */
async function setUp() {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: HIGH_LIMITS });
  const laptop = await signUp(app, "anna@example.com");
  const sql = await openRaw(database);
  return { app, laptop, sql };
}
