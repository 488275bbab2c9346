import type { Core } from "../core/context.ts";
import { DAY } from "../lib/clock.ts";
import { clearLimit, countLimit, countLimitBelow, peekLimit, refundLimit } from "../rate-limits/store.ts";
import { bulkPerDay } from "./bulk.ts";
import { type OutboxEmail, PRIORITY } from "./outbox.ts";

/** A place for one mail in the day's budget, or when the next day of it begins (epoch milliseconds). */
export type BudgetUnit = { kind: "taken"; giveBack: () => Promise<void> } | { kind: "none"; nextDayAt: number };

/**
 * How much of the day's budget a kind of mail may use up. Anybody can have sign-up mails sent, to addresses without end, and
 * with an account mails to new addresses, so that they leave something over. A notice follows a deed in an account, cannot
 * be asked for, and must arrive: the key with which the owner objects, or takes the account back, is in it.
 */
const SHARES: Record<string, number> = {
  "sign-up": 0.7,
  "email-change": 0.7,
  "password-changed": 1,
  "signed-in-by-link": 1,
  "email-changed": 1,
  "email-change-undone": 1,
};
/** Of every other kind: mails for which somebody who has an account is waiting. */
const SHARE = 0.95;
/** Of a second mail of a kind to one address within a day: whoever has a few addresses bombed leaves a place for all others. */
const SHARE_OF_MORE = 0.7;

const DAILY = "mails of the day";

/**
 * Takes a place for a mail as it leaves. The worker decides this, and no request: what nobody waits for cannot tell anybody
 * who has an account. One row counts, for every instance.
 */
export async function takeFromBudget(core: Core, mail: OutboxEmail): Promise<BudgetUnit> {
  const { query } = core.database;
  const now = core.clock();
  const toAddress = `mailed ${mail.kind} ${mail.email}`;
  const once = { count: 1, windowMs: DAY };
  const isFirst = (await peekLimit(query, toAddress, once, now)).within;

  const share = SHARES[mail.kind] ?? SHARE;
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
