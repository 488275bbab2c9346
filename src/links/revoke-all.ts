import type { Client, Core } from "../core/context.ts";
import type { EndReason } from "../core/purposes.ts";
import type { Db } from "../db/schema.ts";
import { closeWaiting, enqueue } from "../mail/outbox.ts";
import { deleteSessions } from "../sessions/store.ts";
import { clearAttempts } from "../sign-in-attempts/attempts.ts";
import { deleteCodes, deleteSignUpCodes } from "./codes.ts";
import { noticeRecipient } from "./notice.ts";
import { linkDeliveryWindow } from "./request.ts";
import { revokeSignUpTokens, revokeTokens } from "./tokens.ts";

/** The emails that carry a link into an account and are requested by typing its address. */
const REQUESTED = ["password-reset", "sign-in-link"];

/**
 * Revokes all sessions, links and codes of the account, and closes its link emails that still wait: a link minted later would
 * outlive the revocation. The caller has locked the account. `reason` is what the page of an ended link says.
 */
export async function revokeAccess(
  core: Core,
  tx: Db,
  accountId: string,
  reason: EndReason,
  now: number,
): Promise<void> {
  await revokeTokens(tx, { accountId }, reason, now);
  await deleteCodes(tx, { accountId });
  await deleteSessions(tx, accountId);
  // An attacker inside the account must not cancel, by a password change, the reset that the owner waits for.
  if (reason === "password-changed") return;
  const account = await core.accounts.findById(tx, accountId);
  if (!account) return;
  const why = "the account was reset or its access was revoked after the request";
  await closeWaiting(tx, { email: account.email, kinds: REQUESTED, why }, now);
}

/**
 * Ends the sign-up links and codes of addresses that got an account without them: by an invitation or an email change. A link
 * that is minted concurrently is dead when it is opened (`linkState`).
 */
export async function revokeSignUps(tx: Db, emails: string[], now: number): Promise<void> {
  await revokeSignUpTokens(tx, emails, now);
  await deleteSignUpCodes(tx, emails);
}

/**
 * Queues a reset link for an owner who reported that an attacker was in the account, and clears the failed attempts of the
 * address.
 */
export async function queueRecoveryEmail(
  core: Core,
  tx: Db,
  { account: { id: accountId, email }, now }: { account: { id: string; email: string }; now: number },
  client: Client,
): Promise<void> {
  await clearAttempts(core, tx, email);
  const kind = "password-reset";
  const { locale, data: recipient } = await noticeRecipient(tx, accountId, client);
  const data = { ...recipient, because: "security-alert" };
  await enqueue(tx, { kind, email, accountId, locale, data, tryForMs: linkDeliveryWindow(core, kind) }, now);
}
