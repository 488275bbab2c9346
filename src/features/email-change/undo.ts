import { recordEvent } from "../../audit/store.ts";
import type { Client, Core } from "../../core/context.ts";
import type { Db } from "../../db/schema.ts";
import { newId } from "../../lib/ids.ts";
import { type DeadLink, deadLinkResult, linkState, type PreviewResult, previewLink } from "../../links/preview.ts";
import { queueRecoveryEmail, revokeAccess, revokeSignUps } from "../../links/revoke-all.ts";
import type { Token } from "../../links/tokens.ts";
import { consumeUndo } from "../../links/undo-store.ts";
import { setEmailOf } from "./flow.ts";
import { queueEmailChangeUndone } from "./notice.ts";

/** The result of "This wasn't me" at the old address. `restored` is false if the address has another account by now. */
export type UndoResult = { kind: "done"; restored: boolean } | { kind: "dead"; link: DeadLink };

/** Looks at the link and changes nothing. `email` is the address that would be restored. */
export function previewUndo(core: Core, token: string): Promise<PreviewResult> {
  return previewLink(core, "email-change-undo", token);
}

/**
 * Restores the old address. One transaction consumes the link, sets the address, removes the password, ends every session,
 * link and code, and queues a reset link to the old address.
 */
export async function completeUndo(core: Core, token: string, client: Client): Promise<UndoResult> {
  const state = await linkState(core, "email-change-undo", token);
  if (state.kind !== "live") return { kind: "dead", link: state };

  const done = await core.database.transaction((tx) => undo(core, tx, { token, link: state.token }, client));
  if (done) {
    core.notifyWorker();
    return { kind: "done", ...done };
  }
  return deadLinkResult(core, "email-change-undo", token);
}

async function undo(
  core: Core,
  tx: Db,
  { token, link: { accountId, email } }: { token: string; link: Token },
  client: Client,
): Promise<{ restored: boolean } | null> {
  const now = core.clock();
  // Locks the account before its address is read.
  if (accountId === null || !(await core.accounts.setPassword(tx, accountId, null, "any"))) return null;
  const account = await core.accounts.findById(tx, accountId);
  if (!account || !(await consumeUndo(tx, token, now))) return null;

  const restored = await restoreEmail(core, tx, account, { email, now });
  await revokeAccess(core, tx, accountId, "security-alert", now);
  await revokeSignUps(tx, [email], now);
  if (restored) await queueRecoveryEmail(core, tx, { account: { id: accountId, email }, now }, client);
  if (account.email !== email) {
    await queueEmailChangeUndone(tx, { accountId, from: account.email, to: email, now }, client);
  }
  const kind = restored ? "email-restored" : "account-locked";
  await recordEvent(tx, { kind, account: { id: accountId, email }, now }, client);
  return { restored };
}

/**
 * Restores the address. If it has another account by now, the account gets an address that receives no email (RFC 2606):
 * with the address that it has, the intruder could request a reset link and sign in again.
 */
async function restoreEmail(
  core: Core,
  tx: Db,
  account: { id: string; email: string },
  { email, now }: { email: string; now: number },
): Promise<boolean> {
  if (account.email === email) return true;
  const setEmail = setEmailOf(core);
  if (await setEmail(tx, account.id, email, account.email)) return true;
  const placeholder = `locked-${newId(now)}@account.invalid`;
  if (await setEmail(tx, account.id, placeholder, account.email)) return false;
  throw new Error(`couldn't lock account ${account.id}, whose address was taken over, with ${placeholder}`);
}
