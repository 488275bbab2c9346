import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY, HOUR, SECOND } from "../../../src/lib/clock.ts";
import { HIGH_LIMITS, linkTo, requestEmailChange } from "../../support/email-change.ts";
import { openApp, requestReset, signUp, tokenOf } from "../../support/open-app.ts";
import { freshDatabase } from "../../support/open-store.ts";
import { openRaw } from "../../support/raw-database.ts";
import { assertSays, words } from "../../support/words.ts";

const ANNA = "anna@example.com";
const NEW = "anna@new.example";
/** Within the two days for which delivery of a notice is retried. */
const LATE = 2 * DAY - HOUR;

describe("The right to undo an email change", () => {
  it("lasts seven days from the sending of its email, also after two days without a mail server", async () => {
    const { app, undo } = await lateUndo();
    app.pass(7 * DAY - SECOND);
    await app.deliver();
    assert.equal((await app.client().send("/address-undo", { token: undo })).status, 303);
  });

  it("expires after seven days", async () => {
    const { app, undo } = await lateUndo();
    app.pass(7 * DAY);
    const late = await app.client().send("/address-undo", { token: undo });
    assert.equal(late.status, 410);
    assertSays(late.body, words.dead.expiredTitle);
  });

  it("survives a reset before its email is sent, and no stored token opens it", async () => {
    const { app, sql } = await changed();
    const row = (await sql.rows("select * from latchkey_email_changes"))[0];
    assert.deepEqual([row?.from_email, row?.to_email, row?.undone_at], [ANNA, NEW, null]);
    assert.deepEqual(await sql.rows("select 1 from latchkey_tokens where purpose = 'email-change-undo'"), []);

    await app.client().send("/reset-password", {
      token: tokenOf(await requestReset(app, NEW)),
      password: "a new and rather long password",
    });
    await app.deliver();
    const undo = tokenOf(linkTo(app, ANNA, "email-change-undo"));

    assert.equal((await app.client().send("/address-undo", { token: undo })).status, 303);
    const [after] = await sql.rows("select undone_at from latchkey_email_changes");
    assert.equal(Number(after?.undone_at), app.now());
  });

  it("is gone after the undo: a copy of its email that is sent later has no link", async () => {
    const { app, sql, undo } = await lateUndo();
    await app.client().send("/address-undo", { token: undo });
    await sql.rows(
      "update latchkey_outbox set state = 'due', next_attempt_at = 0, attempts = 0 where kind = 'email-changed' and email = ?",
      ANNA,
    );
    const mails = app.mails.length;
    await app.deliver();
    assert.ok(!app.mails.slice(mails).some(({ text }) => text.includes("/address-undo/")));
  });
});

async function changed() {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: HIGH_LIMITS });
  const anna = await signUp(app, ANNA);
  await requestEmailChange(app, anna, NEW);
  await anna.send("/address-change", { token: tokenOf(linkTo(app, NEW, "email-change")) });
  return { app, sql: await openRaw(database) };
}

async function lateUndo() {
  const { app, sql } = await changed();
  app.pass(LATE);
  await app.deliver();
  return { app, sql, undo: tokenOf(linkTo(app, ANNA, "email-change-undo")) };
}
