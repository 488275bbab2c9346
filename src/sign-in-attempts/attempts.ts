import type { Core, TooMany, Visitor } from "../core/context.ts";
import type { Db } from "../db/schema.ts";
import { clientKey } from "../lib/client-ip.ts";
import { DAY } from "../lib/clock.ts";
import { clear, count, lookAhead } from "../rate-limits/store.ts";
import { countFailure, forgetFailures, mayTry, takeBackFailure } from "./store.ts";

/** What a hash takes at the least, and the longest that a try waits for company, in milliseconds. */
const HASHING = 5;
const LONGEST_PATIENCE = 50;

/** The key under which tries at one account's password are counted, whether or not the account exists. */
export function signInLimit(email: string): string {
  return `sign-in ${email}`;
}

/**
 * Counts a try before the password is looked at, so that simultaneous guesses cannot slip past. Null: go on. A client over
 * its limit touches no account, and what is refused here is no failure, so that trying on makes nothing worse.
 */
export async function countTry(core: Core, email: string, visitor: Visitor): Promise<TooMany | null> {
  const now = core.clock();
  const clientLimit = visitor.client === null ? null : `signing in ${clientKey(visitor.client)}`;
  const counting = [signInLimit(email), ...(clientLimit === null ? [] : [clientLimit])];
  return core.database.together(
    async (tx): Promise<TooMany | null> => {
      const { requestsPerClient, signInsPerAccount } = core.rules;
      if (clientLimit !== null) {
        const client = await count(tx, clientLimit, requestsPerClient, now);
        if (!client.within) return tooMany(client.windowEndsAt - now);
      }
      const account = await lookAhead(tx, signInLimit(email), signInsPerAccount, now);
      const may = account.within ? await countFailure(tx, email, now) : await mayTry(tx, email, now);
      if (may.kind === "reset-first") return tooMany(DAY, true);
      const waitMs = may.kind === "wait" ? may.waitMs : 0;
      if (!account.within) return tooMany(Math.max(waitMs, account.windowEndsAt - now));
      if (waitMs > 0) return tooMany(waitMs);
      // Looked at again: of several at once, each was told before that there is room for one.
      const counted = await count(tx, signInLimit(email), signInsPerAccount, now);
      return counted.within ? null : tooMany(counted.windowEndsAt - now);
    },
    counting,
    patience(core),
  );
}

/**
 * Where passwords queue, a try waits for others to share a commit with, no longer than it would wait for its turn: while
 * SQLite flushes the disk nothing else is answered, and in a flood a flush for each would hold up every other page.
 */
export function patience({ hashing }: Core): { withinMs: number } {
  return { withinMs: Math.min(HASHING * hashing.load().waiting, LONGEST_PATIENCE) };
}

function tooMany(retryAfterMs: number, resetFirst = false): TooMany {
  return { kind: "too-many", retryAfterMs, resetFirst };
}

/** Looks at a password for which a try was counted. Throws HashingBusy, and then it was no failure. */
export async function isRight(core: Core, email: string, stored: string | null, password: string): Promise<boolean> {
  return core.hashing.verify(stored, password).catch(async (error) => {
    await takeBackTry(core, email);
    throw error;
  });
}

/** A try that was no failure: nobody came to look at the password, or it was right and something else is asked for first. */
export async function takeBackTry(core: Core, email: string): Promise<void> {
  await core.database.together((tx) => takeBackFailure(tx, email), [signInLimit(email)], patience(core));
}

/** Ends the counting of tries at an account: the password was right, or there is a new one. */
export async function forgiveTries(tx: Db, email: string): Promise<void> {
  // In the order in which a try is counted, so that the two never wait for each other in a circle.
  await forgetFailures(tx, email);
  await clear(tx, signInLimit(email));
}
