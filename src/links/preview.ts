import { isInvited } from "../audit/store.ts";
import type { Core, SessionRefused, TooManyAttempts } from "../core/context.ts";
import { PURPOSES, type Purpose } from "../core/purposes.ts";
import { MINUTE } from "../lib/clock.ts";
import type { RateLimit } from "../lib/rate.ts";
import type { PasswordProblem } from "../passwords/policy.ts";
import { countLimit } from "../rate-limits/store.ts";
import type { StartedSession } from "../sessions/start.ts";
import type { Origin } from "./requests-store.ts";
import { accountOfToken, findToken, type TokenState, tokenDigest } from "./tokens.ts";

/**
 * A link that does not work, and why. `code-unavailable`: it works only in the browser that requested it, because no code
 * is left. `taken`: its address has an account by now.
 */
export type DeadLink = Exclude<TokenState, { kind: "live" }> | { kind: "code-unavailable" } | { kind: "taken" };

/** What a link shows before it is used. */
export type PreviewResult = { kind: "live"; email: string } | { kind: "dead"; link: DeadLink };

/** The result of submitting the form behind a link, with the new password. */
export type CompletionResult =
  | ({ kind: "done"; origin: Origin } & StartedSession)
  | { kind: "refused-password"; problem: PasswordProblem; email: string }
  | SessionRefused
  | TooManyAttempts
  | { kind: "dead"; link: DeadLink };

/**
 * Password hashes per link. A link is used once, so that only a script or a link that cannot be used reaches it. Above fifty:
 * concurrent submissions of one link get one success and dead links, not 429.
 */
const HASHES_PER_LINK: RateLimit = { count: 60, windowMs: 15 * MINUTE };

/** Looks at a link and changes nothing: mail scanners open links too. */
export async function previewLink(core: Core, purpose: Purpose, token: string): Promise<PreviewResult> {
  const state = await linkState(core, purpose, token);
  return state.kind === "live" ? { kind: "live", email: state.token.email } : { kind: "dead", link: state };
}

/**
 * The state of a link. The link of an account dies with the account and with the address that it was mailed to; a sign-up
 * link dies when its address gets an account.
 */
export async function linkState(core: Core, purpose: Purpose, token: string): Promise<TokenState> {
  const { query } = core.database;
  const state = await findToken(query, purpose, token, core.clock());
  if (state.kind === "expired" && (await isInvitation(core, purpose, token))) return { ...state, invitation: true };
  if (state.kind !== "live") return state;
  const { accountId, email, request } = state.token;
  if (accountId === null) {
    const isTaken = purpose === "sign-up" && (await core.accounts.findByEmail(query, email)) !== null;
    return isTaken ? { kind: "ended", reason: "account-created", at: core.clock(), email, request } : state;
  }
  const account = await core.accounts.findById(query, accountId);
  if (!account || account.disabled) return { kind: "unknown" };
  if (account.email === email || !PURPOSES[purpose].boundToAddress) return state;
  return { kind: "ended", reason: "email-changed", at: core.clock(), email, request };
}

/** Whether a link sets the first password of an invited account, which has none yet. */
export async function isInvitation(core: Core, purpose: Purpose, token: string): Promise<boolean> {
  const { query } = core.database;
  const accountId = purpose === "password-reset" ? await accountOfToken(query, purpose, token) : null;
  if (accountId === null) return false;
  const account = await core.accounts.findById(query, accountId);
  return account?.passwordHash === null && !account.disabled && (await isInvited(query, accountId));
}

/** The result for a link that a concurrent request consumed first. */
export async function deadLinkResult(
  core: Core,
  purpose: Purpose,
  token: string,
): Promise<{ kind: "dead"; link: DeadLink }> {
  const state = await linkState(core, purpose, token);
  return { kind: "dead", link: state.kind === "live" ? { kind: "unknown" } : state };
}

/** Counts one password hash for a live link. Called before the hash: a link that is submitted again costs CPU each time. */
export async function countLinkHash(core: Core, purpose: Purpose, token: string): Promise<TooManyAttempts | null> {
  const now = core.clock();
  const limit = core.keys.limit("link", tokenDigest(purpose, token));
  const counted = await countLimit(core.database.query, limit, HASHES_PER_LINK, now);
  return counted.within ? null : { kind: "too-many", retryAfterMs: counted.windowEndsAt - now };
}
