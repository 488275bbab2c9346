import { MINUTE } from "../basics/clock.ts";
import { newCode } from "../basics/codes.ts";
import { keep, withdrawCode } from "../store/codes.ts";
import type { OutboxMail } from "../store/outbox.ts";
import { mint, withdraw } from "../store/tokens.ts";
import { type AskPurpose, linkLifetime } from "./asking.ts";
import type { Core } from "./core.ts";

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
  mail: OutboxMail,
  owner: { purpose: AskPurpose; accountId: string | null; email: string },
): Promise<MintedLink | null> {
  const { query } = core.database;
  const { request, attempts: attempt } = mail;
  const lifetimeMs = linkLifetime(core, owner.purpose);
  const link = { ...owner, lifetimeMs, request, attempt, isOwed: request === null };
  const minted = await mint(query, link, core.clock());
  if (!minted) return null;

  const { token } = minted;
  const takeBack = () => withdraw(query, owner.purpose, token);
  if (request === null) return { token, lifetimeMs, code: null, withdraw: takeBack };

  const digits = newCode();
  const key = { request, hash: await core.hashing.hashCode(digits, request, { patient: true }) };
  const codeLifetimeMs = Math.min(CODE_LIFETIME, lifetimeMs);
  await keep(query, key, owner, core.clock() + codeLifetimeMs);
  return {
    token,
    lifetimeMs,
    code: { digits, lifetimeMs: codeLifetimeMs },
    async withdraw() {
      await withdrawCode(query, key);
      await takeBack();
    },
  };
}
