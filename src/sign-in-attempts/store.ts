import { sql } from "kysely";
import { deleteBatch } from "../db/delete-batch.ts";
import type { Db } from "../db/schema.ts";
import { DAY, MINUTE, SECOND } from "../lib/clock.ts";

/** From this failure in a row on there is a wait before the next try. It doubles each time, up to LONGEST_WAIT. */
const WAITS_FROM = 5;
/** In milliseconds. */
const FIRST_WAIT = SECOND;
const LONGEST_WAIT = 15 * MINUTE;
/** The failure at which doubling would go beyond LONGEST_WAIT. */
const LONGEST_FROM = WAITS_FROM + Math.ceil(Math.log2(LONGEST_WAIT / FIRST_WAIT));

/** So many failures in a row, and no password is looked at until its owner has reset it (NIST SP 800-63B-4 §3.2.2). */
const MOST_FAILURES = 100;

/** So long a run of fewer failures is remembered after the last. One of MOST_FAILURES is never forgotten. */
export const FAILURES_REMEMBERED_FOR = 365 * DAY;

/** Whether a password may be looked at now; and if not, in how many milliseconds, or only once it has been reset. */
export type AttemptDecision = { kind: "yes" } | { kind: "wait"; waitMs: number } | { kind: "reset-first" };

const wait = sql<number>`(case
  when failed.failures < ${sql.lit(WAITS_FROM)} then 0
  when failed.failures >= ${sql.lit(LONGEST_FROM)} then ${sql.lit(LONGEST_WAIT)}
  else ${sql.lit(FIRST_WAIT)} << (failed.failures - ${sql.lit(WAITS_FROM)})
end)`;

/**
 * Counts a try at an address's password as a failure before the password is looked at, so that simultaneous guesses cannot
 * slip past; success takes the failures back. One statement decides, for every instance, whether or not the address has
 * an account.
 */
export async function countFailure(tx: Db, email: string, now: number): Promise<AttemptDecision> {
  const counted = await sql`
    insert into latchkey_failed_attempts as failed (email, failures, last_failed_at, failed_before_at)
    values (${email}, 1, ${now}, ${now})
    on conflict (email) do update set
      failures = failed.failures + 1,
      last_failed_at = excluded.last_failed_at,
      failed_before_at = failed.last_failed_at
    where failed.failures < ${sql.lit(MOST_FAILURES)} and failed.last_failed_at + ${wait} <= excluded.last_failed_at
    returning failures`.execute(tx);
  return counted.rows.length > 0 ? { kind: "yes" } : checkAttempt(tx, email, now);
}

/** As countFailure, and counts nothing. */
export async function checkAttempt(tx: Db, email: string, now: number): Promise<AttemptDecision> {
  const { rows } = await sql<{ failures: number; next_try_at: number }>`
    select failed.failures, failed.last_failed_at + ${wait} as next_try_at
    from latchkey_failed_attempts as failed where failed.email = ${email}`.execute(tx);
  const { failures = 0, next_try_at: nextTryAt = 0 } = rows[0] ?? {};
  if (failures >= MOST_FAILURES) return { kind: "reset-first" };
  return nextTryAt > now ? { kind: "wait", waitMs: nextTryAt - now } : { kind: "yes" };
}

/** Takes back a failure that was counted for a password at which nobody came to look. */
export async function refundFailure(db: Db, email: string): Promise<void> {
  await db
    .updateTable("latchkey_failed_attempts")
    .set((row) => ({ failures: row("failures", "-", 1), last_failed_at: row.ref("failed_before_at") }))
    .where("email", "=", email)
    .where("failures", ">", 0)
    .execute();
}

/** Ends the run of failures: the password was right, or there is a new one. */
export async function clearFailures(tx: Db, email: string): Promise<void> {
  await tx.deleteFrom("latchkey_failed_attempts").where("email", "=", email).execute();
}

/** Deletes runs of failures that ended longer than FAILURES_REMEMBERED_FOR ago, at most `limit`. A full run is kept. */
export function purgeFailures(db: Db, now: number, limit: number): Promise<number> {
  const where = sql<boolean>`failures < ${sql.lit(MOST_FAILURES)}`;
  const upTo = now - FAILURES_REMEMBERED_FOR;
  return deleteBatch(db, { table: "latchkey_failed_attempts", column: "last_failed_at", upTo, where }, limit);
}
