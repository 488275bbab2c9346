import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { collectStats } from "../../src/admin/stats.ts";
import { MINUTE } from "../../src/lib/clock.ts";
import { changeAddress, linkTo } from "../support/email-change.ts";
import { isOnPostgres } from "../support/engine.ts";
import { fill } from "../support/fill.ts";
import { openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase, openStore } from "../support/open-store.ts";
import { planOf, statementsOf } from "../support/query-plans.ts";
import { openRaw } from "../support/raw-database.ts";
import { differentCode, REQUEST_PATHS, requestEmail } from "../support/requests.ts";

/** The number of accounts. docs/scaling.md uses two hundred thousand. */
const PEOPLE = Number(process.env.LATCHKEY_TEST_ROWS || 20_000);
/** The plan of a full scan of a table or an index, on either engine. */
const SCAN = /Seq Scan on latchkey|^SCAN latchkey/;

describe("A statement of a hot path", () => {
  it("finds its rows by an index", async (t) => {
    const database = await freshDatabase();
    const app = await openApp({ database });
    const raw = await openRaw(database);
    const anna = await signUp(app, "anna@example.com");
    await fill(raw, { isPostgres: isOnPostgres(), people: PEOPLE, now: app.now() });

    // One due email for a claim to find.
    await app.latchkey.operator.invite([{ line: 1, email: "carol@example.com" }]);
    await app.latchkey.operator.mail.bulkRelease(60)();

    const statements = await statementsOf(async () => {
      const link = await requestReset(app, "anna@example.com");
      await anna.open("/users/me");
      await app.client().open(link);
      const reset = { token: tokenOf(link), password: "a new and rather long password" };
      assert.equal((await app.client().send("/reset-password", reset)).status, 303);
      const browser = app.client();
      assert.equal((await browser.send("/sign-in", { email: "anna@example.com", password: PASSWORD })).status, 401);
      assert.equal(
        (await browser.send("/sign-in", { email: "anna@example.com", password: reset.password })).status,
        303,
      );
      await browser.open("/users/me");
      await signUp(app, "bea@example.com");

      // A code and a sign-in link in the requesting browser and in another, and a resent email.
      const phone = app.client();
      const typed = await requestEmail(app, phone, REQUEST_PATHS.signIn, "bea@example.com");
      await phone.open("/check-email");
      assert.equal((await phone.send("/code", { code: differentCode(typed.code) })).status, 422);
      app.pass(2 * MINUTE);
      assert.equal((await phone.send("/check-email", {})).status, 303);
      await app.deliver();
      assert.equal((await phone.send("/code", { code: typed.code })).status, 303);
      const pressed = await requestEmail(app, phone, REQUEST_PATHS.signIn, "bea@example.com");
      await app.client().open(pressed.link);
      assert.equal((await app.client().send("/sign-in-link/confirm", { ...pressed })).status, 303);
      const exchanged = await requestEmail(app, phone, REQUEST_PATHS.reset, "bea@example.com");
      assert.equal((await phone.send("/code", { code: exchanged.code })).status, 303);
      // An email change and its undo.
      const owner = await signUp(app, "dora@example.com");
      await changeAddress(app, owner, "dora@new.example");
      const undo = { token: tokenOf(linkTo(app, "dora@example.com", "email-change-undo")) };
      assert.equal((await app.client().send("/address-undo", undo)).status, 303);
    });

    const core = { database: await openStore(database), clock: app.now, hashing: { load: () => ({}) } };
    statements.push(...(await statementsOf(() => collectStats(core as never))));
    const scans: string[] = [];
    for (const statement of statements) {
      for (const line of await planOf(raw, isOnPostgres(), statement)) {
        if (SCAN.test(line)) scans.push(`${line.trim()}: ${statement.text}`);
      }
    }
    t.diagnostic(`${statements.length} statements, ${PEOPLE} rows`);
    assert.ok(statements.length > 45);
    assert.deepEqual(scans, []);
    const withoutIndex = { text: "select id from latchkey_accounts where created_at = ?", values: [1] };
    assert.match((await planOf(raw, isOnPostgres(), withoutIndex)).join(), SCAN);
  });
});
