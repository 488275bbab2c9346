import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { purge } from "../../src/admin/purge.ts";
import { openDatabase } from "../../src/db/database.ts";
import { isOnPostgres } from "../support/engine.ts";
import { freshDatabase, NOW } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";

const ROWS = 1_000_000;

describe("purge of a million expired rows", () => {
  it("deletes them all without a statement over a second, and keeps the live rows", async (t) => {
    const url = await freshDatabase();
    let slowest = 0;
    const database = await openDatabase(url, {
      onStatement(ms) {
        slowest = Math.max(slowest, ms);
      },
    });
    after(() => database.close());
    const raw = await openRaw(url);
    const numbers = isOnPostgres()
      ? `select n from generate_series(1, ${ROWS + 10}) as n`
      : `with recursive s(n) as (select 1 union all select n + 1 from s where n < ${ROWS + 10}) select n from s`;
    await raw.rows(`insert into latchkey_limits (key, count, window_ends_at)
      select 'key ' || n, 1, case when n > ${ROWS} then ${NOW + 1} else n end from (${numbers}) as numbers`);

    slowest = 0;
    const startedAt = performance.now();
    await purge({ database, clock: () => NOW });

    t.diagnostic(`${Math.round(performance.now() - startedAt)} ms, slowest statement ${slowest.toFixed(1)} ms`);
    const [left] = await raw.rows("select count(*) as n from latchkey_limits");
    assert.equal(Number(left?.n), 10);
    assert.ok(slowest < 1_000, `a statement took ${slowest} ms`);
  });
});
