import type { Client, Core } from "../core/context.ts";
import type { EndReason } from "../core/purposes.ts";
import type { Db } from "../db/schema.ts";
import { enqueue } from "../mail/outbox.ts";
import { deleteSessions } from "../sessions/store.ts";
import { clearAttempts } from "../sign-in-attempts/attempts.ts";
import { deleteCodes, deleteSignUpCodes } from "./codes.ts";
import { noticeRecipient } from "./notice.ts";
import { linkDeliveryWindow } from "./request.ts";
import { revokeSignUpTokens, revokeTokens } from "./tokens.ts";

/**
 * Revokes all sessions, links and codes of the account. The caller has locked the account. `reason` is what the page of an
 * ended link says.
 */
export async function revokeAccess(tx: Db, accountId: string, reason: EndReason, now: number): Promise<void> {
  await revokeTokens(tx, { accountId }, reason, now);
  await deleteCodes(tx, { accountId });
  await deleteSessions(tx, accountId);
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
