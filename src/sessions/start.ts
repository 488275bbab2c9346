import type { Account } from "../accounts/accounts-table.ts";
import { record } from "../audit/store.ts";
import type { Core, NotLetIn, Visitor } from "../core/context.ts";
import { lockAccount } from "../core/lock-account.ts";
import type { Db } from "../db/schema.ts";
import { forgiveTries } from "../sign-in-attempts/attempts.ts";
import { end, type Road, start } from "./store.ts";

/**
 * Asks the app whether somebody may be signed in. Every road asks before it changes anything and outside its transaction,
 * since the app may take its time. Null: yes.
 */
export async function refusalOf(
  core: Core,
  account: { id: string | null; email: string },
  road: Road,
  { headers }: Visitor,
): Promise<NotLetIn | null> {
  const { id, email } = account;
  const answer = await core.mayBeginSession({ account: { id, email }, road, headers });
  if (answer === "yes") return null;
  return answer === "no" ? { kind: "not-let-in" } : { kind: "sent-elsewhere", goTo: answer.goTo };
}

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

/** Whom a reset let in stays let in by a reset: their cookie ends with the browser, however often they change things. */
export function roadAfter(road: Road, change: "password-change" | "address-change"): Road {
  return road === "password-reset" ? road : change;
}

/**
 * Begins a session for somebody whom the app has let in itself, by a second factor say: as after any right password, the
 * tries that led here are forgiven. Returns its token, or null: no such account, or disabled.
 */
export async function beginForApp(core: Core, accountId: string, visitor: Visitor): Promise<string | null> {
  return core.database.transaction(async (tx) => {
    const account = await core.accounts.findById(tx, accountId);
    if (!account || account.disabled) return null;
    if (!(await lockAccount(core, tx, account))) return null;
    await forgiveTries(tx, account.email);
    return beginSession(core, tx, account, "app", visitor);
  });
}
