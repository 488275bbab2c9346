import { deleteBatch } from "../db/delete-batch.ts";
import type { Db, Schema } from "../db/schema.ts";
import { DAY } from "../lib/clock.ts";

/** An address that a mail server refused permanently. Times in epoch milliseconds. */
export interface Suppression {
  email: string;
  /** The server's last answer. */
  answer: string;
  times: number;
  firstAt: number;
  lastAt: number;
}

const BOUNCES_KEPT_FOR = 30 * DAY;

/** Records a refusal, or one more of the same address. */
export async function insertSuppression(db: Db, { email, answer }: { email: string; answer: string }, now: number) {
  await db
    .insertInto("latchkey_suppressions")
    .values({ email, answer, times: 1, first_at: now, last_at: now })
    .onConflict((conflict) =>
      conflict.column("email").doUpdateSet((row) => ({
        answer,
        times: row("latchkey_suppressions.times", "+", 1),
        last_at: now,
      })),
    )
    .execute();
}

/** The addresses that refused an email in the last 30 days and accepted none since, newest first; or the given one. */
export async function listSuppressions(
  db: Db,
  { email, atMost }: { email?: string; atMost: number },
  now: number,
): Promise<Suppression[]> {
  const rows = await db
    .selectFrom("latchkey_suppressions")
    .selectAll()
    .where("last_at", ">", now - BOUNCES_KEPT_FOR)
    .$if(email !== undefined, (query) => query.where("email", "=", email ?? ""))
    .orderBy("last_at", "desc")
    .orderBy("email")
    .limit(atMost)
    .execute();
  return rows.map(toBounce);
}

/** The address accepts email again. */
export async function deleteSuppression(db: Db, email: string): Promise<void> {
  await db.deleteFrom("latchkey_suppressions").where("email", "=", email).execute();
}

/** Deletes bounces whose last refusal is older than BOUNCES_KEPT_FOR, at most `limit`. */
export function purgeSuppressions(db: Db, now: number, limit: number): Promise<number> {
  return deleteBatch(db, { table: "latchkey_suppressions", column: "last_at", upTo: now - BOUNCES_KEPT_FOR }, limit);
}

function toBounce(row: Schema["latchkey_suppressions"]): Suppression {
  return { email: row.email, answer: row.answer, times: row.times, firstAt: row.first_at, lastAt: row.last_at };
}
