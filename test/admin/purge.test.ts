import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { purge } from "../../src/admin/purge.ts";
import { DAY } from "../../src/lib/clock.ts";
import { purgeLimits } from "../../src/rate-limits/store.ts";
import { freshPostgres } from "../support/engine.ts";
import { openApp } from "../support/open-app.ts";
import { NOW, openStore } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { until } from "../support/until.ts";
import "../support/use-postgres.ts";

/** An expired row of each purged table; `?` is its key. */
const OLD: Record<string, string> = {
  tokens: "(digest, purpose, email, created_at, expires_at) values (?, 'security-alert', 'a@b.example', 0, 0)",
  email_changes: "(id, account_id, from_email, changed_at, expires_at) values (?, 'anna', 'a@b.example', 0, 0)",
  requests:
    "(digest, purpose, email, attempts, requested_at, expires_at) values (?, 'sign-up', 'a@b.example', 0, 0, 0)",
  codes: "(request, hash, purpose, email, expires_at) values (?, 'a hash', 'sign-up', 'a@b.example', 0)",
  sessions: `(digest, id, account_id, method, browser, created_at, last_seen_at, expires_at)
    select key, key, 'account', 'password', 'Firefox', 0, 0, 0 from (select cast(? as text) as key) as one`,
  outbox: `(id, kind, email, locale, data, state, priority, attempts, next_attempt_at, give_up_at, created_at, finished_at)
    values (?, 'sign-up', 'a@b.example', 'en', '{}', 'sent', 0, 1, 0, 0, 0, 0)`,
  limits: "(key, count, window_ends_at) values (?, 1, 0)",
  failed_attempts: "(key, failures, last_failed_at, failed_before_at) values (?, 1, 0, 0)",
  events: "(id, kind, at) values (?, 'rate-limited', 0)",
  suppressions: "(email, answer, times, first_at, last_at) values (?, '550', 1, 0, 0)",
};

describe("purge", () => {
  it("skips rows that another transaction has locked and deletes the others", async () => {
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
    await until("it is done, or waits", async () => isDone || (await isWaiting()), { every: 5 });

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

    async function isWaiting(): Promise<boolean> {
      const waiting = await raw.rows(`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`);
      return waiting.length > 0;
    }
  });

  it("purges the other tables when one fails, and reports the failed table", async () => {
    const url = await freshPostgres();
    const database = await openStore(url);
    const raw = await openRaw(url);
    for (const [table, row] of Object.entries(OLD)) await raw.rows(`insert into latchkey_${table} ${row}`, "old");
    await raw.rows("create function fail() returns trigger language plpgsql as $$ begin raise 'disk trouble'; end $$");
    await raw.rows("create trigger fails before delete on latchkey_codes for each row execute function fail()");

    await assert.rejects(purge({ database, clock: () => NOW }), /purge of codes failed: disk trouble/);

    for (const table of Object.keys(OLD)) {
      const left = await raw.rows(`select * from latchkey_${table}`);
      assert.equal(left.length, table === "codes" ? 1 : 0, table);
    }
  });

  it("deletes at most one batch a statement, the oldest rows first", async () => {
    const url = await freshPostgres();
    const { query } = await openStore(url);
    const raw = await openRaw(url);
    await raw.rows("insert into latchkey_limits select 'key ' || n, 1, n from generate_series(1, 25) as n");

    assert.equal(await purgeLimits(query, NOW, 10), 10);
    assert.deepEqual(await raw.rows("select min(window_ends_at) as oldest from latchkey_limits"), [{ oldest: 11 }]);
    assert.deepEqual([await purgeLimits(query, NOW, 10), await purgeLimits(query, NOW, 10)], [10, 5]);
  });

  it("covers every table that has a time column", async () => {
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
