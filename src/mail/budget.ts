import type { Core } from "../core/context.ts";
import { DAY } from "../lib/clock.ts";
import { countLimit, countLimitBelow, peekLimit, refundLimit } from "../rate-limits/store.ts";
import { bulkPerDay } from "./bulk.ts";
import { isRecovery, PRIORITY } from "./email-kinds.ts";
import type { OutboxEmail } from "./outbox.ts";

/** A place for one email in the daily budget, or when the next day of the budget begins (epoch milliseconds). */
export type BudgetUnit = { kind: "taken"; giveBack: () => Promise<void> } | { kind: "none"; nextDayAt: number };

/** For emails beyond the first of a kind to one address in a day: bombing a few addresses leaves a place for all others. */
const SHARE_OF_MORE = 0.7;
/** Requests that need no email are counted like emails up to this share, so that the budget does not reveal them. */
const SHARE_OF_NO_EMAIL = 0.7;

const DAILY = "mails of the day";
const DAILY_BULK = "bulk emails of the day";

/**
 * Takes a place for an email as it leaves. `share` is the part of the budget that emails of its purpose may use up. The
 * worker decides this, not the request, so that no answer depends on it. One row counts for all instances. Ways back into an account always have a place; bulk emails have a budget of their own.
 */
export async function takeFromBudget(core: Core, mail: OutboxEmail, share: number): Promise<BudgetUnit> {
  const { query } = core.database;
  const now = core.clock();
  if (mail.priority === PRIORITY.many) {
    return take(core, DAILY_BULK, bulkPerDay(core));
  }
  if (isRecovery(mail)) {
    const daily = core.keys.limit(DAILY);
    const { windowEndsAt } = await countLimit(query, daily, { count: core.settings.mailsPerDay, windowMs: DAY }, now);
    return { kind: "taken", giveBack: () => refundLimit(query, daily, windowEndsAt) };
  }

  const toAddress = core.keys.limit(`mailed ${mail.kind}`, mail.email);
  const ofAddress = perAddress(share);
  const { within: isFirst, windowEndsAt } = await countLimitBelow(query, toAddress, ofAddress, now);
  const place = await take(core, DAILY, mostOf(core, isFirst ? share : Math.min(share, SHARE_OF_MORE)));
  if (!isFirst) return place;
  if (place.kind === "none") {
    await refundLimit(query, toAddress, windowEndsAt);
    return place;
  }
  return {
    kind: "taken",
    async giveBack() {
      await place.giveBack();
      await refundLimit(query, toAddress, windowEndsAt);
    },
  };
}

/**
 * As `takeFromBudget`, for a request that needs no email. It is counted like an email, so that the rest of the budget does
 * not reveal which addresses have accounts, but only up to a share that strangers can use up with sign-ups anyway. Returns
 * whether an email would have had a place.
 */
export async function takeForNoEmail(core: Core, mail: OutboxEmail, share: number): Promise<boolean> {
  const { query } = core.database;
  const now = core.clock();
  const toAddress = core.keys.limit(`mailed ${mail.kind}`, mail.email);
  const ofAddress = perAddress(share);
  const isFirst = (await countLimitBelow(query, toAddress, ofAddress, now)).within;
  const place = await take(core, DAILY, mostOf(core, SHARE_OF_NO_EMAIL));
  if (place.kind === "taken" || !isFirst) return place.kind === "taken";
  return (await peekLimit(query, core.keys.limit(DAILY), { count: mostOf(core, share), windowMs: DAY }, now)).within;
}

/** Three notices of a kind a day, because their causes can be repeated at will; one of anything else. */
function perAddress(share: number): { count: number; windowMs: number } {
  return { count: share === 1 ? 3 : 1, windowMs: DAY };
}

function mostOf({ settings }: Core, share: number): number {
  return Math.ceil(settings.mailsPerDay * share);
}

async function take(core: Core, name: string, most: number): Promise<BudgetUnit> {
  const { query } = core.database;
  const key = core.keys.limit(name);
  const place = await countLimitBelow(query, key, { count: most, windowMs: DAY }, core.clock());
  if (!place.within) return { kind: "none", nextDayAt: place.windowEndsAt };
  return { kind: "taken", giveBack: () => refundLimit(query, key, place.windowEndsAt) };
}
