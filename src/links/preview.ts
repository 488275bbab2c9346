import type { Client, Core, SessionRefused } from "../core/context.ts";
import { newPasswordProblem } from "../core/new-password.ts";
import { PURPOSES, type Purpose } from "../core/purposes.ts";
import type { Db } from "../db/schema.ts";
import type { PasswordProblem } from "../passwords/policy.ts";
import { askSessionHook } from "../sessions/start.ts";
import { findToken, type Token, type TokenState } from "./tokens.ts";

/**
 * A link that does not work, and why. `code-over`: it works in the browser that asked, and no code is left for any other.
 * `taken`: it leads to an address that has another account by now.
 */
export type DeadLink = Exclude<TokenState, { kind: "live" }> | { kind: "code-unavailable" } | { kind: "taken" };

/** What a link shows before it is used. */
export type PreviewResult = { kind: "live"; email: string } | { kind: "dead"; link: DeadLink };

/** What came of submitting the form behind a link, with the new password. */
export type CompletionResult =
  | { kind: "done"; session: string }
  | { kind: "refused-password"; problem: PasswordProblem; email: string }
  | SessionRefused
  | { kind: "dead"; link: DeadLink };

/** Looks at a link and changes nothing, however often and by whomever it is opened. */
export async function previewLink(core: Core, purpose: Purpose, token: string): Promise<PreviewResult> {
  const state = await linkState(core, purpose, token);
  return state.kind === "live" ? { kind: "live", email: state.token.email } : { kind: "dead", link: state };
}

/** What a link is good for. One that belongs to an account dies with it, and with the address that it was mailed to. */
export async function linkState(core: Core, purpose: Purpose, token: string): Promise<TokenState> {
  const { query } = core.database;
  const state = await findToken(query, purpose, token, core.clock());
  if (state.kind !== "live" || state.token.accountId === null) return state;

  const { accountId, email, request } = state.token;
  const account = await core.accounts.findById(query, accountId);
  if (!account || account.disabled) return { kind: "unknown" };
  if (account.email === email || !PURPOSES[purpose].boundToAddress) return state;
  return { kind: "ended", reason: "email-changed", at: core.clock(), email, request };
}

/** What became of a link that was lost to somebody quicker. */
export async function deadLinkResult(
  core: Core,
  purpose: Purpose,
  token: string,
): Promise<{ kind: "dead"; link: DeadLink }> {
  const state = await linkState(core, purpose, token);
  return { kind: "dead", link: state.kind === "live" ? { kind: "unknown" } : state };
}

/**
 * Uses a link to set a password. A dead link costs no hash, and a refused password does not use the link up. `deed` runs
 * in one transaction with the new hash, consumes the token in it, and returns the new session, or null where the link was
 * lost to somebody quicker. Throws HashingBusy.
 */
export async function completeWithPassword(
  core: Core,
  { purpose, token, password }: { purpose: "password-reset" | "sign-up"; token: string; password: string },
  client: Client,
  deed: (tx: Db, link: Token, passwordHash: string) => Promise<string | null>,
): Promise<CompletionResult> {
  const state = await linkState(core, purpose, token);
  if (state.kind !== "live") return { kind: "dead", link: state };

  const { email } = state.token;
  const problem = await newPasswordProblem(core, { password, email });
  if (problem) return { kind: "refused-password", problem, email };

  const refusal = await askSessionHook(core, { id: state.token.accountId, email }, purpose, client);
  if (refusal) return refusal;
  const passwordHash = await core.hashing.hash(password);
  const session = await core.database.transaction((tx) => deed(tx, state.token, passwordHash));
  if (session !== null) return { kind: "done", session };

  return deadLinkResult(core, purpose, token);
}
