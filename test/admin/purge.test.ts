import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY } from "../../src/lib/clock.ts";
import { freshPostgres } from "../support/engine.ts";
import { openApp } from "../support/open-app.ts";
import { openRaw } from "../support/raw-database.ts";
import { until } from "../support/until.ts";
import "../support/use-postgres.ts";

/** A row of each table whose old rows are deleted, so old that it goes; `?` is its key. */
const OLD: Record<string, string> = {
  tokens: "(digest, purpose, email, created_at, expires_at) values (?, 'security-alert', 'a@b.example', 0, 0)",
  email_changes: "(id, account_id, from_email, changed_at, expires_at) values (?, 'anna', 'a@b.example', 0, 0)",
  requests:
    "(digest, purpose, email, attempts, requested_at, expires_at) values (?, 'sign-up', 'a@b.example', 0, 0, 0)",
  codes: "(request, hash, purpose, email, expires_at) values (?, 'a hash', 'sign-up', 'a@b.example', 0)",
  sessions: `(digest, id, account_id, method, browser, created_at, last_seen_at, expires_at)
    values (?, 'id', 'account', 'password', 'Firefox', 0, 0, 0)`,
  outbox: `(id, kind, email, locale, data, state, priority, attempts, next_attempt_at, give_up_at, created_at, finished_at)
    values (?, 'sign-up', 'a@b.example', 'en', '{}', 'sent', 0, 1, 0, 0, 0, 0)`,
  limits: "(key, count, window_ends_at) values (?, 1, 0)",
  failed_attempts: "(email, failures, last_failed_at, failed_before_at) values (?, 1, 0, 0)",
  events: "(id, kind, at) values (?, 'rate-limited', 0)",
  suppressions: "(email, answer, times, first_at, last_at) values (?, '550', 1, 0, 0)",
};

describe("The deleting of what is old", () => {
  it("waits for nobody who holds an old row, and deletes the others", async () => {
    const database = await freshPostgres();
    const app = await openApp({ database });
    const [raw, holder] = [await openRaw(database), await openRaw(database)];
    await holder.rows("begin");
    for (const [table, row] of Object.entries(OLD)) {
      for (const key of ["free", "held"]) await raw.rows(`insert into latchkey_${table} ${row}`, key);
      await holder.rows(`select * from latchkey_${table} as row where row::text like '%held%' for update`);
    }
    const left = async () => {
      const keys: string[][] = [];
      for (const table of Object.keys(OLD)) {
        const rows = await raw.rows(`select * from latchkey_${table}`);
        keys.push(rows.map((row) => String(Object.values(row)[0])));
      }
      return keys;
    };

    let isDone = false;
    const purging = app.deliver().then(() => {
      isDone = true;
    });
    await until("it is done, or waits", async () => isDone || (await isSomebodyWaiting()), { every: 5 });

    assert.ok(isDone, "it waits");
    await purging;
    assert.deepEqual(
      await left(),
      Object.keys(OLD).map(() => ["held"]),
    );
    await holder.rows("commit");
    app.pass(DAY);
    await app.deliver();
    assert.deepEqual((await left()).flat(), []);

    async function isSomebodyWaiting(): Promise<boolean> {
      const waiting = await raw.rows(`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`);
      return waiting.length > 0;
    }
  });

  it("leaves no table out", async () => {
    const { tables, rows } = await openRaw(await freshPostgres());
    const timed = [];
    for (const table of await tables()) {
      const columns = await rows(
        "select column_name as name from information_schema.columns where table_name = ?",
        table,
      );
      if (columns.some(({ name }) => /_at$|^at$/.test(String(name)))) timed.push(table.replace("latchkey_", ""));
    }

    assert.deepEqual(timed.filter((table) => table !== "accounts").sort(), Object.keys(OLD).sort());
  });
});
