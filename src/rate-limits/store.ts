import { sql } from "kysely";
import { batched } from "../db/batching/batch.ts";
import { jsonFields, jsonRows } from "../db/batching/batch-insert.ts";
import { prepared } from "../db/batching/prepared.ts";
import { deleteBatch } from "../db/delete-batch.ts";
import type { Db } from "../db/schema.ts";
import type { RateLimit } from "../lib/rate.ts";

/** Whether this time was still within the limit, and when the window ends (epoch milliseconds). */
export interface Counted {
  within: boolean;
  windowEndsAt: number;
}

/** Counts one more under the key, and says whether it was still within the rate. One upsert: shared by every instance. */
export async function countLimit(db: Db, key: string, rate: RateLimit, now: number): Promise<Counted> {
  const { number, windowEndsAt } = await countOne(db, { key, now, window_ends_at: now + rate.windowMs });
  return { within: number <= rate.count, windowEndsAt };
}

/** One more under a key; those who count at once under the same one are numbered one after the other. */
const countOne = batched(async (db, ones: Array<{ key: string; now: number; window_ends_at: number }>) => {
  const byKey = new Map<string, { key: string; count: number; window_ends_at: number }>();
  const places = ones.map(({ key, window_ends_at }) => {
    const counting = byKey.get(key) ?? { key, count: 0, window_ends_at };
    byKey.set(key, counting);
    counting.count += 1;
    return { counting, place: counting.count };
  });
  const rows = await upsert(db, { rows: JSON.stringify([...byKey.values()]), now: ones[0]?.now ?? 0 });
  const counted = new Map(rows.map((row) => [row.key, row]));
  return places.map(({ counting, place }) => {
    const row = counted.get(counting.key);
    if (!row) throw new Error("An upsert with returning gave no row.");
    return { number: row.count - counting.count + place, windowEndsAt: row.window_ends_at };
  });
});

const COLUMNS = ["key", "count", "window_ends_at"];

const upsert = prepared((db, { rows, now }: { rows: string; now: number }) => ({
  compile: () =>
    sql<{ key: string; count: number; window_ends_at: number }>`
      insert into latchkey_limits as counted (key, count, window_ends_at)
      select ${jsonFields(db, COLUMNS)} from ${jsonRows(db, "latchkey_limits", rows)} where true
      on conflict (key) do update set
        count = case when counted.window_ends_at <= ${now} then excluded.count else counted.count + excluded.count end,
        window_ends_at = case when counted.window_ends_at <= ${now} then excluded.window_ends_at else counted.window_ends_at end
      returning key, count, window_ends_at`.compile(db),
}));

/** As `count`, but a time that is beyond the rate is not counted, so that a larger rate for the same key has its rest. */
export async function countLimitBelow(db: Db, key: string, rate: RateLimit, now: number): Promise<Counted> {
  const windowEndsAt = now + rate.windowMs;
  const counted = await sql<{ window_ends_at: number }>`
    insert into latchkey_limits as counted (key, count, window_ends_at) values (${key}, 1, ${windowEndsAt})
    on conflict (key) do update set
      count = case when counted.window_ends_at <= ${now} then 1 else counted.count + 1 end,
      window_ends_at = case when counted.window_ends_at <= ${now} then excluded.window_ends_at else counted.window_ends_at end
    where counted.window_ends_at <= ${now} or counted.count < ${rate.count}
    returning window_ends_at`.execute(db);
  const [row] = counted.rows;
  return row ? { within: true, windowEndsAt: row.window_ends_at } : peekLimit(db, key, rate, now);
}

/** Takes one back that came to nothing. */
export async function refundLimit(db: Db, key: string): Promise<void> {
  await db
    .updateTable("latchkey_limits")
    .set((row) => ({ count: row("count", "-", 1) }))
    .where("key", "=", key)
    .where("count", ">", 0)
    .execute();
}

/** As `count` would answer the next time, and counts nothing. */
export async function peekLimit(db: Db, key: string, rate: RateLimit, now: number): Promise<Counted> {
  const [row] = await byKey(db, { key });
  const isRunning = row !== undefined && row.window_ends_at > now;
  return {
    within: !isRunning || row.count < rate.count,
    windowEndsAt: isRunning ? row.window_ends_at : now + rate.windowMs,
  };
}

const byKey = prepared((db, { key }: { key: string }) =>
  db.selectFrom("latchkey_limits").selectAll().where("key", "=", key),
);

/** Starts the key's count afresh. */
export async function clearLimit(tx: Db, key: string): Promise<void> {
  await tx.deleteFrom("latchkey_limits").where("key", "=", key).execute();
}

/** Deletes windows that have ended, at most `limit`. */
export function purgeLimits(db: Db, now: number, limit: number): Promise<number> {
  return deleteBatch(db, { table: "latchkey_limits", column: "window_ends_at", upTo: now }, limit);
}
