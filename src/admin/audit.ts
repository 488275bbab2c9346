import { type Event, listEvents, type Whose } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { maskEmail, normaliseEmail } from "../lib/email-address.ts";

/** An entry of the audit log. `isCertain` is false if it was matched to the requested account by masked address only. */
export interface AuditEntry extends Event {
  isCertain: boolean;
}

/** Selects audit entries. `account` is an address or an account id; `since` is in epoch milliseconds. */
export interface AuditFilter {
  account?: string | undefined;
  kind?: string | undefined;
  since?: number | undefined;
  atMost: number;
}

/**
 * The newest entries of the audit log, at most `atMost`, oldest first. For an address, the result also holds entries that
 * were recorded before an account was looked up. They store the address masked, so they may belong to another address with
 * the same first letter and domain.
 */
export async function auditLog(core: Core, filter: AuditFilter): Promise<AuditEntry[]> {
  // PostgreSQL refuses NUL in text with an error, and no stored value contains it.
  if (`${filter.account}${filter.kind}`.includes("\0")) return [];
  const whose = filter.account === undefined ? undefined : await whoseEvents(core, filter.account);
  const { kind, since, atMost } = filter;
  const events = await listEvents(core.database.query, {
    ...(whose ? { whose } : {}),
    ...(kind === undefined ? {} : { kind }),
    ...(since === undefined ? {} : { since }),
    atMost,
  });
  return events.map((event) => ({ ...event, isCertain: whose === undefined || event.accountId !== null }));
}

/** Selects by address, or by the id of an account that may be deleted. */
async function whoseEvents(core: Core, named: string): Promise<Whose> {
  const settled = normaliseEmail(named);
  if (settled.kind !== "address") return { accountId: named, masked: null };
  const account = await core.accounts.findByEmail(core.database.query, settled.email);
  return { accountId: account?.id ?? null, masked: maskEmail(settled.email) };
}
