import type { Core } from "../core/context.ts";
import { DAY, MINUTE } from "../lib/clock.ts";
import { countHeld, countReleased, releaseEmails } from "./bulk-store.ts";

/** What is mailed to many goes on trying for two days from the moment it was let go: nobody is sitting there waiting. */
const TRIED_FOR = 2 * DAY;

/** More than this are never under way together, however fast they may go. */
const MOST_UNDER_WAY = 5_000;

/** Of the day's budget for mail: while everybody is mailed, a person who waits must still get theirs. */
const SHARE_OF_MANY = 0.7;

/** How many of the mails of one day may be mails to many. */
export function bulkPerDay({ rules }: Core): number {
  return Math.ceil(rules.mailsPerDay * SHARE_OF_MANY);
}

/** What one step came to: how many mails it let go, and whether it waits for those that have not left yet. */
export interface ReleaseStep {
  many: number;
  isWaiting: boolean;
}

/**
 * Lets held mails go at so many a minute, one step with each call, to be called a second or so apart. What was let go and
 * has not left holds back the rest, and time spent so is not made up for: a mail server that was away, or a worker that
 * was not running, never meets all of them at once, and no more are let go than leave within a day.
 */
export function releaseBulk(core: Core, perMinute: number): () => Promise<ReleaseStep> {
  const room = Math.min(perMinute, MOST_UNDER_WAY, bulkPerDay(core));
  const twoSecondsWorth = Math.max(1, perMinute / 30);
  let at = core.clock();
  let owed = 1;

  return async () => {
    const now = core.clock();
    owed = Math.min(owed + ((now - at) * perMinute) / MINUTE, twoSecondsWorth);
    at = now;
    const underWay = await countReleased(core.database.query, room);
    const many = Math.min(Math.floor(owed), room - underWay);
    if (many <= 0) return { many: 0, isWaiting: underWay >= room };

    const went = await releaseEmails(core.database.query, many, TRIED_FOR, now);
    owed -= went;
    if (went > 0) core.notifyWorker();
    return { many: went, isWaiting: false };
  };
}

/** How many mails are held, and how many of those that were let go have not left yet. */
export async function bulkStatus(core: Core): Promise<{ held: number; underWay: number }> {
  const db = core.database.query;
  return { held: await countHeld(db), underWay: await countReleased(db, MOST_UNDER_WAY) };
}
