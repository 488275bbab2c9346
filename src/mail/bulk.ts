import type { Core } from "../core/context.ts";
import { DAY, MINUTE } from "../lib/clock.ts";
import { countHeld, countReleased, releaseEmails } from "./bulk-store.ts";

/** Bulk email is retried for two days from its release. */
const TRIED_FOR = 2 * DAY;

/** At most this many are released and not sent, at any rate. */
const MOST_UNDER_WAY = 5_000;

/** The bulk budget as a share of the daily budget. It is counted apart: bulk email does not use up the budget of other email. */
const SHARE_OF_MANY = 0.7;

/** How many bulk emails are sent in a day at most. */
export function bulkPerDay({ settings }: Core): number {
  return Math.ceil(settings.mailsPerDay * SHARE_OF_MANY);
}

/** How many emails a step released (`many`), and whether it waits for released ones to be sent. */
export interface ReleaseStep {
  many: number;
  isWaiting: boolean;
}

/**
 * Releases held emails at a rate per minute, one step per call; call it about once a second. Emails that were released and
 * not sent hold back the rest, and the delay is not made up for: after an outage the mail server never gets all of them at
 * once, and no more are released than are sent in a day.
 */
export function releaseBulk(core: Core, perMinute: number): () => Promise<ReleaseStep> {
  const limit = Math.min(perMinute, MOST_UNDER_WAY, bulkPerDay(core));
  const twoSecondsWorth = Math.max(1, perMinute / 30);
  let at = core.clock();
  let owed = 1;

  return async () => {
    const now = core.clock();
    owed = Math.min(owed + ((now - at) * perMinute) / MINUTE, twoSecondsWorth);
    at = now;
    const underWay = await countReleased(core.database.query, limit);
    const many = Math.min(Math.floor(owed), limit - underWay);
    if (many <= 0) return { many: 0, isWaiting: underWay >= limit };

    const went = await releaseEmails(core.database.query, many, TRIED_FOR, now);
    owed -= went;
    if (went > 0) core.notifyWorker();
    return { many: went, isWaiting: false };
  };
}

/** How many emails are held, and how many were released and not sent; the latter is counted up to 5,000. */
export interface BulkStatus {
  held: number;
  underWay: number;
}

/** Counts held and released emails. */
export async function bulkStatus(core: Core): Promise<BulkStatus> {
  const db = core.database.query;
  return { held: await countHeld(db), underWay: await countReleased(db, MOST_UNDER_WAY) };
}
