import type { Core } from "../core/context.ts";
import { countQueued, countSessions, oldestDue } from "./stats-store.ts";

/** How things stand just now. Names nobody. */
export interface Stats {
  /** Mails that have not left, by state (`due` or `held`) and kind. */
  waiting: Array<{ state: string; kind: string; many: number }>;
  /** How long the mail that has been waiting the longest has waited, in milliseconds; 0 where none waits. */
  oldestDueMs: number;
  sessions: number;
  hashing: { running: number; waiting: number; refused: number };
}

/** Counts how things stand. */
export async function collectStats(core: Core): Promise<Stats> {
  const db = core.database.query;
  const now = core.clock();
  const since = await oldestDue(db);
  return {
    waiting: await countQueued(db),
    oldestDueMs: since === null ? 0 : Math.max(0, now - since),
    sessions: await countSessions(db, now),
    hashing: core.hashing.load(),
  };
}
