import type { Db } from "../db/schema.ts";

/** Operations on all accounts of Latchkey's own table, in pages, so that other transactions are not blocked. */

/** An account in a page of accounts. */
export interface AccountRef {
  id: string;
  email: string;
}

/** The next accounts in the order of their ids, created at or before `madeBy` (epoch milliseconds). */
export async function accountsAfter(db: Db, id: string, madeBy: number, atMost: number): Promise<AccountRef[]> {
  return db
    .selectFrom("latchkey_accounts")
    .select(["id", "email"])
    .where("id", ">", id)
    .where("created_at", "<=", madeBy)
    .orderBy("id")
    .limit(atMost)
    .execute();
}

/** Counts the accounts created at or before `madeBy`. */
export async function countAccounts(db: Db, madeBy = Number.MAX_SAFE_INTEGER): Promise<number> {
  const query = db.selectFrom("latchkey_accounts").select(({ fn }) => fn.countAll().as("many"));
  const row = await query.where("created_at", "<=", madeBy).executeTakeFirst();
  return Number(row?.many ?? 0);
}

/** Removes the passwords of these accounts, disabled ones included, because they may be enabled again. */
export async function removePasswords(tx: Db, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.updateTable("latchkey_accounts").set({ password_hash: null }).where("id", "in", ids).execute();
}

/** Ends every session of these accounts. */
export async function deleteSessionsOfAccounts(tx: Db, accountIds: string[]): Promise<void> {
  if (accountIds.length === 0) return;
  await tx.deleteFrom("latchkey_sessions").where("account_id", "in", accountIds).execute();
}

/**
 * Ends the next `atMost` sessions after `after` in the order of their digests. Returns how many it ended and where the next
 * batch begins; `next` is null after the last one. Walking the key reaches every session that existed at the start, and
 * ends however many sessions start meanwhile.
 */
export async function deleteSessionsAfter(
  db: Db,
  after: string,
  atMost: number,
): Promise<{ ended: number; next: string | null }> {
  const page = await db
    .selectFrom("latchkey_sessions")
    .select("digest")
    .where("digest", ">", after)
    .orderBy("digest")
    .limit(atMost)
    .execute();
  const last = page.at(-1)?.digest;
  if (last === undefined) return { ended: 0, next: null };
  const rows = await db
    .deleteFrom("latchkey_sessions")
    .where("digest", ">", after)
    .where("digest", "<=", last)
    .returning("digest")
    .execute();
  return { ended: rows.length, next: page.length < atMost ? null : last };
}

/** Creates accounts without a password and returns those it created. An address that has an account is skipped. */
export async function addAccounts(
  tx: Db,
  accounts: Array<{ id: string; email: string }>,
  now: number,
): Promise<Array<{ id: string; email: string }>> {
  if (accounts.length === 0) return [];
  const rows = accounts.map(({ id, email }) => ({
    id,
    email,
    password_hash: null,
    disabled_at: null,
    created_at: now,
  }));
  return tx
    .insertInto("latchkey_accounts")
    .values(rows)
    .onConflict((conflict) => conflict.column("email").doNothing())
    .returning(["id", "email"])
    .execute();
}

/** The accounts of these addresses that have no password and for which no invitation waits to leave. */
export async function accountsToInviteAgain(tx: Db, emails: string[]): Promise<AccountRef[]> {
  if (emails.length === 0) return [];
  const accounts = await tx
    .selectFrom("latchkey_accounts")
    .select(["id", "email"])
    .where("email", "in", emails)
    .where("password_hash", "is", null)
    .where("disabled_at", "is", null)
    .execute();
  if (accounts.length === 0) return [];
  const waiting = await tx
    .selectFrom("latchkey_outbox")
    .select("account_id")
    .where("kind", "=", "invitation")
    .where("state", "in", ["held", "due"])
    .where(
      "account_id",
      "in",
      accounts.map(({ id }) => id),
    )
    .execute();
  const waits = new Set(waiting.map(({ account_id }) => account_id));
  return accounts.filter(({ id }) => !waits.has(id));
}
