import type { Core, Visitor } from "../core/context.ts";
import type { Db } from "../db/schema.ts";
import { enqueue } from "../mail/outbox.ts";
import { endAll } from "../sessions/store.ts";
import { forgiveTries } from "../sign-in-attempts/attempts.ts";
import { endCodes } from "./codes.ts";
import { linkTriedFor } from "./request.ts";
import { type EndReason, revokeAll } from "./tokens.ts";

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
