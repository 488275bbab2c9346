import { recordEvent } from "../../audit/store.ts";
import type { Client, Core } from "../../core/context.ts";
import type { Db } from "../../db/schema.ts";
import { type DeadLink, deadLinkResult, linkState, type PreviewResult, previewLink } from "../../links/preview.ts";
import { queueRecoveryEmail, revokeAccess } from "../../links/revoke-all.ts";
import { consumeToken, type Token } from "../../links/tokens.ts";

/** The result of "This wasn't me". */
export type SecurityAlertResult = { kind: "done" } | { kind: "dead"; link: DeadLink };

/** Looks at the link of a notice and changes nothing. */
export function preview(core: Core, token: string): Promise<PreviewResult> {
  return previewLink(core, "security-alert", token);
}

/**
 * Secures the account after its owner reports an action that was not theirs. One transaction consumes the link, removes the
 * password, revokes every session, link and code, and queues a reset link to the owner.
 */
export async function complete(core: Core, token: string, client: Client): Promise<SecurityAlertResult> {
  const state = await linkState(core, "security-alert", token);
  if (state.kind !== "live") return { kind: "dead", link: state };

  const done = await core.database.transaction((tx) => defend(core, tx, { token, link: state.token }, client));
  if (done) {
    core.notifyWorker();
    return { kind: "done" };
  }
  return deadLinkResult(core, "security-alert", token);
}

async function defend(
  core: Core,
  tx: Db,
  { token, link }: { token: string; link: Token },
  client: Client,
): Promise<true | null> {
  const now = core.clock();
  const account = link.accountId === null ? null : await core.accounts.findById(tx, link.accountId);
  if (!account || account.disabled || account.email !== link.email) return null;

  // Removing the password locks the account, which comes before every other lock. Returning null rolls it back.
  if (!(await core.accounts.setPassword(tx, account.id, null, "any"))) return null;
  if (!(await consumeToken(tx, "security-alert", token, now))) return null;

  await revokeAccess(core, tx, account.id, "security-alert", now);
  await queueRecoveryEmail(core, tx, { account, now }, client);
  await recordEvent(tx, { kind: "security-alert", account, now }, client);
  return true;
}
