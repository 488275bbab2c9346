import type { Account } from "../../accounts/accounts-table.ts";
import { recordEvent } from "../../audit/store.ts";
import type { Client, Core, TooManyAttempts } from "../../core/context.ts";
import { lockAccount } from "../../core/lock-account.ts";
import { normaliseEmail } from "../../lib/email-address.ts";
import { needsRehash } from "../../passwords/hashing.ts";
import { askSessionHook, type StartedSession, startSession } from "../../sessions/start.ts";
import {
  batchDelay,
  type CountedAttempt,
  completeAttempt,
  countAttempt,
  countMalformedSignIn,
  refundAttempt,
  verifyPassword,
} from "../../sign-in-attempts/attempts.ts";

/** The result of a sign-in. `refused` does not say whether the address, the password or the account was at fault. */
export type SignInResult =
  | ({ kind: "done" } & StartedSession)
  | { kind: "refused" }
  | { kind: "invalid-email" }
  | { kind: "malformed" }
  | { kind: "go-to"; goTo: string }
  | TooManyAttempts;

/**
 * Signs in with a password. Unknown, disabled and password-less accounts cost the same hash and get the same answer as a
 * wrong password. Throws HashingBusy.
 */
export async function signIn(
  core: Core,
  { email: typed, password }: { email: string; password: string },
  client: Client,
): Promise<SignInResult> {
  const settled = normaliseEmail(typed);
  if (settled.kind !== "address") return (await countMalformedSignIn(core, client)) ?? settled;
  const { email } = settled;
  return core.hashing.admit(() => tryPassword(core, { email, password }, client));
}

async function tryPassword(
  core: Core,
  { email, password }: { email: string; password: string },
  client: Client,
): Promise<SignInResult> {
  const attempt = await countAttempt(core, email, client);
  if (attempt.kind === "too-many") return attempt;

  const account = await core.accounts.findByEmail(core.database.query, email);
  const stored = account && !account.disabled ? account.passwordHash : null;
  const matches = await verifyPassword(core, email, stored, password);
  const begun = matches && account && stored ? await begin(core, account, { stored, password, attempt }, client) : null;
  if (begun) return begun;

  const refused = { kind: "sign-in-refused", account: { id: account?.id ?? null, email } } as const;
  await core.database.batchTransaction(
    (tx) => recordEvent(tx, { ...refused, now: core.clock() }, client),
    [],
    batchDelay(core),
  );
  return { kind: "refused" };
}

/**
 * Starts the session only if the password that was verified is still the stored one: a sign-in that began before a reset and
 * ends after it gets no session. Locking the account checks that. A hash with a lower cost is replaced in
 * the same transaction.
 */
async function begin(
  core: Core,
  account: Account,
  { stored, password, attempt }: { stored: string; password: string; attempt: CountedAttempt },
  client: Client,
): Promise<SignInResult | null> {
  const refusal = await askSessionHook(core, account, "password", client);
  // Answered like a wrong password: an attacker who guesses must not learn that this password is right.
  if (refusal?.kind === "session-refused") return null;
  if (refusal) {
    await refundAttempt(core, attempt);
    return refusal;
  }

  const newHash = needsRehash(stored, password) ? await core.hashing.hash(password) : null;
  const started = await core.database.transaction(async (tx) => {
    const isUnchanged =
      newHash === null
        ? await lockAccount(core, tx, account)
        : await core.accounts.setPassword(tx, account.id, newHash, stored);
    if (!isUnchanged) return null;
    // Under the lock: the address may have been changed meanwhile, which ended every session.
    if ((await core.accounts.findById(tx, account.id))?.email !== account.email) return null;
    await completeAttempt(core, tx, attempt);
    return startSession(tx, { account, method: "password", now: core.clock() }, client);
  });
  return started && { kind: "done", ...started };
}
