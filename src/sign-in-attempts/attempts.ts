import type { Client, Core, TooManyAttempts } from "../core/context.ts";
import type { Db } from "../db/schema.ts";
import { clientIpKey } from "../lib/client-ip.ts";
import { DAY } from "../lib/clock.ts";
import { clearLimit, countLimit, peekLimit } from "../rate-limits/store.ts";
import { checkAttempt, clearFailures, countFailure, refundFailure } from "./store.ts";

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
export async function countAttempt(core: Core, email: string, client: Client): Promise<TooManyAttempts | null> {
  const now = core.clock();
  const clientLimit = client.ip === null ? null : `signing in ${clientIpKey(client.ip)}`;
  const counting = [signInLimit(email), ...(clientLimit === null ? [] : [clientLimit])];
  const counted = await core.database.batchTransaction(
    async (tx): Promise<TooManyAttempts | "counted"> => {
      const { requestsPerClient, signInsPerAccount } = core.rules;
      if (clientLimit !== null) {
        const client = await countLimit(tx, clientLimit, requestsPerClient, now);
        if (!client.within) return tooMany(client.windowEndsAt - now);
      }
      const account = await peekLimit(tx, signInLimit(email), signInsPerAccount, now);
      const may = account.within ? await countFailure(tx, email, now) : await checkAttempt(tx, email, now);
      if (may.kind === "reset-first") return tooMany(DAY, true);
      const waitMs = may.kind === "wait" ? may.waitMs : 0;
      if (!account.within) return tooMany(Math.max(waitMs, account.windowEndsAt - now));
      if (waitMs > 0) return tooMany(waitMs);
      // Looked at again: of several at once, each was told before that there is room for one.
      const counted = await countLimit(tx, signInLimit(email), signInsPerAccount, now);
      return counted.within ? "counted" : tooMany(counted.windowEndsAt - now);
    },
    counting,
    batchDelay(core),
  );
  return counted === "counted" ? null : counted;
}

/**
 * Where passwords queue, a try waits for others to share a commit with, no longer than it would wait for its turn: while
 * SQLite flushes the disk nothing else is answered, and in a flood a flush for each would hold up every other page.
 */
export function batchDelay({ hashing }: Core): { withinMs: number } {
  return { withinMs: Math.min(HASHING * hashing.load().waiting, LONGEST_PATIENCE) };
}

function tooMany(retryAfterMs: number, resetRequired = false): TooManyAttempts {
  return { kind: "too-many", retryAfterMs, resetRequired };
}

/** Looks at a password for which a try was counted. Throws HashingBusy, and then it was no failure. */
export async function verifyPassword(
  core: Core,
  email: string,
  stored: string | null,
  password: string,
): Promise<boolean> {
  return core.hashing.verify(stored, password).catch(async (error) => {
    await refundAttempt(core, email);
    throw error;
  });
}

/** A try that was no failure: nobody came to look at the password, or it was right and something else is asked for first. */
export async function refundAttempt(core: Core, email: string): Promise<void> {
  await core.database.batchTransaction((tx) => refundFailure(tx, email), [signInLimit(email)], batchDelay(core));
}

/** Ends the counting of tries at an account: the password was right, or there is a new one. */
export async function clearAttempts(tx: Db, email: string): Promise<void> {
  // In the order in which a try is counted, so that the two never wait for each other in a circle.
  await clearFailures(tx, email);
  await clearLimit(tx, signInLimit(email));
}
