import { newestEvent, recordEvent, recordEvents } from "../audit/store.ts";
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

/** Accounts per transaction: small enough that concurrent requests are not delayed noticeably. */
const PAGE = 200;

/** The kind of the emails of a reset. */
const KIND = "new-password-needed";

/** One reset of all accounts: its id, and when it began (epoch milliseconds). It affects the accounts created until then. */
export interface ResetAll {
  id: string;
  at: number;
}

/** The state of the last reset of all accounts: not started, interrupted, or sending its emails. */
export type ResetAllState =
  | { kind: "none" }
  /** Some passwords, sessions or links are not ended yet. */
  | { kind: "ending"; run: ResetAll }
  /** All are ended; `held` emails are still held. */
  | { kind: "mailing"; held: number };

/** Reads what an earlier, perhaps interrupted, reset has left to do. */
export async function stateOfResetAll(core: Core): Promise<ResetAllState> {
  const db = core.database.query;
  const newest = await newestEvent(db, ["reset-all-started", "reset-all-queued"]);
  if (newest?.kind === "reset-all-started") return { kind: "ending", run: { id: newest.id, at: newest.at } };
  const held = await countHeld(db, KIND);
  return newest && held > 0 ? { kind: "mailing", held } : { kind: "none" };
}

/** Records the start of a reset of all accounts, so that another process can resume it after a crash. */
export async function beginResetAll(core: Core): Promise<ResetAll> {
  const now = core.clock();
  return { id: await recordEvent(core.database.query, { kind: "reset-all-started", now }), at: now };
}

/** Counts the accounts that a reset affects. */
export function countAffected(core: Core, run?: ResetAll): Promise<number> {
  return countAccounts(core.database.query, run?.at);
}

/**
 * Removes the passwords, ends the sessions and links, and holds the emails, one page of accounts per transaction. Yields how
 * many accounts are done. A repeated call, after a crash for example, skips accounts that are done, and so keeps passwords
 * that were set since.
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
  await recordEvent(core.database.query, { kind: "reset-all-queued", now: core.clock() });
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
  await recordEvents(tx, { kind: "password-removed", accounts, now });
}
