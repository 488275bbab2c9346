import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MIGRATIONS, migrateDown, migrateUp } from "../../src/db/migrations/migrations.ts";
import { DAY, HOUR } from "../../src/lib/clock.ts";
import { freshDatabase, NOW, openStore } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";

const ENDED = "select digest, end_reason, ended_at, request from latchkey_tokens where ended_at is not null";
const CHANGES =
  "select id, account_id, from_email, to_email, changed_at, expires_at from latchkey_email_changes order by changed_at";

describe("Migrations 007 and 008", () => {
  it("keep live links, ended links and rights to undo an email change on the way up and down", async () => {
    const url = await freshDatabase({ migrated: false });
    const { query } = await openStore(url);
    const steps = Object.keys(MIGRATIONS).filter((name) => name >= "007");
    const down = async () => {
      for (const _ of steps) await migrateDown(query);
    };
    await down();
    const sql = await openRaw(url);
    const insert = "insert into latchkey_tokens (digest, purpose, account_id, email, created_at, expires_at) values";
    const ended =
      "insert into latchkey_ended_tokens (digest, purpose, reason, email, ended_at, request) values (?, ?, ?, ?, ?, ?)";
    await sql.rows("insert into latchkey_accounts (id, email, created_at) values ('anna', 'c@x.example', 0)");
    await sql.rows(`${insert} ('live', 'password-reset', 'anna', 'c@x.example', ?, ?)`, NOW, NOW + HOUR);
    await sql.rows(ended, "used", "sign-up", "used", "anna@example.com", NOW - 1, "a request");
    // Two changes: a@x to b@x, its email sent, and b@x to c@x, its email still queued.
    const undo = (digest: string, email: string, at: number, expiresAt: number) =>
      sql.rows(`${insert} ('${digest}', 'email-change-undo', 'anna', '${email}', ?, ?)`, at, expiresAt);
    await undo("right 1", "a@x.example", NOW, NOW + 9 * DAY);
    await undo("link 1", "a@x.example", NOW, NOW + 7 * DAY);
    await undo("right 2", "b@x.example", NOW + 1, NOW + 1 + 9 * DAY);
    const before = await sql.rows("select * from latchkey_tokens order by digest");

    await migrateUp(query);

    assert.deepEqual(plain(await sql.rows(ENDED)), [
      { digest: "used", end_reason: "used", ended_at: NOW - 1, request: "a request" },
    ]);
    const change = { account_id: "anna", from_email: "a@x.example", to_email: "b@x.example" };
    assert.deepEqual(plain(await sql.rows(CHANGES)), [
      { id: "right 1", ...change, changed_at: NOW, expires_at: NOW + 9 * DAY },
      {
        id: "right 2",
        ...{ ...change, from_email: "b@x.example", to_email: "c@x.example" },
        ...{ changed_at: NOW + 1, expires_at: NOW + 1 + 9 * DAY },
      },
    ]);
    const live = "select digest, email_change_id from latchkey_tokens where ended_at is null order by digest";
    assert.deepEqual(plain(await sql.rows(live)), [
      { digest: "link 1", email_change_id: "right 1" },
      { digest: "live", email_change_id: null },
    ]);

    await down();
    assert.deepEqual(await sql.rows("select * from latchkey_tokens order by digest"), before);
    assert.deepEqual(plain(await sql.rows("select digest, reason, ended_at from latchkey_ended_tokens")), [
      { digest: "used", reason: "used", ended_at: NOW - 1 },
    ]);
  });
});

/** Rows as plain objects with numbers: the drivers differ in prototypes and in how they return a bigint. */
function plain(rows: object[]): object[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, /^\d{5,}$/.test(String(value)) ? Number(value) : value]),
    ),
  );
}
