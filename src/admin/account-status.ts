import type { Account } from "../accounts/accounts-table.ts";
import { disable, enable, remove } from "../accounts/status-store.ts";
import { record } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { normaliseEmail } from "../lib/email-address.ts";
import { revokeAccess } from "../links/revoke-all.ts";
import { deleteLimitsOf } from "../rate-limits/store.ts";
import { clearFailures } from "../sign-in-attempts/store.ts";

/** What came of it. `already` means that there was nothing to do. */
export type AccountChanged = { kind: "done" } | { kind: "already" } | { kind: "unknown" };

/** Disables an account, and ends its sessions and links: enabling it again brings none of them back. */
export async function disableAccount(core: Core, typed: string): Promise<AccountChanged> {
  const account = await find(core, typed);
  if (!account) return { kind: "unknown" };

  const now = core.clock();
  const { id: accountId, email } = account;
  const done = await core.database.transaction(async (tx) => {
    if (!(await disable(tx, accountId, now))) return null;
    await revokeAccess(core, tx, accountId, "withdrawn");
    return record(tx, { kind: "account-disabled", accountId, email }, now);
  });
  return { kind: done === null ? "already" : "done" };
}

/** Enables an account again. Its password is the one that it had. */
export async function enableAccount(core: Core, typed: string): Promise<AccountChanged> {
  const account = await find(core, typed);
  if (!account) return { kind: "unknown" };

  const now = core.clock();
  const { id: accountId, email } = account;
  const done = await core.database.transaction(async (tx) => {
    if (!(await enable(tx, accountId))) return null;
    return record(tx, { kind: "account-enabled", accountId, email }, now);
  });
  return { kind: done === null ? "already" : "done" };
}

/**
 * Deletes an account and what is known of it. What stays, with the address masked, is one event that says so, and those that
 * were written down before anybody looked an account up: whose they were cannot be told.
 */
export async function deleteAccount(core: Core, typed: string): Promise<AccountChanged> {
  const account = await find(core, typed);
  if (!account) return { kind: "unknown" };

  await core.database.transaction(async (tx) => {
    await remove(tx, account);
    await clearFailures(tx, core.keys.failures(account.email));
    await deleteLimitsOf(tx, [account.email, account.id].flatMap(core.keys.limitOwners));
    return record(tx, { kind: "account-deleted", email: account.email }, core.clock());
  });
  return { kind: "done" };
}

async function find(core: Core, typed: string): Promise<Account | null> {
  const settled = normaliseEmail(typed);
  return settled.kind === "address" ? core.accounts.findByEmail(core.database.query, settled.email) : null;
}
