import { sql } from "kysely";
import { deleteBatch } from "../db/delete-batch.ts";
import type { Db } from "../db/schema.ts";
import { DAY, MINUTE, SECOND } from "../lib/clock.ts";
import type { CounterKey } from "../lib/keys.ts";

/** From this consecutive failure on, the next attempt must wait. The wait doubles each time, up to LONGEST_WAIT. */
const WAITS_FROM = 5;
/** In milliseconds. */
const FIRST_WAIT = SECOND;
const LONGEST_WAIT = 15 * MINUTE;
/** The failure at which doubling would exceed LONGEST_WAIT. */
const LONGEST_FROM = WAITS_FROM + Math.ceil(Math.log2(LONGEST_WAIT / FIRST_WAIT));

/** After this many consecutive failures no password is checked until the owner resets it (NIST SP 800-63B-4 §3.2.2). */
const MAX_FAILURES = 100;

/** How long failures are kept after the last one, for every address alike, whether or not it has an account. */
export const FAILURE_RETENTION = 365 * DAY;

/** Whether a password may be checked now; if not, in how many milliseconds, or only after a reset. */
export type AttemptDecision = { kind: "yes" } | { kind: "wait"; waitMs: number } | { kind: "reset-first" };

const wait = sql<number>`(case
  when failed.failures < ${sql.lit(WAITS_FROM)} then 0
  when failed.failures >= ${sql.lit(LONGEST_FROM)} then ${sql.lit(LONGEST_WAIT)}
  else ${sql.lit(FIRST_WAIT)} << (failed.failures - ${sql.lit(WAITS_FROM)})
end)`;

/** A failure in the future was written under another clock. It counts as one of now (SECURITY.md L6). */
const lastFailedAt = (now: number) => sql<number>`(case
  when failed.last_failed_at > ${now} then ${now} else failed.last_failed_at
end)`;

/**
 * Counts an attempt as a failure before the password is checked, so that concurrent guesses cannot get past the limit;
 * success clears the failures. One statement decides for all instances, whether or not the address has an account.
 */
export async function countFailure(tx: Db, key: CounterKey, now: number): Promise<AttemptDecision> {
  await adoptPrevious(tx, key);
  const counted = await sql`
    insert into latchkey_failed_attempts as failed (key, failures, last_failed_at, failed_before_at)
    values (${key.digest}, 1, ${now}, ${now})
    on conflict (key) do update set
      failures = failed.failures + 1,
      last_failed_at = excluded.last_failed_at,
      failed_before_at = ${lastFailedAt(now)}
    where failed.failures < ${sql.lit(MAX_FAILURES)} and ${lastFailedAt(now)} + ${wait} <= excluded.last_failed_at
    returning failures`.execute(tx);
  return counted.rows.length > 0 ? { kind: "yes" } : checkAttempt(tx, key, now);
}

/** As `countFailure`, but counts nothing. */
export async function checkAttempt(tx: Db, key: CounterKey, now: number): Promise<AttemptDecision> {
  await adoptPrevious(tx, key);
  const { rows } = await sql<{ failures: number; last_failed_at: number; wait: number }>`
    select failed.failures, failed.last_failed_at, ${wait} as wait
    from latchkey_failed_attempts as failed where failed.key = ${key.digest}`.execute(tx);
  const { failures = 0, last_failed_at: failedAt = 0, wait: waitMs = 0 } = rows[0] ?? {};
  // Stored, and not only returned: otherwise the wait would start again with each read.
  if (failedAt > now) await setLastFailure(tx, key, now);
  if (failures >= MAX_FAILURES) return { kind: "reset-first" };
  const nextAttemptAt = Math.min(failedAt, now) + Number(waitMs);
  return nextAttemptAt > now ? { kind: "wait", waitMs: nextAttemptAt - now } : { kind: "yes" };
}

async function setLastFailure(tx: Db, key: CounterKey, now: number): Promise<void> {
  await tx
    .updateTable("latchkey_failed_attempts")
    .set({ last_failed_at: now })
    .where("key", "=", key.digest)
    .where("last_failed_at", ">", now)
    .execute();
}

/** Takes back a failure that was counted for a password that was not checked, or that was right. */
export async function refundFailure(db: Db, key: CounterKey): Promise<void> {
  await db
    .updateTable("latchkey_failed_attempts")
    .set((row) => ({ failures: row("failures", "-", 1), last_failed_at: row.ref("failed_before_at") }))
    .where("key", "=", key.digest)
    .where("failures", ">", 0)
    .execute();
}

/** Ends the consecutive failures: the password was right, or there is a new one, or the account is deleted. */
export async function clearFailures(tx: Db, key: CounterKey): Promise<void> {
  await tx
    .deleteFrom("latchkey_failed_attempts")
    .where("key", "in", [key.digest, ...key.previous])
    .execute();
}

/** Deletes failures that are older than FAILURE_RETENTION, at most `limit`. Those from a clock that is ahead begin it now. */
export async function purgeFailures(db: Db, now: number, limit: number): Promise<number> {
  await db
    .updateTable("latchkey_failed_attempts")
    .set({ last_failed_at: now })
    .where("last_failed_at", ">", now + DAY)
    .execute();
  const upTo = now - FAILURE_RETENTION;
  return deleteBatch(db, { table: "latchkey_failed_attempts", column: "last_failed_at", upTo }, limit);
}

/** While the secret key is rotated, failures under older keys are added to the newest. */
async function adoptPrevious(tx: Db, key: CounterKey): Promise<void> {
  for (const previous of key.previous) {
    const row = await tx
      .deleteFrom("latchkey_failed_attempts")
      .where("key", "=", previous)
      .returning(["failures", "last_failed_at", "failed_before_at"])
      .executeTakeFirst();
    if (!row) continue;
    await sql`
      insert into latchkey_failed_attempts as failed (key, failures, last_failed_at, failed_before_at)
      values (${key.digest}, ${row.failures}, ${row.last_failed_at}, ${row.failed_before_at})
      on conflict (key) do update set
        failures = failed.failures + excluded.failures,
        last_failed_at = case
          when failed.last_failed_at < excluded.last_failed_at then excluded.last_failed_at
          else failed.last_failed_at end`.execute(tx);
  }
}
