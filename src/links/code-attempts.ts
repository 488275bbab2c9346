import type { Core } from "../core/context.ts";
import type { Purpose } from "../core/purposes.ts";
import type { Db } from "../db/schema.ts";
import { DAY } from "../lib/clock.ts";
import { type CountedUnit, refundUnits } from "../rate-limits/client-limits.ts";
import { clearLimit, countLimitBelow } from "../rate-limits/store.ts";
import { countRequestAttempt, type MailRequest, refundRequestAttempt } from "./requests-store.ts";

/**
 * Wrong codes for one address and purpose, whether or not it has an account. Each request allows only a few, but anyone can
 * make many requests. After 100 in a row only a used link helps (NIST SP 800-63B-4 §3.2.2).
 */
const LIMITS = [
  { what: "codes of the day", rate: { count: 20, windowMs: DAY } },
  { what: "codes in a row", rate: { count: 100, windowMs: 365 * DAY } },
] as const;

/** A counted attempt at the code of a request. */
export interface CodeAttempt extends MailRequest {
  units: readonly CountedUnit[];
}

/** Counts an attempt before its code is checked, so that concurrent guesses cannot get past the limits. Null: none is left. */
export async function countCodeAttempt(core: Core, key: { digest: string }): Promise<CodeAttempt | null> {
  const now = core.clock();
  // One statement outside a transaction: during a flood only the allowed attempts open a transaction.
  const request = await countRequestAttempt(core.database.query, key, now);
  if (!request) return null;
  return core.database.transaction(async (tx) => {
    const units: CountedUnit[] = [];
    for (const { key, rate } of limitsOf(core, request)) {
      const { within, windowEndsAt } = await countLimitBelow(tx, key, rate, now);
      if (!within) return null;
      units.push({ key, windowEndsAt });
    }
    return { ...request, units };
  });
}

/** Gives back one attempt: the code was right and the host app sends the user elsewhere first. */
export async function refundCodeAttempt(core: Core, attempt: CodeAttempt): Promise<void> {
  await core.database.transaction(async (tx) => {
    await refundRequestAttempt(tx, attempt);
    await refundUnits(tx, attempt.units);
  });
}

/** Resets the counter of wrong codes: a link or code of the purpose was used. */
export async function clearCodeAttempts(core: Core, tx: Db, used: { purpose: Purpose; email: string }): Promise<void> {
  for (const { key } of limitsOf(core, used)) await clearLimit(tx, key);
}

function limitsOf({ keys }: Core, { purpose, email }: { purpose: Purpose; email: string }) {
  return LIMITS.map(({ what, rate }) => ({ key: keys.limit(`${what} ${purpose}`, email), rate }));
}
