import type { Core } from "../core/context.ts";
import { countSessions, countWaiting, oldestDue } from "./stats-store.ts";

/** How things stand just now. Names nobody. */
export interface Figures {
  /** Mails that have not left, by state (`due` or `held`) and kind. */
  waiting: Array<{ state: string; kind: string; many: number }>;
  /** How long the mail that has been waiting the longest has waited, in milliseconds; 0 where none waits. */
  oldestDueMs: number;
  sessions: number;
  hashing: { running: number; waiting: number; refused: number };
}

/** Counts how things stand. */
export async function figures(core: Core): Promise<Figures> {
  const db = core.database.query;
  const now = core.clock();
  const since = await oldestDue(db);
  return {
    waiting: await countWaiting(db),
    oldestDueMs: since === null ? 0 : Math.max(0, now - since),
    sessions: await countSessions(db, now),
    hashing: core.hashing.load(),
  };
}
