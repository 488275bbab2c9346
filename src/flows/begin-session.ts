import type { Account } from "../store/accounts.ts";
import { record } from "../store/events.ts";
import type { Db } from "../store/schema.ts";
import { end, type Road, start } from "../store/sessions.ts";
import type { Core, Visitor } from "./core.ts";

/**
 * Starts a session, whatever road led here, and returns its token. Every road passes this one place. The session that the
 * browser brought is ended and never taken over, whoever it belongs to.
 */
export async function beginSession(
  core: Core,
  tx: Db,
  account: Account,
  road: Road,
  visitor: Visitor,
): Promise<string> {
  if (account.disabled) throw new Error("A disabled account must be refused before a session begins.");
  const now = core.clock();

  if (visitor.session !== null) await end(tx, visitor.session);
  const session = await start(tx, { accountId: account.id, road, browser: visitor.browser }, now);
  const { client, browser } = visitor;
  await record(tx, { kind: "signed-in", accountId: account.id, email: account.email, client, browser }, now);
  return session;
}
