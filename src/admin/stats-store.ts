import type { Db } from "../db/schema.ts";

/** What waits in the outbox, by state and kind. Finished mails are many, and whoever wants them counts them as they end. */
export async function countQueued(db: Db): Promise<Array<{ state: string; kind: string; many: number }>> {
  const rows = await db
    .selectFrom("latchkey_outbox")
    .select(({ fn }) => ["state", "kind", fn.countAll().as("many")])
    .where("state", "in", ["held", "due"])
    .groupBy(["state", "kind"])
    .execute();
  return rows.map((row) => ({ ...row, many: Number(row.many) }));
}

/** When the mail that has been waiting the longest was asked for, in epoch milliseconds; null where none waits. */
export async function oldestDue(db: Db): Promise<number | null> {
  const row = await db
    .selectFrom("latchkey_outbox")
    .select("created_at")
    .where("state", "=", "due")
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst();
  return row?.created_at ?? null;
}

/** How many sessions have not run out. */
export async function countSessions(db: Db, now: number): Promise<number> {
  const row = await db
    .selectFrom("latchkey_sessions")
    .select(({ fn }) => fn.countAll().as("many"))
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return Number(row?.many ?? 0);
}
