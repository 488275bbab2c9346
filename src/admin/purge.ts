import { setTimeout } from "node:timers/promises";
import { purgeEvents } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import type { Db } from "../db/schema.ts";
import { purgeCodes } from "../links/codes.ts";
import { purgeRequests } from "../links/requests-store.ts";
import { purgeEndedTokens, purgeTokens } from "../links/tokens.ts";
import { purgeEmailChanges } from "../links/undo-store.ts";
import { purgeOutbox } from "../mail/outbox.ts";
import { purgeSuppressions } from "../mail/suppressions.ts";
import { purgeLimits } from "../rate-limits/store.ts";
import { purgeExpiredSessions, purgeIdleSessions } from "../sessions/store.ts";
import { purgeFailures } from "../sign-in-attempts/store.ts";

/** Rows per statement. Deleting them takes milliseconds, so no other statement waits long for its locks or its disk. */
const BATCH = 1_000;
/** In milliseconds, between two batches of one table, for the other work of the database. */
const PAUSE = 20;

/** Deletes at most `limit` expired rows of one table and returns how many it deleted. */
export type PurgeStep = (db: Db, now: number, limit: number) => Promise<number>;

const STEPS: Record<string, PurgeStep> = {
  "tokens (expired)": purgeTokens,
  "tokens (ended)": purgeEndedTokens,
  email_changes: purgeEmailChanges,
  codes: purgeCodes,
  requests: purgeRequests,
  "sessions (expired)": purgeExpiredSessions,
  "sessions (idle)": purgeIdleSessions,
  outbox: purgeOutbox,
  limits: purgeLimits,
  failed_attempts: purgeFailures,
  events: purgeEvents,
  suppressions: purgeSuppressions,
};

/**
 * Deletes expired rows of every table, in batches, until none are left or `signal` is aborted. Safe to run at any time and
 * from any number of instances. When a table fails the others are still purged; then AggregateError is thrown.
 */
export async function purge(core: Pick<Core, "database" | "clock">, signal?: AbortSignal): Promise<void> {
  const now = core.clock();
  const failures: Error[] = [];
  for (const [table, step] of Object.entries(STEPS)) {
    try {
      while (!signal?.aborted && (await step(core.database.query, now, BATCH)) === BATCH) await setTimeout(PAUSE);
    } catch (cause) {
      failures.push(new Error(`purge of ${table} failed: ${(cause as Error).message}`, { cause }));
    }
  }
  if (failures.length > 0) {
    throw new AggregateError(failures, failures.map(({ message }) => message).join("; "));
  }
}
