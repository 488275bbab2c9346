import type { Client, Core } from "../core/context.ts";
import type { EndReason } from "../core/purposes.ts";
import type { Db } from "../db/schema.ts";
import { enqueue } from "../mail/outbox.ts";
import { deleteSessions } from "../sessions/store.ts";
import { clearAttempts } from "../sign-in-attempts/attempts.ts";
import { deleteCodes } from "./codes.ts";
import { linkDeliveryWindow } from "./request.ts";
import { revokeTokens } from "./tokens.ts";

/**
 * Leaves nobody in an account: ends every session, link and code of it. The caller has the account locked; `reason` is what
 * the page of a link that ended says.
 */
export async function revokeAccess(core: Core, tx: Db, accountId: string, reason: EndReason): Promise<void> {
  await revokeTokens(tx, { accountId }, reason, core.clock());
  await deleteCodes(tx, { accountId });
  await deleteSessions(tx, accountId);
}

/**
 * Queues the way back in for an owner who says that somebody else was in: a reset link to the address, and no tries that
 * were used up there.
 */
export async function queueRecoveryEmail(
  core: Core,
  tx: Db,
  { accountId, email }: { accountId: string; email: string },
  { browser, locale }: Client,
): Promise<void> {
  await clearAttempts(tx, email);
  const kind = "password-reset";
  const data = { browser, because: "security-alert" };
  await enqueue(tx, { kind, email, accountId, locale, data, tryForMs: linkDeliveryWindow(core, kind) }, core.clock());
}
