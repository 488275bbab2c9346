import { clientKey } from "../basics/client-address.ts";
import { settleEmail } from "../basics/email-address.ts";
import { needsRehash } from "../basics/password-hashing.ts";
import type { Account } from "../store/accounts.ts";
import { record } from "../store/events.ts";
import { clear, count } from "../store/limits.ts";
import { beginSession } from "./begin-session.ts";
import type { Core, TooMany, Visitor } from "./core.ts";

/** What came of signing in. `refused` does not say whether the address, the password or the account was at fault. */
export type SignedIn =
  | { kind: "done"; session: string }
  | { kind: "refused" }
  | { kind: "mistake" }
  | { kind: "forged" }
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
  const { email } = settled;

  const tooMany = await countTry(core, email, visitor);
  if (tooMany) return tooMany;

  const account = await core.accounts.findByEmail(core.database.query, email);
  const stored = account && !account.disabled ? account.passwordHash : null;
  const matches = await core.hashing.verify(stored, password);
  const session = matches && account && stored ? await begin(core, account, stored, password, visitor) : null;
  if (session !== null) return { kind: "done", session };

  const { client, browser } = visitor;
  const refused = { kind: "sign-in-refused", accountId: account?.id ?? null, email, client, browser } as const;
  await record(core.database.query, refused, core.clock());
  return { kind: "refused" };
}

/** Counts a try before the password is looked at, so that simultaneous guesses cannot slip past. Null: go on. */
export async function countTry(core: Core, email: string, visitor: Visitor): Promise<TooMany | null> {
  const now = core.clock();
  const counting = [signInLimit(email), ...(visitor.client ? [`signing in ${clientKey(visitor.client)}`] : [])];
  return core.database.together(async (tx): Promise<TooMany | null> => {
    const { requestsPerClient, signInsPerAccount } = core.rules;
    const counted = [await count(tx, signInLimit(email), signInsPerAccount, now)];
    if (visitor.client !== null) {
      counted.push(await count(tx, `signing in ${clientKey(visitor.client)}`, requestsPerClient, now));
    }
    const over = counted.filter((limit) => !limit.within).map((limit) => limit.windowEndsAt);
    return over.length > 0 ? { kind: "too-many", retryAfterMs: Math.max(...over) - now } : null;
  }, counting);
}

/**
 * The session is begun only if the password that was checked is still the stored one when it begins: a sign-in that
 * started before a reset and ends after it gets nothing. Setting the hash to itself asks that question and locks the
 * account in one statement, on every engine and in a host's own table; a cheaper hash is replaced on the way.
 */
async function begin(
  core: Core,
  account: Account,
  stored: string,
  password: string,
  visitor: Visitor,
): Promise<string | null> {
  const kept = needsRehash(stored) ? await core.hashing.hash(password) : stored;
  return core.database.transaction(async (tx) => {
    if (!(await core.accounts.setPassword(tx, account.id, kept, stored))) return null;
    await clear(tx, signInLimit(account.email));
    return beginSession(core, tx, account, "password", visitor);
  });
}
