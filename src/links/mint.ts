import type { Core } from "../core/context.ts";
import { lockOwner } from "../core/lock-account.ts";
import { linkLifetime, type RequestPurpose } from "../core/purposes.ts";
import { MINUTE } from "../lib/clock.ts";
import { newCode } from "../lib/code-digits.ts";
import type { OutboxEmail } from "../mail/outbox.ts";
import { insertCode, withdrawCode } from "./codes.ts";
import { mintToken, withdrawToken } from "./tokens.ts";

/** A code lives so long from the moment it is mailed, and never longer than the link beside it. */
const CODE_LIFETIME = 10 * MINUTE;

/** A link and the code beside it, as they leave. Durations in milliseconds. */
export interface MintedLink {
  token: string;
  lifetimeMs: number;
  /** Null where no browser waits for it. */
  code: { digits: string; lifetimeMs: number } | null;
  /** Takes both back, of a mail that certainly did not leave. */
  withdraw(): Promise<void>;
}

/**
 * Mints what a mail carries, as it leaves: the link, and a code for the browser that asked. Null where as many links as may
 * be are live already. A mail that nobody asked for from outside cannot be asked for again and again, and is not limited.
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
  const code = request === null ? null : await hashedCode(core, request, Math.min(CODE_LIFETIME, lifetimeMs));

  // Both at once, and after the slow hash: whoever ends all links and codes meanwhile ends both of these or neither.
  const minted = await core.database.transaction(async (tx) => {
    // A change of password that comes at the same time either ends this link, or is done before it. Looked at twice: whoever
    // waited for the lock finds another password than the one they had looked at.
    const lock = async () => owner.accountId === null || (await lockOwner(core, tx, owner)) !== null;
    if (!(await lock()) && !(await lock())) throw new Error("The account was changed at the very moment of mailing.");
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

async function hashedCode(core: Core, request: string, lifetimeMs: number) {
  const digits = newCode();
  const hash = await core.hashing.hashCode(digits, request, { patient: true });
  return { digits, lifetimeMs, key: { request, hash } };
}
