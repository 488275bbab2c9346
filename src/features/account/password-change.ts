import { recordEvent } from "../../audit/store.ts";
import type { Client, Core, SessionRefused, TooManyAttempts } from "../../core/context.ts";
import { newPasswordProblem } from "../../core/new-password.ts";
import { queueNotice } from "../../links/notice.ts";
import { useRequests } from "../../links/requests-store.ts";
import { revokeAccess } from "../../links/revoke-all.ts";
import type { PasswordProblem } from "../../passwords/policy.ts";
import { countLimit } from "../../rate-limits/store.ts";
import type { CurrentSession } from "../../sessions/list.ts";
import { askSessionHook, methodAfter, type StartedSession, startSession } from "../../sessions/start.ts";
import { completeAttempt, countAttempt, refundAttempt, verifyPassword } from "../../sign-in-attempts/attempts.ts";

/** The result of changing the password. */
export type PasswordChangeResult =
  | ({ kind: "done" } & StartedSession)
  | { kind: "wrong-current-password" }
  | { kind: "refused-password"; problem: PasswordProblem }
  | SessionRefused
  | TooManyAttempts;

/**
 * Changes the password of the signed-in user. The current password is required, also right after a reset: an unattended
 * browser must not be enough. Ends every other session and every link except "This wasn't me", and starts a new session in
 * this browser. Throws HashingBusy.
 */
export async function changePassword(
  core: Core,
  { account, session: { method } }: CurrentSession,
  passwords: { current: string; next: string },
  client: Client,
): Promise<PasswordChangeResult> {
  const attempt = await countAttempt(core, account.email, client);
  if (attempt.kind === "too-many") return attempt;
  const stored = account.passwordHash;
  const matches = await verifyPassword(core, account.email, stored, passwords.current);
  if (!matches || stored === null) return { kind: "wrong-current-password" };

  // Only now: the policy and the breach look-up must not be available without limit to a stolen session.
  const problem = await newPasswordProblem(core, { password: passwords.next, email: account.email });
  if (problem) return { kind: "refused-password", problem };
  const tooOften = await countChange(core, account.id);
  const refusal = tooOften ?? (await askSessionHook(core, account, methodAfter(method, "password-change"), client));
  // Only a started session or a `goTo` gives an attempt back (SECURITY.md L5).
  if (refusal?.kind === "go-to") await refundAttempt(core, attempt);
  if (refusal) return refusal;
  const passwordHash = await core.hashing.hash(passwords.next);
  const started = await core.database.transaction(async (tx) => {
    const now = core.clock();
    if (!(await core.accounts.setPassword(tx, account.id, passwordHash, stored))) return null;
    // Under the lock: the address may have been changed meanwhile, which ended this session.
    if ((await core.accounts.findById(tx, account.id))?.email !== account.email) return null;
    await revokeAccess(core, tx, account.id, "password-changed", now);
    await useRequests(tx, { brought: client.request, request: null, email: account.email }, now);
    await completeAttempt(core, tx, attempt);
    await queueNotice(tx, { kind: "password-changed", account, now }, client);
    await recordEvent(tx, { kind: "password-changed", account, now }, client);
    return startSession(tx, { account, method: methodAfter(method, "password-change"), now }, client);
  });
  if (started === null) return { kind: "wrong-current-password" };

  core.notifyWorker();
  return { kind: "done", ...started };
}

/**
 * Limits password changes like emails to one address, because each change sends a notice. An attacker who changes the password
 * repeatedly would use up the daily budget and end every link that the owner requests. Null: within the limit.
 */
async function countChange(
  { database, keys, settings, clock }: Core,
  accountId: string,
): Promise<TooManyAttempts | null> {
  const now = clock();
  const key = keys.limit("changing password", accountId);
  const counted = await database.batchTransaction(
    (tx) => countLimit(tx, key, settings.mailsPerAddress, now),
    [key.name],
  );
  return counted.within ? null : { kind: "too-many", retryAfterMs: counted.windowEndsAt - now };
}
