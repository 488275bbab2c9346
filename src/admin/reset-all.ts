import { newestEvent, record, recordMany } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import type { Database } from "../db/database.ts";
import { idFrom } from "../lib/ids.ts";
import { deleteCodesOfAccounts } from "../links/codes.ts";
import { revokeTokensOfAccounts } from "../links/tokens.ts";
import { countHeld, holdEmails } from "../mail/bulk-store.ts";
import {
  type AccountRef,
  accountsAfter,
  countAccounts,
  deleteSessionsOfAccounts,
  removePasswords,
} from "./all-accounts-store.ts";
import { revokeLinks } from "./revoke-all.ts";

/** Small enough that a person who asks for something meanwhile does not notice. */
const PAGE = 200;

/** The kind of its mails. */
const KIND = "new-password-needed";

/** One reset of everybody: its id, and when it began (epoch milliseconds). It concerns the accounts made until then. */
export interface ResetAll {
  id: string;
  at: number;
}

/** How a reset of everybody stands, before the first or after a killed one. */
export type ResetAllState =
  | { kind: "none" }
  /** Passwords, sessions and links are not all ended yet. */
  | { kind: "ending"; run: ResetAll }
  /** All are ended; so many mails are still held. */
  | { kind: "mailing"; held: number };

/** What an earlier call, killed perhaps, has left to do. */
export async function stateOfResetAll(core: Core): Promise<ResetAllState> {
  const db = core.database.query;
  const newest = await newestEvent(db, ["reset-all-started", "reset-all-queued"]);
  if (newest?.kind === "reset-all-started") return { kind: "ending", run: { id: newest.id, at: newest.at } };
  const held = await countHeld(db, KIND);
  return newest && held > 0 ? { kind: "mailing", held } : { kind: "none" };
}

/** Begins a reset of everybody. From now on it is known which one is under way, whatever happens to this process. */
export async function beginResetAll(core: Core): Promise<ResetAll> {
  const at = core.clock();
  return { id: await record(core.database.query, { kind: "reset-all-started" }, at), at };
}

/** How many accounts a reset concerns. */
export function countAffected(core: Core, run?: ResetAll): Promise<number> {
  return countAccounts(core.database.query, run?.at);
}

/**
 * Makes the passwords unusable, ends the sessions and the links, and holds the mails: of one page of accounts, in one
 * transaction, all or nothing. Yields how many accounts it has been through so far. Done a second time, after a kill say,
 * it leaves alone whom it has been through, and with them the passwords that they may have set since.
 */
export async function* revokeEverything(core: Core, run: ResetAll): AsyncGenerator<number> {
  let seen = 0;
  let after = "";
  for (;;) {
    const page = await accountsAfter(core.database.query, after, run.at, PAGE);
    if (page.length === 0) break;
    await core.database.transaction((tx) => endPage(core, tx, run, page));
    seen += page.length;
    after = page.at(-1)?.id ?? "";
    yield seen;
  }
  // Sign-up links have no account yet.
  await revokeLinks(core);
  await record(core.database.query, { kind: "reset-all-queued" }, core.clock());
}

async function endPage(core: Core, tx: Database["query"], run: ResetAll, page: AccountRef[]): Promise<void> {
  const now = core.clock();
  const mails = page.map(({ id, email }) => ({ id: idFrom(run.id, id), email, accountId: id }));
  const fresh = await holdEmails(tx, KIND, mails, now);
  const accounts = page.filter(({ id }) => fresh.has(id));
  const accountIds = accounts.map(({ id }) => id);
  if (accountIds.length === 0) return;

  await removePasswords(tx, accountIds);
  await deleteSessionsOfAccounts(tx, accountIds);
  await revokeTokensOfAccounts(tx, accountIds, now);
  await deleteCodesOfAccounts(tx, accountIds);
  await recordMany(tx, "password-removed", accounts, now);
}
