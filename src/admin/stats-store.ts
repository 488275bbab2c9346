import type { Db } from "../db/schema.ts";

/** Each figure reads at most this many index entries, so that reading the metrics costs the same at any size. */
export const COUNTED_AT_MOST = 10_000;

/**
 * Counts unsent email by state and kind, at most COUNTED_AT_MOST per state: the first in the order in which they are sent.
 * Finished email is counted as it ends.
 */
export async function countQueued(db: Db): Promise<Array<{ state: string; kind: string; many: number }>> {
  const counts = [];
  for (const state of ["due", "held"]) {
    const rows = await db
      .selectFrom(firstQueued(db, state).as("queued"))
      .select(({ fn }) => ["kind", fn.countAll().as("many")])
      .groupBy("kind")
      .execute();
    for (const { kind, many } of rows) counts.push({ state, kind, many: Number(many) });
  }
  return counts;
}

/** When the oldest of the first COUNTED_AT_MOST due emails was queued, in epoch milliseconds; null if none is due. */
export async function oldestDue(db: Db): Promise<number | null> {
  const row = await db
    .selectFrom(firstQueued(db, "due").as("queued"))
    .select(({ fn }) => fn.min("created_at").as("oldest"))
    .executeTakeFirst();
  return row?.oldest ?? null;
}

/** Counts sessions that have not expired, at most COUNTED_AT_MOST. */
export async function countSessions(db: Db, now: number): Promise<number> {
  const live = db
    .selectFrom("latchkey_sessions")
    .select("expires_at")
    .where("expires_at", ">", now)
    .orderBy("expires_at")
    .limit(COUNTED_AT_MOST);
  const row = await db
    .selectFrom(live.as("live"))
    .select(({ fn }) => fn.countAll().as("many"))
    .executeTakeFirst();
  return Number(row?.many ?? 0);
}

/** In the order of the index that the worker claims by. */
function firstQueued(db: Db, state: string) {
  return db
    .selectFrom("latchkey_outbox")
    .select(["kind", "created_at"])
    .where("state", "=", state)
    .orderBy("priority")
    .orderBy("next_attempt_at")
    .limit(COUNTED_AT_MOST);
}
