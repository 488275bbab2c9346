import type { Account } from "../accounts/accounts-table.ts";
import { record } from "../audit/store.ts";
import type { Client, Core, SessionRefused, SignInMethod } from "../core/context.ts";
import { lockAccount } from "../core/lock-account.ts";
import type { Db } from "../db/schema.ts";
import { clearAttempts } from "../sign-in-attempts/attempts.ts";
import { deleteSession, insertSession } from "./store.ts";

/**
 * Asks the app whether somebody may be signed in. Every method asks before it changes anything and outside its transaction,
 * since the app may take its time. Null: yes.
 */
export async function askSessionHook(
  core: Core,
  account: { id: string | null; email: string },
  method: SignInMethod,
  { headers }: Client,
): Promise<SessionRefused | null> {
  const { id, email } = account;
  const answer = await core.mayBeginSession({ account: { id, email }, method: method, headers });
  if (answer === "yes") return null;
  return answer === "no" ? { kind: "session-refused" } : { kind: "go-to", goTo: answer.goTo };
}

/**
 * Starts a session, whatever method led here, and returns its token. Every method passes this one place. The session that the
 * browser brought is ended and never taken over, whoever it belongs to.
 */
export async function startSession(
  core: Core,
  tx: Db,
  account: Account,
  method: SignInMethod,
  client: Client,
): Promise<string> {
  if (account.disabled) throw new Error("A disabled account must be refused before a session begins.");
  const now = core.clock();

  if (client.session !== null) await deleteSession(tx, client.session);
  const session = await insertSession(tx, { accountId: account.id, method, browser: client.browser }, now);
  const { ip, browser } = client;
  await record(tx, { kind: "signed-in", accountId: account.id, email: account.email, client: ip, browser }, now);
  return session;
}

/** Whom a reset let in stays let in by a reset: their cookie ends with the browser, however often they change things. */
export function methodAfter(method: SignInMethod, change: "password-change" | "email-change"): SignInMethod {
  return method === "password-reset" ? method : change;
}

/**
 * Begins a session for somebody whom the app has let in itself, by a second factor say: as after any right password, the
 * tries that led here are forgiven. Returns its token, or null: no such account, or disabled.
 */
export async function startSessionForApp(core: Core, accountId: string, client: Client): Promise<string | null> {
  return core.database.transaction(async (tx) => {
    const account = await core.accounts.findById(tx, accountId);
    if (!account || account.disabled) return null;
    if (!(await lockAccount(core, tx, account))) return null;
    await clearAttempts(tx, account.email);
    return startSession(core, tx, account, "app", client);
  });
}
