import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY } from "../../../src/lib/clock.ts";
import type { TestClient } from "../../support/client.ts";
import { changeAddress, emailsTo, HIGH_LIMITS, linkTo, requestEmailChange } from "../../support/email-change.ts";
import { type App, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../../support/open-app.ts";
import { freshDatabase } from "../../support/open-store.ts";
import { openRaw } from "../../support/raw-database.ts";
import { accountOf, anyLink, assertSays, PRODUCT, SUBJECTS, when, words } from "../../support/words.ts";

const ANNA = "anna@example.com";
const ATTACKER = "thief@evil.example";
const THIRD = "third@evil.example";
const NEW_PASSWORD = "a new and rather long password";
const ATTACKER_PASSWORD = "the password of a thief";

describe("An attacker who took over an account and changed its address", () => {
  it("is signed out when the owner uses the link sent to the old address, and the owner regains access", async () => {
    const { app, attacker } = await openTakenOver();
    const undo = linkTo(app, ANNA, "email-change-undo");
    await requestEmailChange(app, attacker, THIRD);
    const owner = app.client();

    await owner.open(undo);
    assertSays(owner.text, words.undo.intro({ email: "a•••@example.com" }));
    await owner.open(undo);
    assert.deepEqual(await signInStatuses(app, ATTACKER, ANNA), [303, 401]);
    await owner.submit({});
    assertSays(owner.text, words.undo.done);
    await app.deliver();

    assert.equal((await attacker.request("GET", "/users/me")).status, 303);
    assert.equal((await attacker.open(linkTo(app, THIRD, "email-change"))).status, 410);
    assert.deepEqual(await signInStatuses(app, ATTACKER, ANNA), [401, 401]);
    const told = emailsTo(app, ATTACKER).at(-1);
    assert.equal(told?.subject, SUBJECTS.emailChangeUndone);
    assert.doesNotMatch(told?.text ?? "", /\/[A-Za-z0-9_-]{43}/);

    await owner.open(linkTo(app, ANNA, "reset-password"));
    await owner.submit({ password: NEW_PASSWORD });
    await owner.open("/users/me");
    assertSays(owner.text, accountOf("anna@example.com"));
    assert.deepEqual(await signInStatuses(app, ATTACKER, ANNA), [401, 401]);
    assert.equal(await resetsFor(app, ATTACKER), 0);
  });

  const actions: Record<string, (app: App, attacker: TestClient) => Promise<unknown>> = {
    async "resets the password"(app) {
      const client = app.client();
      await client.open(await requestReset(app, ATTACKER));
      await client.submit({ password: ATTACKER_PASSWORD });
      assertSays(client.text, words.me.doneReset);
    },
    async "changes the password"(_app, attacker) {
      await attacker.open("/users/me");
      await attacker.submit({ current_password: PASSWORD, password: ATTACKER_PASSWORD }, "/users/me/password");
      assertSays(attacker.text, words.me.doneChange);
    },
    async "submits the security alert of the change"(app) {
      const client = app.client();
      await client.open(linkTo(app, ATTACKER, "security-alert"));
      await client.submit({});
      assertSays(client.text, words.secure.done);
    },
    async "changes to a third address"(app, attacker) {
      await changeAddress(app, attacker, THIRD);
      assertSays(attacker.text, words.address.doneTitle);
    },
    async "changes to a third address and undoes that from the second"(app, attacker) {
      await changeAddress(app, attacker, THIRD);
      await app.client().post("/address-undo", { token: tokenOf(linkTo(app, ATTACKER, "email-change-undo")) });
    },
  };
  for (const [what, action] of Object.entries(actions)) {
    it(`cannot prevent the undo if the attacker ${what}`, async () => {
      const { app, attacker } = await openTakenOver();
      const undo = linkTo(app, ANNA, "email-change-undo");
      await action(app, attacker);
      await app.deliver();

      const owner = app.client();
      await owner.open(undo);
      await owner.submit({});
      await app.deliver();

      assertSays(owner.text, words.undo.done);
      assert.equal((await attacker.request("GET", "/users/me")).status, 303);
      await owner.open(linkTo(app, ANNA, "reset-password"));
      await owner.submit({ password: NEW_PASSWORD });
      await owner.open("/users/me");
      assertSays(owner.text, accountOf("anna@example.com"));
    });
  }

  it("cannot prevent the undo while the email to the owner is queued", async () => {
    const app = await openApp();
    const attacker = await signUp(app, ANNA);
    await requestEmailChange(app, attacker, ATTACKER);
    await attacker.post("/address-change", { token: tokenOf(app.lastLink()) });
    await attacker.open("/users/me");
    await attacker.submit({ current_password: PASSWORD, password: ATTACKER_PASSWORD }, "/users/me/password");
    app.pass(DAY);
    await app.deliver();

    const owner = app.client();
    await owner.open(linkTo(app, ANNA, "email-change-undo"));
    await owner.submit({});

    assertSays(owner.text, words.undo.done);
  });

  it("gets no undo link for the addresses in between", async () => {
    const { app, attacker } = await openTakenOver();
    await changeAddress(app, attacker, THIRD);
    const theirs = linkTo(app, ATTACKER, "email-change-undo");
    await app.client().post("/address-undo", { token: tokenOf(linkTo(app, ANNA, "email-change-undo")) });
    await app.deliver();

    const client = app.client();
    await client.open(theirs);
    assert.equal(client.page.status, 410);
    assertSays(client.text, words.dead.replacedUndo({ when: when(app.now(), app.now()) }));
    assert.equal((await client.send("/address-undo", { token: tokenOf(theirs) })).status, 410);
    assert.deepEqual([await resetsFor(app, ATTACKER), await resetsFor(app, THIRD)], [0, 0]);
    assert.equal(await resetsFor(app, ANNA), 1);
  });

  it("gets no undo link from a notice that is sent after the undo", async () => {
    const { app, attacker } = await openTakenOver();
    await requestEmailChange(app, attacker, THIRD);
    await attacker.post("/address-change", { token: tokenOf(app.lastLink()) });
    assertSays(attacker.text, words.address.doneTitle);
    await app.client().post("/address-undo", { token: tokenOf(linkTo(app, ANNA, "email-change-undo")) });
    const before = app.mails.length;
    await app.deliver();

    const late = app.mails.slice(before).map(({ to, subject }) => `${to}: ${subject}`);
    assert.deepEqual(late.sort(), [`${ANNA}: ${SUBJECTS.reset}`, `${THIRD}: ${SUBJECTS.emailChangeUndone}`]);
  });

  it("is signed out also if another account has the old address, which is left unchanged", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database });
    const attacker = await signUp(app, ANNA);
    await changeAddress(app, attacker, ATTACKER);
    const other = await signUp(app, ANNA, NEW_PASSWORD);
    assert.equal(await resetsFor(app, ATTACKER), 1);
    const sql = await openRaw(database);
    const rows = async (table: string) => (await sql.rows(`select count(*) as n from ${table}`))[0]?.n;
    const owner = app.client();
    assert.equal(await rows("latchkey_codes"), 1);

    await owner.open(linkTo(app, ANNA, "email-change-undo"));
    await owner.submit({});
    await app.deliver();

    assertSays(owner.text, words.undo.locked, words.undo.lockedNext({ ...PRODUCT, support: anyLink }));
    assert.equal((await attacker.request("GET", "/users/me")).status, 303);
    assert.equal((await other.request("GET", "/users/me")).status, 200);
    assert.deepEqual(await signInStatuses(app, ATTACKER, ANNA), [401, 401]);
    assert.equal(await resetsFor(app, ATTACKER), 0);
    assert.deepEqual(
      [await rows("latchkey_codes"), await rows("latchkey_events where kind = 'account-locked'")],
      [0, 1],
    );
  });
});

describe("The link that undoes an email change", () => {
  it("succeeds once in fifty concurrent uses, and states afterwards that it was used", async () => {
    const { app } = await openTakenOver();
    const link = linkTo(app, ANNA, "email-change-undo");
    const before = app.mails.length;

    const uses = Array.from({ length: 50 }, () => app.client().send("/address-undo", { token: tokenOf(link) }));
    const statuses = (await Promise.all(uses)).map(({ status }) => status);
    await app.deliver();

    assert.deepEqual([statuses.filter((s) => s === 303).length, statuses.filter((s) => s === 410).length], [1, 49]);
    assert.equal(app.mails.length - before, 2);
    const late = app.client();
    await late.open(link);
    assertSays(late.text, words.dead.usedUndo({ when: when(app.now(), app.now()) }));
  });

  it("is valid for seven days, and refused cross-site", async () => {
    const { app } = await openTakenOver();
    const link = linkTo(app, ANNA, "email-change-undo");
    app.pass(7 * DAY - 1);
    assert.equal((await app.client().open(link)).status, 200);
    const foreign = app.client({ "sec-fetch-site": "cross-site" });
    assert.equal((await foreign.send("/address-undo", { token: tokenOf(link) })).status, 403);
    app.pass(1);

    const late = app.client();
    assert.equal((await late.open(link)).status, 410);
    const expired = words.dead.expired({ when: when(app.now(), app.now()) });
    assertSays(late.text, expired, words.dead.helpUndo({ ...PRODUCT, support: anyLink }));
    assert.equal((await late.send("/address-undo", { token: tokenOf(link) })).status, 410);
    assert.deepEqual(await signInStatuses(app, ATTACKER), [303]);
  });

  it("has no effect for a disabled account", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database });
    await signUp(app, "bob@example.com");
    const anna = await signUp(app, ANNA);
    await changeAddress(app, anna, ATTACKER);
    await requestEmailChange(app, anna, THIRD);
    const change = app.lastLink();
    await anna.open("/users/me");
    await anna.submit({ email: "bob@example.com", current_password: PASSWORD }, "/users/me/email");
    const sql = await openRaw(database);
    await sql.rows("update latchkey_accounts set disabled_at = 1 where email != 'bob@example.com'");
    const mails = app.mails.length;
    await app.deliver();

    for (const [path, link] of [
      ["/address-undo", linkTo(app, ANNA, "email-change-undo")],
      ["/address-change", change],
    ] as const) {
      assert.equal((await app.client().open(link)).status, 410);
      const posted = await app.client().send(path, { token: tokenOf(link), password: PASSWORD });
      assert.equal(posted.status, 410);
    }
    assert.equal(app.mails.length, mails);
    assert.equal((await sql.rows("select email from latchkey_accounts where disabled_at = 1"))[0]?.email, ATTACKER);
  });
});

/** An account whose password an attacker has, and whose address the attacker has changed. */
async function openTakenOver(): Promise<{ app: App; attacker: TestClient }> {
  const app = await openApp({ limits: HIGH_LIMITS });
  await signUp(app, ANNA);
  const attacker = app.client();
  await attacker.post("/sign-in", { email: ANNA, password: PASSWORD });
  await changeAddress(app, attacker, ATTACKER);
  return { app, attacker };
}

async function signInStatuses(app: App, ...emails: string[]): Promise<number[]> {
  const found: number[] = [];
  for (const email of emails) found.push((await app.client().send("/sign-in", { email, password: PASSWORD })).status);
  return found;
}

async function resetsFor(app: App, email: string): Promise<number> {
  const before = emailsTo(app, email).length;
  await app.client().post("/forgot-password", { email });
  await app.deliver();
  return emailsTo(app, email).length - before;
}
