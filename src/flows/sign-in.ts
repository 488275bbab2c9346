import { clientKey } from "../basics/client-address.ts";
import { DAY } from "../basics/clock.ts";
import { settleEmail } from "../basics/email-address.ts";
import { needsRehash } from "../basics/password-hashing.ts";
import type { Account } from "../store/accounts.ts";
import { record } from "../store/events.ts";
import { countFailure, forgetFailures, mayTry, takeBackFailure } from "../store/failed-sign-ins.ts";
import { clear, count, lookAhead } from "../store/limits.ts";
import type { Db } from "../store/schema.ts";
import { beginSession, refusalOf } from "./begin-session.ts";
import type { Core, TooMany, Visitor } from "./core.ts";

/** What a hash takes at the least, and the longest that a try waits for company, in milliseconds. */
const HASHING = 5;
const LONGEST_PATIENCE = 50;

/** What came of signing in. `refused` does not say whether the address, the password or the account was at fault. */
export type SignedIn =
  | { kind: "done"; session: string }
  | { kind: "refused" }
  | { kind: "mistake" }
  | { kind: "forged" }
  | { kind: "sent-elsewhere"; goTo: string }
  | TooMany;

/** The key under which tries at one account's password are counted, whether or not the account exists. */
export function signInLimit(email: string): string {
  return `sign-in ${email}`;
}

/**
 * Signs in with a password. Unknown, disabled and password-less accounts cost the same hash and get the same answer as a
 * wrong password. Throws HashingBusy.
 */
export async function signIn(core: Core, typed: string, password: string, visitor: Visitor): Promise<SignedIn> {
  const settled = settleEmail(typed);
  if (settled.kind !== "address") return settled;
  return core.hashing.admit(() => tryPassword(core, settled.email, password, visitor));
}

async function tryPassword(core: Core, email: string, password: string, visitor: Visitor): Promise<SignedIn> {
  const tooMany = await countTry(core, email, visitor);
  if (tooMany) return tooMany;

  const account = await core.accounts.findByEmail(core.database.query, email);
  const stored = account && !account.disabled ? account.passwordHash : null;
  const matches = await isRight(core, email, stored, password);
  const begun = matches && account && stored ? await begin(core, account, { stored, password }, visitor) : null;
  if (begun) return begun;

  const { client, browser } = visitor;
  const refused = { kind: "sign-in-refused", accountId: account?.id ?? null, email, client, browser } as const;
  await core.database.together((tx) => record(tx, refused, core.clock()), [], patience(core));
  return { kind: "refused" };
}

/**
 * Counts a try before the password is looked at, so that simultaneous guesses cannot slip past. Null: go on. A client over
 * its limit touches no account, and what is refused here is no failure, so that trying on makes nothing worse.
 */
export async function countTry(core: Core, email: string, visitor: Visitor): Promise<TooMany | null> {
  const now = core.clock();
  const counting = [signInLimit(email), ...(visitor.client ? [`signing in ${clientKey(visitor.client)}`] : [])];
  return core.database.together(
    async (tx): Promise<TooMany | null> => {
      const { requestsPerClient, signInsPerAccount } = core.rules;
      if (visitor.client !== null) {
        const client = await count(tx, `signing in ${clientKey(visitor.client)}`, requestsPerClient, now);
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
function patience({ hashing }: Core): { withinMs: number } {
  return { withinMs: Math.min(HASHING * hashing.load().waiting, LONGEST_PATIENCE) };
}

function tooMany(retryAfterMs: number, resetFirst = false): TooMany {
  return { kind: "too-many", retryAfterMs, resetFirst };
}

/** Looks at a password for which a try was counted. Throws HashingBusy, and then it was no failure. */
export async function isRight(core: Core, email: string, stored: string | null, password: string): Promise<boolean> {
  return core.hashing.verify(stored, password).catch(async (error) => {
    await core.database.together((tx) => takeBackFailure(tx, email), [signInLimit(email)], patience(core));
    throw error;
  });
}

/** Ends the counting of tries at an account: the password was right, or there is a new one. */
export async function forgiveTries(tx: Db, email: string): Promise<void> {
  // In the order in which a try is counted, so that the two never wait for each other in a circle.
  await forgetFailures(tx, email);
  await clear(tx, signInLimit(email));
}

/**
 * The session is begun only if the password that was checked is still the stored one when it begins: a sign-in that
 * started before a reset and ends after it gets nothing. Setting the hash to itself asks that question and locks the
 * account in one statement, on every engine and in a host's own table; a cheaper hash is replaced on the way.
 */
async function begin(
  core: Core,
  account: Account,
  { stored, password }: { stored: string; password: string },
  visitor: Visitor,
): Promise<SignedIn | null> {
  const refusal = await refusalOf(core, account, "password", visitor);
  // A no is told like a wrong password: whoever tries passwords must not learn that this one is right.
  if (refusal) return refusal.kind === "not-let-in" ? null : refusal;

  const kept = needsRehash(stored, password) ? await core.hashing.hash(password) : stored;
  const session = await core.database.transaction(async (tx) => {
    if (!(await core.accounts.setPassword(tx, account.id, kept, stored))) return null;
    // Under the lock: an address that was changed meanwhile signs nobody in any more, and every session ended with it.
    if ((await core.accounts.findById(tx, account.id))?.email !== account.email) return null;
    await forgiveTries(tx, account.email);
    return beginSession(core, tx, account, "password", visitor);
  });
  return session === null ? null : { kind: "done", session };
}
