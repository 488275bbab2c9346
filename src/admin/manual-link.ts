import { recordEvent } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { lockCurrentAccount } from "../core/lock-account.ts";
import { linkLifetime } from "../core/purposes.ts";
import { normaliseEmail } from "../lib/email-address.ts";
import { mintToken } from "../links/tokens.ts";

/** The outcome of creating a link without an email. */
export type ManualLinkResult =
  | { kind: "made"; token: string; email: string; lifetimeMs: number }
  | { kind: "unknown" }
  | { kind: "disabled" };

/**
 * Creates a one-time reset link for the operator to hand over while email is down. The maximum of live links does not apply:
 * otherwise an attacker could keep the owner out by requesting links.
 */
export async function createManualLink(core: Core, typed: string): Promise<ManualLinkResult> {
  const settled = normaliseEmail(typed);
  if (settled.kind !== "address") return { kind: "unknown" };
  const found = await core.accounts.findByEmail(core.database.query, settled.email);
  if (!found) return { kind: "unknown" };

  const purpose = "password-reset";
  const lifetimeMs = linkLifetime(core, purpose);
  const { id: accountId, email } = found;
  return core.database.transaction(async (tx): Promise<ManualLinkResult> => {
    const account = await lockCurrentAccount(core, tx, accountId);
    if (account?.email !== email) return { kind: "unknown" };
    if (account.disabled) return { kind: "disabled" };
    const now = core.clock();
    const link = { purpose, accountId, email, lifetimeMs, unlimited: true } as const;
    const minted = await mintToken(tx, link, now);
    if (!minted) throw new Error("a required link was not created");
    await recordEvent(tx, { kind: "link-created", account, now });
    return { kind: "made", token: minted.token, email, lifetimeMs };
  });
}
