import type { Account } from "../accounts/accounts-table.ts";
import { type EventKind, recordEvent } from "../audit/store.ts";
import type { Client, Core } from "../core/context.ts";
import {
  deleteSession,
  deleteSessionById,
  deleteSessions,
  findSession,
  listLiveSessions,
  type Session,
} from "./store.ts";

/** The session of this browser, with its account. */
export interface CurrentSession {
  account: Account;
  session: Session;
}

/** The live session of a token, or null: unknown, expired, ended, or the account is disabled or gone. */
export async function currentSession(core: Core, token: string | null): Promise<CurrentSession | null> {
  if (token === null) return null;
  const session = await findSession(core.database.query, token, core.clock());
  if (!session) return null;

  const account = await core.accounts.findById(core.database.query, session.accountId);
  return account && !account.disabled ? { account, session } : null;
}

/** The live sessions of the account, most recently seen first. */
export function listSessions(core: Core, person: CurrentSession): Promise<Session[]> {
  return listLiveSessions(core.database.query, person.account.id, core.clock());
}

/** Ends one session of the account by its id and returns it. Null: it has ended already, or belongs to another account. */
export async function endSession(
  core: Core,
  person: CurrentSession,
  id: string,
  client: Client,
): Promise<Session | null> {
  const ended = await deleteSessionById(core.database.query, person.account.id, id);
  if (ended) await note(core, "session-ended", person.account, client);
  return ended;
}

/** Ends every session of the account except this one. Writes no event if there was none: a script could fill the audit log. */
export async function endOtherSessions(core: Core, person: CurrentSession, client: Client): Promise<void> {
  const ended = await deleteSessions(core.database.query, person.account.id, person.session.id);
  if (ended > 0) await note(core, "session-ended", person.account, client);
}

/** Ends the session that the browser brought, if it brought one. */
export async function signOut(core: Core, client: Client): Promise<void> {
  const person = await currentSession(core, client.session);
  if (client.session !== null) await deleteSession(core.database.query, client.session);
  if (person) await note(core, "signed-out", person.account, client);
}

async function note(core: Core, kind: EventKind, account: Account, client: Client): Promise<void> {
  await recordEvent(core.database.query, { kind, account, now: core.clock() }, client);
}
