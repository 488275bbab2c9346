import type { Account } from "../accounts/accounts-table.ts";
import { disable, enable, remove } from "../accounts/status-store.ts";
import { recordEvent } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { normaliseEmail } from "../lib/email-address.ts";
import { revokeAccess } from "../links/revoke-all.ts";
import { deleteLimitsOf } from "../rate-limits/store.ts";
import { clearFailures } from "../sign-in-attempts/store.ts";

/** The outcome of a change. `already`: the account is in that state. `unknown`: no such account. */
export type AccountStatusResult = { kind: "done" } | { kind: "already" } | { kind: "unknown" };

/** Disables an account and ends its sessions and links. Enabling it again does not restore them. */
export async function disableAccount(core: Core, typed: string): Promise<AccountStatusResult> {
  const account = await find(core, typed);
  if (!account) return { kind: "unknown" };

  const done = await core.database.transaction(async (tx) => {
    const now = core.clock();
    if (!(await disable(tx, account.id, now))) return null;
    await revokeAccess(core, tx, account.id, "withdrawn", now);
    return recordEvent(tx, { kind: "account-disabled", account, now });
  });
  return { kind: done === null ? "already" : "done" };
}

/** Enables an account again, with the password it had. */
export async function enableAccount(core: Core, typed: string): Promise<AccountStatusResult> {
  const account = await find(core, typed);
  if (!account) return { kind: "unknown" };

  const done = await core.database.transaction(async (tx) => {
    if (!(await enable(tx, account.id))) return null;
    return recordEvent(tx, { kind: "account-enabled", account, now: core.clock() });
  });
  return { kind: done === null ? "already" : "done" };
}

/**
 * Deletes an account and its data. The audit log keeps one event for the deletion, and the events that were recorded before
 * an account was looked up. Both store the address masked; the latter cannot be attributed to an account.
 */
export async function deleteAccount(core: Core, typed: string): Promise<AccountStatusResult> {
  const account = await find(core, typed);
  if (!account) return { kind: "unknown" };

  await core.database.transaction(async (tx) => {
    await remove(tx, account);
    await clearFailures(tx, core.keys.failures(account.email));
    await deleteLimitsOf(tx, [account.email, account.id].flatMap(core.keys.limitOwners));
    const deleted = { id: null, email: account.email };
    return recordEvent(tx, { kind: "account-deleted", account: deleted, now: core.clock() });
  });
  return { kind: "done" };
}

async function find(core: Core, typed: string): Promise<Account | null> {
  const settled = normaliseEmail(typed);
  return settled.kind === "address" ? core.accounts.findByEmail(core.database.query, settled.email) : null;
}
