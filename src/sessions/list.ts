import type { Account } from "../accounts/accounts-table.ts";
import { type EventKind, record } from "../audit/store.ts";
import type { Core, Visitor } from "../core/context.ts";
import { end, endAll, endById, find, list, type Session } from "./store.ts";

export { SESSION_LIFETIME, type Session } from "./store.ts";

/** Who is signed in in this browser. */
export interface SignedInPerson {
  account: Account;
  session: Session;
}

/** Who is behind a session's token, or null: unknown, run out, ended, or the account is disabled or gone. */
export async function whoIs(core: Core, token: string | null): Promise<SignedInPerson | null> {
  if (token === null) return null;
  const session = await find(core.database.query, token, core.clock());
  if (!session) return null;

  const account = await core.accounts.findById(core.database.query, session.accountId);
  return account && !account.disabled ? { account, session } : null;
}

/** Where the person is signed in, the browser seen last first. */
export function listSessions(core: Core, person: SignedInPerson): Promise<Session[]> {
  return list(core.database.query, person.account.id, core.clock());
}

/** Ends one of the person's sessions, by the id that the list shows. False: it was no longer there, or never theirs. */
export async function endSession(core: Core, person: SignedInPerson, id: string, visitor: Visitor): Promise<boolean> {
  const ended = await endById(core.database.query, person.account.id, id);
  if (ended) await note(core, "session-ended", person.account, visitor);
  return ended;
}

/** Ends every session of the person but this one. */
export async function endOtherSessions(core: Core, person: SignedInPerson, visitor: Visitor): Promise<void> {
  await endAll(core.database.query, person.account.id, person.session.id);
  await note(core, "session-ended", person.account, visitor);
}

/** Ends the session that the browser brought, if it brought one. */
export async function signOut(core: Core, visitor: Visitor): Promise<void> {
  const person = await whoIs(core, visitor.session);
  if (visitor.session !== null) await end(core.database.query, visitor.session);
  if (person) await note(core, "signed-out", person.account, visitor);
}

async function note(core: Core, kind: EventKind, account: Account, visitor: Visitor): Promise<void> {
  const { client, browser } = visitor;
  const event = { kind, accountId: account.id, email: account.email, client, browser };
  await record(core.database.query, event, core.clock());
}
