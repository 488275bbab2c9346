import type { Account } from "../accounts/accounts-table.ts";
import { recordEvent } from "../audit/store.ts";
import type { Client, Core, SessionRefused, SignInMethod } from "../core/context.ts";
import { lockAccount } from "../core/lock-account.ts";
import type { Db } from "../db/schema.ts";
import { clearAttempts } from "../sign-in-attempts/attempts.ts";
import { deleteSession, insertSession } from "./store.ts";

/**
 * Asks the host app whether a session may be started. Every method asks before it changes anything and outside its
 * transaction, because the hook may be slow. Null: yes.
 */
export async function askSessionHook(
  core: Core,
  account: { id: string | null; email: string },
  method: SignInMethod,
  { headers }: Client,
): Promise<SessionRefused | null> {
  const { id, email } = account;
  const answer = await core.mayBeginSession({ account: { id, email }, method, headers });
  if (answer === "yes") return null;
  return answer === "no" ? { kind: "session-refused" } : { kind: "go-to", goTo: answer.goTo };
}

/** A session that has just been started. */
export interface StartedSession {
  /** The token for the cookie. */
  session: string;
  /** False: the cookie ends with the browser session. The computer that was used for a reset may be a borrowed one. */
  lasting: boolean;
}

/**
 * Starts a session. Every sign-in method ends here. The session that the browser brought is deleted and never taken over,
 * whichever account it belongs to.
 */
export async function startSession(
  tx: Db,
  { account, method, now }: { account: Account; method: SignInMethod; now: number },
  client: Client,
): Promise<StartedSession> {
  if (account.disabled) throw new Error("a disabled account must be refused before a session starts");

  if (client.session !== null) await deleteSession(tx, client.session);
  const session = await insertSession(tx, { accountId: account.id, method, browser: client.browser }, now);
  await recordEvent(tx, { kind: "signed-in", account, now }, client);
  return { session, lasting: method !== "password-reset" };
}

/** The method of the session after a change. Sessions started by a reset keep cookies that end with the browser session. */
export function methodAfter(method: SignInMethod, change: "password-change" | "email-change"): SignInMethod {
  return method === "password-reset" ? method : change;
}

/**
 * Starts a session for an account that the host app has verified itself, by a second factor for example. The
 * counted failed attempts are given back, as after a right password. Returns the token, or null: no such account, or it is
 * disabled.
 */
export async function startSessionForApp(core: Core, accountId: string, client: Client): Promise<string | null> {
  // PostgreSQL refuses NUL in text with an error.
  if (accountId.includes("\0")) return null;
  return core.database.transaction(async (tx) => {
    const account = await core.accounts.findById(tx, accountId);
    if (!account || account.disabled) return null;
    if (!(await lockAccount(core, tx, account))) return null;
    await clearAttempts(core, tx, account.email);
    return (await startSession(tx, { account, method: "app", now: core.clock() }, client)).session;
  });
}
