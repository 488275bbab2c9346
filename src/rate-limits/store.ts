import { sql } from "kysely";
import { batching } from "../db/batching/batching.ts";
import { deleteBatch } from "../db/delete-batch.ts";
import type { Db } from "../db/schema.ts";
import type { CounterKey } from "../lib/keys.ts";
import type { RateLimit } from "../lib/rate.ts";

/** Whether an event was within the limit, and when the window ends (epoch milliseconds). */
export interface Counted {
  within: boolean;
  windowEndsAt: number;
}

/**
 * Counts one event and says whether it was within the rate. One upsert, shared by all instances. A stored window that ends
 * later than a whole window from now was written under another clock, and is cut to one window (SECURITY.md L6).
 */
export async function countLimit(db: Db, key: CounterKey, rate: RateLimit, now: number): Promise<Counted> {
  await adoptPrevious(db, key, now);
  const { number, windowEndsAt } = await countOne(db, { key: key.digest, now, window_ends_at: now + rate.windowMs });
  return { within: number <= rate.count, windowEndsAt };
}

/** Concurrent events under one key are numbered one after the other. */
const countOne = batching.batched(async (db, ones: Array<{ key: string; now: number; window_ends_at: number }>) => {
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
    if (!row) throw new Error("The upsert returned no row.");
    return { number: row.count - counting.count + place, windowEndsAt: row.window_ends_at };
  });
});

const COLUMNS = ["key", "count", "window_ends_at"];

/** The end of the window after an event: a new window if the old one is over, and never later than a window from now. */
const nextEnd = (now: number) => sql<number>`case
  when counted.window_ends_at <= ${now} or counted.window_ends_at > excluded.window_ends_at then excluded.window_ends_at
  else counted.window_ends_at end`;

const upsert = batching.prepared((db, { rows, now }: { rows: string; now: number }) => ({
  compile: () =>
    sql<{ key: string; count: number; window_ends_at: number }>`
      insert into latchkey_limits as counted (key, count, window_ends_at)
      select ${batching.jsonFields(db, COLUMNS)} from ${batching.jsonRows(db, "latchkey_limits", rows)} where true
      on conflict (key) do update set
        count = case when counted.window_ends_at <= ${now} then excluded.count else counted.count + excluded.count end,
        window_ends_at = ${nextEnd(now)}
      returning key, count, window_ends_at`.compile(db),
}));

/** As `countLimit`, but an event beyond the rate is not counted, so that it uses up no part of a larger rate for the key. */
export async function countLimitBelow(db: Db, key: CounterKey, rate: RateLimit, now: number): Promise<Counted> {
  await adoptPrevious(db, key, now);
  const windowEndsAt = now + rate.windowMs;
  const counted = await sql<{ window_ends_at: number }>`
    insert into latchkey_limits as counted (key, count, window_ends_at) values (${key.digest}, 1, ${windowEndsAt})
    on conflict (key) do update set
      count = case when counted.window_ends_at <= ${now} then 1 else counted.count + 1 end,
      window_ends_at = ${nextEnd(now)}
    where counted.window_ends_at <= ${now} or counted.count < ${rate.count}
    returning window_ends_at`.execute(db);
  const [row] = counted.rows;
  return row ? { within: true, windowEndsAt: row.window_ends_at } : peekLimit(db, key, rate, now);
}

/** Gives back one event of the window in which it was counted. An event of an earlier window is gone already. */
export async function refundLimit(db: Db, key: CounterKey, windowEndsAt: number): Promise<void> {
  await db
    .updateTable("latchkey_limits")
    .set((row) => ({ count: row("count", "-", 1) }))
    .where("key", "=", key.digest)
    .where("window_ends_at", "=", windowEndsAt)
    .where("count", ">", 0)
    .execute();
}

/** What `countLimit` would return next. Counts nothing. */
export async function peekLimit(db: Db, key: CounterKey, rate: RateLimit, now: number): Promise<Counted> {
  await adoptPrevious(db, key, now);
  const latestEnd = now + rate.windowMs;
  const [row] = await byKey(db, { key: key.digest });
  if (row === undefined || row.window_ends_at <= now) return { within: true, windowEndsAt: latestEnd };
  // Stored, and not only returned: otherwise the end would move with each read.
  if (row.window_ends_at > latestEnd) await cutWindow(db, key, latestEnd);
  return { within: row.count < rate.count, windowEndsAt: Math.min(row.window_ends_at, latestEnd) };
}

async function cutWindow(db: Db, key: CounterKey, latestEnd: number): Promise<void> {
  await db
    .updateTable("latchkey_limits")
    .set({ window_ends_at: latestEnd })
    .where("key", "=", key.digest)
    .where("window_ends_at", ">", latestEnd)
    .execute();
}

const byKey = batching.prepared((db, { key }: { key: string }) =>
  db.selectFrom("latchkey_limits").selectAll().where("key", "=", key),
);

/** Resets the counter of a key. */
export async function clearLimit(tx: Db, key: CounterKey): Promise<void> {
  await tx
    .deleteFrom("latchkey_limits")
    .where("key", "in", [key.digest, ...key.previous])
    .execute();
}

/** Deletes every limit of an address or account: stored keys end in one of these digests. */
export async function deleteLimitsOf(tx: Db, owners: readonly string[]): Promise<void> {
  for (const owner of owners) {
    await tx.deleteFrom("latchkey_limits").where("key", "like", `% ${owner}`).execute();
  }
}

/** Deletes windows that have ended, at most `limit`. */
export function purgeLimits(db: Db, now: number, limit: number): Promise<number> {
  return deleteBatch(db, { table: "latchkey_limits", column: "window_ends_at", upTo: now }, limit);
}

/** While the secret key is rotated, counts under older keys are added to the newest. An older instance may still write there. */
async function adoptPrevious(db: Db, key: CounterKey, now: number): Promise<void> {
  for (const previous of key.previous) {
    const row = await db
      .deleteFrom("latchkey_limits")
      .where("key", "=", previous)
      .returning(["count", "window_ends_at"])
      .executeTakeFirst();
    if (!row || row.window_ends_at <= now) continue;
    await sql`
      insert into latchkey_limits as counted (key, count, window_ends_at)
      values (${key.digest}, ${row.count}, ${row.window_ends_at})
      on conflict (key) do update set
        count = case when counted.window_ends_at <= ${now} then excluded.count else counted.count + excluded.count end,
        window_ends_at = case
          when counted.window_ends_at < excluded.window_ends_at then excluded.window_ends_at
          else counted.window_ends_at end`.execute(db);
  }
}
