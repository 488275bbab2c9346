import { type Event, listEvents, type Whose } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { maskEmail, normaliseEmail } from "../lib/email-address.ts";

/** A line of the audit trail. `isCertain` is false where the account asked for is only known by its masked address. */
export interface AuditEntry extends Event {
  isCertain: boolean;
}

/**
 * The audit trail, the newest so many lines in the order in which they happened. With an account's address it holds what
 * is known to be that account's, and what was written down before anybody looked an account up: of that the address
 * is stored masked, so it may belong to another address with the same first letter and domain.
 */
export async function auditLog(
  core: Core,
  filter: { account?: string | undefined; kind?: string | undefined; since?: number | undefined; atMost: number },
): Promise<AuditEntry[]> {
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

/** By address, or by the id of an account that may be gone by now. */
async function whoseEvents(core: Core, named: string): Promise<Whose> {
  const settled = normaliseEmail(named);
  if (settled.kind !== "address") return { accountId: named, masked: null };
  const account = await core.accounts.findByEmail(core.database.query, settled.email);
  return { accountId: account?.id ?? null, masked: maskEmail(settled.email) };
}
