import type { Core } from "../core/context.ts";
import { lockOwner } from "../core/lock-account.ts";
import { linkLifetime, type RequestPurpose } from "../core/purposes.ts";
import { MINUTE } from "../lib/clock.ts";
import { newCode } from "../lib/code-digits.ts";
import type { OutboxEmail } from "../mail/outbox.ts";
import { codeKey, insertCode, withdrawCode } from "./codes.ts";
import { mintToken, withdrawToken } from "./tokens.ts";

/** Lifetime of a code from the moment it is mailed. It never outlives the link of its email. */
const CODE_LIFETIME = 10 * MINUTE;

/** A link and the code of one email. Durations in milliseconds. */
export interface MintedLink {
  token: string;
  lifetimeMs: number;
  /** Null if no browser waits for it. */
  code: { digits: string; lifetimeMs: number } | null;
  /** Deletes both. For an email that certainly did not leave. */
  withdraw(): Promise<void>;
}

/**
 * Mints the link of an email as it leaves, and a code for the browser that requested it. Returns null if the maximum of live
 * links is reached. The maximum does not apply to an email that no browser requested.
 */
export async function mintLink(
  core: Core,
  mail: OutboxEmail,
  owner: { purpose: RequestPurpose; accountId: string | null; email: string },
): Promise<MintedLink | null> {
  const { query } = core.database;
  const { request, attempts: attempt } = mail;
  const lifetimeMs = linkLifetime(core, owner.purpose);
  const link = { ...owner, lifetimeMs, request, attempt, unlimited: request === null };
  const code = request === null ? null : newKeyedCode(core, request, Math.min(CODE_LIFETIME, lifetimeMs));

  // In one transaction: a concurrent revocation ends both the link and the code, or neither.
  const minted = await core.database.transaction(async (tx) => {
    if (owner.accountId !== null && !(await lockOwner(core, tx, owner))) {
      throw new Error("the account changed while the email was being prepared; it is retried");
    }
    const now = core.clock();
    const minted = await mintToken(tx, link, now);
    if (minted && code) await insertCode(tx, code.key, owner, now + code.lifetimeMs);
    return minted;
  });
  if (!minted) return null;

  const { token } = minted;
  return {
    token,
    lifetimeMs,
    code: code && { digits: code.digits, lifetimeMs: code.lifetimeMs },
    async withdraw() {
      if (code) await withdrawCode(query, code.key);
      await withdrawToken(query, owner.purpose, token);
    },
  };
}

function newKeyedCode(core: Core, request: string, lifetimeMs: number) {
  const digits = newCode();
  return { digits, lifetimeMs, key: codeKey(core, request, digits) };
}
