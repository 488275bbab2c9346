import type { Account } from "../accounts/accounts-table.ts";
import type { Db } from "../db/schema.ts";
import type { Core } from "./context.ts";

/**
 * Locks an account that was just read, so that a concurrent reset either comes first or ends what this transaction does.
 * Returns false if the account is gone, disabled or has another password by now.
 */
export async function lockAccount(
  core: Core,
  tx: Db,
  { id, passwordHash }: Pick<Account, "id" | "passwordHash">,
): Promise<boolean> {
  const { accounts } = core;
  // Without `lock`, setting the hash to itself compares and locks, on every engine and in a host's own table.
  if (!accounts.lock) return accounts.setPassword(tx, id, passwordHash, passwordHash);
  const account = await accounts.lock(tx, id);
  return account !== null && !account.disabled && account.passwordHash === passwordHash;
}

/**
 * Locks an account and returns it as it is then, or null if it is gone. Every transaction that mints a link for an account
 * calls it first: a concurrent reset then either ends the link or is seen here. A disabled account may come back unlocked.
 */
export async function lockCurrentAccount(core: Core, tx: Db, id: string): Promise<Account | null> {
  const { accounts } = core;
  if (accounts.lock) return accounts.lock(tx, id);
  // After waiting for the lock the password may differ from the one that was read, so read once more.
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const account = await accounts.findById(tx, id);
    if (!account || account.disabled || (await lockAccount(core, tx, account))) return account;
  }
  throw new Error(`account ${id} was changed by concurrent transactions; try again`);
}

/**
 * Locks the account that a link or code was mailed for. Returns null if it is gone, is disabled or has another address by
 * now.
 */
export async function lockOwner(
  core: Core,
  tx: Db,
  mailed: { accountId: string | null; email: string },
): Promise<Account | null> {
  const account = mailed.accountId === null ? null : await lockCurrentAccount(core, tx, mailed.accountId);
  return account && !account.disabled && account.email === mailed.email ? account : null;
}
