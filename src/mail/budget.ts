import type { Core } from "../core/context.ts";
import { DAY } from "../lib/clock.ts";
import { clearLimit, countLimit, countLimitBelow, peekLimit, refundLimit } from "../rate-limits/store.ts";
import { bulkPerDay } from "./bulk.ts";
import { type OutboxEmail, PRIORITY } from "./outbox.ts";

/** A place for one mail in the day's budget, or when the next day of it begins (epoch milliseconds). */
export type BudgetUnit = { kind: "taken"; giveBack: () => Promise<void> } | { kind: "none"; nextDayAt: number };

/** Of a second mail of a kind to one address within a day: whoever has a few addresses bombed leaves a place for all others. */
const SHARE_OF_MORE = 0.7;

const DAILY = "mails of the day";

/**
 * Takes a place for an email as it leaves. `share` is the part of the budget that emails of its purpose may use up. The
 * worker decides this, and no request: so no answer depends on whether an address has an account. One row counts for all
 * instances.
 */
export async function takeFromBudget(core: Core, mail: OutboxEmail, share: number): Promise<BudgetUnit> {
  const { query } = core.database;
  const now = core.clock();
  const toAddress = `mailed ${mail.kind} ${mail.email}`;
  const once = { count: 1, windowMs: DAY };
  const isFirst = (await peekLimit(query, toAddress, once, now)).within;

  const ofAll = isFirst || share === 1 ? share : Math.min(share, SHARE_OF_MORE);
  const most = mail.priority === PRIORITY.many ? bulkPerDay(core) : Math.ceil(core.rules.mailsPerDay * ofAll);
  const place = await countLimitBelow(query, DAILY, { count: most, windowMs: DAY }, now);
  if (!place.within) return { kind: "none", nextDayAt: place.windowEndsAt };

  if (isFirst) await countLimit(query, toAddress, once, now);
  return {
    kind: "taken",
    async giveBack() {
      await refundLimit(query, DAILY);
      if (isFirst) await clearLimit(query, toAddress);
    },
  };
}
