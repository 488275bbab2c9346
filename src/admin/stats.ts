import type { Core } from "../core/context.ts";
import { countQueued, countSessions, oldestDue } from "./stats-store.ts";

/** Figures for monitoring, without personal data. Counts stop at COUNTED_AT_MOST. */
export interface Stats {
  /** Email that was not sent yet, by state (`due` or `held`) and kind. */
  waiting: Array<{ state: string; kind: string; many: number }>;
  /** The age of the oldest due email, in milliseconds; 0 if none is due. */
  oldestDueMs: number;
  sessions: number;
  hashing: { running: number; waiting: number; refused: number };
}

/** Reads the figures. */
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
