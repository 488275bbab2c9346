import type { PasswordProblem } from "../basics/password-policy.ts";
import type { Db } from "../store/schema.ts";
import { type Purpose, peek, type Token, type TokenState } from "../store/tokens.ts";
import type { Core } from "./core.ts";
import { newPasswordProblem } from "./new-password.ts";

export type { EndReason, Purpose } from "../store/tokens.ts";

/** A link that does not work, and why. */
export type DeadLink = Exclude<TokenState, { kind: "live" }>;

/** What a link shows before it is used. */
export type Look = { kind: "live"; email: string } | { kind: "dead"; link: DeadLink };

/** What came of submitting the form behind a link, with the new password. */
export type Finished =
  | { kind: "done"; session: string }
  | { kind: "refused-password"; problem: PasswordProblem; email: string }
  | { kind: "dead"; link: DeadLink };

/** Looks at a link and changes nothing, however often and by whomever it is opened. */
export async function lookAt(core: Core, purpose: Purpose, token: string): Promise<Look> {
  const state = await peek(core.database.query, purpose, token, core.clock());
  return state.kind === "live" ? { kind: "live", email: state.token.email } : { kind: "dead", link: state };
}

/**
 * Uses a link to set a password. A dead link costs no hash, and a refused password does not use the link up. `deed` runs
 * in one transaction with the new hash, consumes the token in it, and returns the new session, or null where the link was
 * lost to somebody quicker. Throws HashingBusy.
 */
export async function finishWithPassword(
  core: Core,
  { purpose, token, password }: { purpose: Purpose; token: string; password: string },
  deed: (tx: Db, link: Token, passwordHash: string) => Promise<string | null>,
): Promise<Finished> {
  const state = await peek(core.database.query, purpose, token, core.clock());
  if (state.kind !== "live") return { kind: "dead", link: state };

  const { email } = state.token;
  const problem = await newPasswordProblem(core, { password, email });
  if (problem) return { kind: "refused-password", problem, email };

  const passwordHash = await core.hashing.hash(password);
  const session = await core.database.transaction((tx) => deed(tx, state.token, passwordHash));
  if (session !== null) return { kind: "done", session };

  const lost = await lookAt(core, purpose, token);
  return lost.kind === "dead" ? lost : { kind: "dead", link: { kind: "unknown" } };
}
