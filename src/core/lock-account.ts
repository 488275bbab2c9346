import type { Account } from "../accounts/accounts-table.ts";
import type { Db } from "../db/schema.ts";
import type { Core } from "./context.ts";

/**
 * Locks an account that was just looked at, so that a simultaneous reset either comes first or ends what is done here:
 * setting the hash to itself asks whether it is still the same, and locks, on every engine and in a host's own table.
 * False: the account is gone, or has another password by now.
 */
export async function lockAccount(
  core: Core,
  tx: Db,
  { id, passwordHash }: Pick<Account, "id" | "passwordHash">,
): Promise<boolean> {
  return core.accounts.setPassword(tx, id, passwordHash, passwordHash);
}

/**
 * The account that a link or code was mailed for, locked. Null: it is gone, disabled or has another address by now, or was
 * changed this very moment.
 */
export async function lockOwner(
  core: Core,
  tx: Db,
  mailed: { accountId: string | null; email: string },
): Promise<Account | null> {
  const account = mailed.accountId === null ? null : await core.accounts.findById(tx, mailed.accountId);
  if (!account || account.disabled || account.email !== mailed.email) return null;
  return (await lockAccount(core, tx, account)) ? account : null;
}
