import type { Client, Core, TooManyAttempts } from "../core/context.ts";
import type { Db } from "../db/schema.ts";
import { DAY } from "../lib/clock.ts";
import { type CountedUnit, clientLimits, countClient, refundUnits } from "../rate-limits/client-limits.ts";
import { clearLimit, countLimit, peekLimit } from "../rate-limits/store.ts";
import { checkAttempt, clearFailures, countFailure, refundFailure } from "./store.ts";

/** The least time that a hash takes, and the longest that an attempt waits to share a commit, in milliseconds. */
const HASH_MS = 5;
const MAX_BATCH_DELAY = 50;

/** A counted attempt at an address's password. `units` are what it used of the limits of its client and its address. */
export interface CountedAttempt {
  kind: "counted";
  email: string;
  units: readonly CountedUnit[];
}

/** The limit of attempts at one address's password, whether or not it has an account. */
export function signInLimit({ keys }: Core, email: string) {
  return keys.limit("sign-in", email);
}

function signInClientLimits({ keys, settings }: Core, ip: string | null) {
  return clientLimits(keys, "signing in", ip, settings.requestsPerClient);
}

/**
 * Counts an attempt before the password is checked, so that concurrent guesses cannot get past the limits (SECURITY.md L5).
 * A client over its limit counts against no account, and a refused attempt is not a failure.
 */
export async function countAttempt(
  core: Core,
  email: string,
  { ip }: Client,
): Promise<CountedAttempt | TooManyAttempts> {
  const now = core.clock();
  const ofClient = signInClientLimits(core, ip);
  const ofAccount = signInLimit(core, email);
  const failures = core.keys.failures(email);
  const { signInsPerAccount } = core.settings;
  return core.database.batchTransaction(
    async (tx): Promise<CountedAttempt | TooManyAttempts> => {
      const client = await countClient(tx, ofClient, now);
      if (!client.within) return tooMany(client.windowEndsAt - now);

      const account = await peekLimit(tx, ofAccount, signInsPerAccount, now);
      const decision = account.within ? await countFailure(tx, failures, now) : await checkAttempt(tx, failures, now);
      if (decision.kind === "reset-first") return tooMany(DAY, true);
      const waitMs = decision.kind === "wait" ? decision.waitMs : 0;
      if (!account.within) return tooMany(Math.max(waitMs, account.windowEndsAt - now));
      if (waitMs > 0) return tooMany(waitMs);

      // Checked again: above, each of several concurrent attempts may have seen the same remaining attempt.
      const { within, windowEndsAt } = await countLimit(tx, ofAccount, signInsPerAccount, now);
      const units = [...client.units, { key: ofAccount, windowEndsAt }];
      return within ? { kind: "counted", email, units } : tooMany(windowEndsAt - now);
    },
    [ofAccount.name, ...ofClient.map(({ key }) => key.name)],
    batchDelay(core),
  );
}

/** Counts a request that is refused before it names an address, such as a malformed one. Null: within the limit. */
export async function countMalformedSignIn(core: Core, { ip }: Client): Promise<TooManyAttempts | null> {
  const limits = signInClientLimits(core, ip);
  if (limits.length === 0) return null;
  const now = core.clock();
  const counted = await core.database.batchTransaction(
    (tx) => countClient(tx, limits, now),
    limits.map(({ key }) => key.name),
  );
  return counted.within ? null : tooMany(counted.windowEndsAt - now);
}

/**
 * While passwords queue, an attempt waits to share a commit, no longer than it would wait for its hash: SQLite answers
 * nothing else while it flushes the disk, and during a flood a flush per attempt would delay every page.
 */
export function batchDelay({ hashing }: Core): { withinMs: number } {
  return { withinMs: Math.min(HASH_MS * hashing.load().waiting, MAX_BATCH_DELAY) };
}

function tooMany(retryAfterMs: number, resetRequired = false): TooManyAttempts {
  return { kind: "too-many", retryAfterMs, resetRequired };
}

/** Checks a password for which an attempt was counted. Throws HashingBusy; the attempt is then no failure. */
export async function verifyPassword(
  core: Core,
  email: string,
  stored: string | null,
  password: string,
): Promise<boolean> {
  return core.hashing.verify(stored, password).catch(async (error) => {
    const failures = core.keys.failures(email);
    const key = signInLimit(core, email).name;
    await core.database.batchTransaction((tx) => refundFailure(tx, failures), [key], batchDelay(core));
    throw error;
  });
}

/** Gives back one attempt: the password was right and the host app sends the user elsewhere first. */
export async function refundAttempt(core: Core, { email, units }: CountedAttempt): Promise<void> {
  await core.database.batchTransaction(
    async (tx) => {
      await refundFailure(tx, core.keys.failures(email));
      await refundUnits(tx, units);
    },
    [signInLimit(core, email).name, ...units.map(({ key }) => key.name)],
    batchDelay(core),
  );
}

/** Ends the consecutive failures and gives back one attempt, in the transaction that starts its session. */
export async function completeAttempt(core: Core, tx: Db, { email, units }: CountedAttempt): Promise<void> {
  await clearFailures(tx, core.keys.failures(email));
  await refundUnits(tx, units);
}

/** Resets the counters of an address: its account has a new password, or is new. */
export async function clearAttempts(core: Core, tx: Db, email: string): Promise<void> {
  // In the order in which an attempt is counted, so that the two never deadlock.
  await clearFailures(tx, core.keys.failures(email));
  await clearLimit(tx, signInLimit(core, email));
}
