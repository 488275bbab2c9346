import { endCodes } from "../store/codes.ts";
import { enqueue } from "../store/outbox.ts";
import type { Db } from "../store/schema.ts";
import { endAll } from "../store/sessions.ts";
import { type EndReason, revokeAll } from "../store/tokens.ts";
import { linkTriedFor } from "./asking.ts";
import type { Core, Visitor } from "./core.ts";
import { forgiveTries } from "./tries.ts";

/**
 * Leaves nobody in an account: ends every session, link and code of it. The caller has the account locked; `reason` is what
 * the page of a link that ended says.
 */
export async function lockOut(core: Core, tx: Db, accountId: string, reason: EndReason): Promise<void> {
  await revokeAll(tx, { accountId }, reason, core.clock());
  await endCodes(tx, { accountId });
  await endAll(tx, accountId);
}

/**
 * Queues the way back in for an owner who says that somebody else was in: a reset link to the address, and no tries that
 * were used up there.
 */
export async function queueWayBack(
  core: Core,
  tx: Db,
  { accountId, email }: { accountId: string; email: string },
  { browser, locale }: Visitor,
): Promise<void> {
  await forgiveTries(tx, email);
  const kind = "password-reset";
  const data = { browser, because: "objection" };
  await enqueue(tx, { kind, email, accountId, locale, data, tryForMs: linkTriedFor(core, kind) }, core.clock());
}
