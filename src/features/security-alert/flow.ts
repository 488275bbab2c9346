import { record } from "../../audit/store.ts";
import type { Core, Visitor } from "../../core/context.ts";
import type { Db } from "../../db/schema.ts";
import { type DeadLink, type Look, linkState, lookAt, whyDead } from "../../links/preview.ts";
import { lockOut, queueWayBack } from "../../links/revoke-all.ts";
import { consume, type Token } from "../../links/tokens.ts";

/** What came of "This wasn't me". */
export type Objected = { kind: "done" } | { kind: "dead"; link: DeadLink };

/** Looks at the link of a notice and changes nothing. */
export function look(core: Core, token: string): Promise<Look> {
  return lookAt(core, "objection", token);
}

/**
 * The owner says that it was not them. One transaction uses the link up, leaves the account without a password that works,
 * ends every session, link and code, and queues a reset link to the owner: whoever else was in is out, and stays out.
 */
export async function object(core: Core, token: string, visitor: Visitor): Promise<Objected> {
  const state = await linkState(core, "objection", token);
  if (state.kind !== "live") return { kind: "dead", link: state };

  const done = await core.database.transaction((tx) => defend(core, tx, { token, link: state.token }, visitor));
  if (done) {
    core.mailQueued();
    return { kind: "done" };
  }
  return whyDead(core, "objection", token);
}

async function defend(
  core: Core,
  tx: Db,
  { token, link }: { token: string; link: Token },
  visitor: Visitor,
): Promise<true | null> {
  const now = core.clock();
  const account = link.accountId === null ? null : await core.accounts.findById(tx, link.accountId);
  if (!account || account.disabled || account.email !== link.email) return null;

  // The account is locked first, as everywhere; null undoes it with the rest.
  if (!(await core.accounts.setPassword(tx, account.id, null, "any"))) return null;
  if (!(await consume(tx, "objection", token, now))) return null;

  const { id: accountId, email } = account;
  await lockOut(core, tx, accountId, "objection");
  await queueWayBack(core, tx, { accountId, email }, visitor);
  const { client, browser } = visitor;
  await record(tx, { kind: "objected", accountId, email, client, browser }, now);
  return true;
}
