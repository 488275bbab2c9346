import type { Client, Core } from "../../core/context.ts";
import { recordEvent } from "../../core/events.ts";
import type { Db } from "../../db/schema.ts";
import { newId } from "../../lib/ids.ts";
import { type DeadLink, deadLinkResult, linkState, type PreviewResult, previewLink } from "../../links/preview.ts";
import { queueRecoveryEmail, revokeAccess, revokeSignUps } from "../../links/revoke-all.ts";
import type { Token } from "../../links/tokens.ts";
import { setEmailOf } from "./flow.ts";
import { queueEmailChangeUndone } from "./notice.ts";
import { consumeUndo } from "./undo-store.ts";

/** What came of "This wasn't me" at the old address. Not `restored`: the address has another account by now. */
export type UndoResult = { kind: "done"; restored: boolean } | { kind: "dead"; link: DeadLink };

/** Looks at the link and changes nothing. `email` is the address that the account had, and would have again. */
export function previewUndo(core: Core, token: string): Promise<PreviewResult> {
  return previewLink(core, "email-change-undo", token);
}

/**
 * The old address takes the account back. One transaction uses the link up, sets the address back, leaves the account
 * without a password that works, ends every session, link and code, and queues a reset link to the old address.
 */
export async function completeUndo(core: Core, token: string, client: Client): Promise<UndoResult> {
  const state = await linkState(core, "email-change-undo", token);
  if (state.kind !== "live") return { kind: "dead", link: state };

  const done = await core.database.transaction((tx) => takeBack(core, tx, { token, link: state.token }, client));
  if (done) {
    core.notifyWorker();
    return { kind: "done", ...done };
  }
  return deadLinkResult(core, "email-change-undo", token);
}

async function takeBack(
  core: Core,
  tx: Db,
  { token, link: { accountId, email } }: { token: string; link: Token },
  client: Client,
): Promise<{ restored: boolean } | null> {
  const now = core.clock();
  // Locked first, as everywhere; and only then it is certain which address the account has.
  if (accountId === null || !(await core.accounts.setPassword(tx, accountId, null, "any"))) return null;
  const account = await core.accounts.findById(tx, accountId);
  if (!account || !(await consumeUndo(tx, token, now))) return null;

  const restored = await setBack(core, tx, account, email);
  await revokeAccess(core, tx, accountId, "security-alert");
  await revokeSignUps(core, tx, [email]);
  if (restored) await queueRecoveryEmail(core, tx, { accountId, email }, client);
  if (account.email !== email) {
    await queueEmailChangeUndone(core, tx, { accountId, from: account.email, to: email }, client);
  }
  const kind = restored ? "email-restored" : "account-locked";
  await recordEvent(tx, { kind, account: { id: accountId, email }, now }, client);
  return { restored };
}

/**
 * Sets the address back. Where it has another account by now, the account gets an address that receives no email (RFC 2606):
 * with the address that it has, the intruder could request a reset link and sign in again.
 */
async function setBack(core: Core, tx: Db, account: { id: string; email: string }, email: string): Promise<boolean> {
  if (account.email === email) return true;
  const setEmail = setEmailOf(core);
  if (await setEmail(tx, account.id, email, account.email)) return true;
  const nowhere = `locked-${newId(core.clock())}@account.invalid`;
  if (await setEmail(tx, account.id, nowhere, account.email)) return false;
  throw new Error("An account whose address was taken from its owner could not be locked.");
}
