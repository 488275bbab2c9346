import { record } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { normaliseEmail } from "../lib/email-address.ts";
import { mintToken } from "../links/tokens.ts";

/** What came of making a link without a mail. */
export type ManualLinkResult =
  | { kind: "made"; token: string; email: string; lifetimeMs: number }
  | { kind: "unknown" }
  | { kind: "disabled" };

/**
 * Makes a one-time reset link for an operator to hand over, for the day when mail is down. However many links were asked
 * for, this one is made too: nobody may keep an owner out by asking in their name.
 */
export async function createManualLink(core: Core, typed: string): Promise<ManualLinkResult> {
  const settled = normaliseEmail(typed);
  if (settled.kind !== "address") return { kind: "unknown" };
  const account = await core.accounts.findByEmail(core.database.query, settled.email);
  if (!account) return { kind: "unknown" };
  if (account.disabled) return { kind: "disabled" };

  const now = core.clock();
  const lifetimeMs = core.rules.resetLinkMs;
  const { id: accountId, email } = account;
  const minted = await core.database.transaction(async (tx) => {
    const link = { purpose: "password-reset", accountId, email, lifetimeMs, unlimited: true } as const;
    await record(tx, { kind: "link-created", accountId, email }, now);
    return mintToken(tx, link, now);
  });
  if (!minted) throw new Error("A link that is owed was not minted.");
  return { kind: "made", token: minted.token, email, lifetimeMs };
}
