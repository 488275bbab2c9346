import { type PasswordProblem, passwordProblem } from "../basics/password-policy.ts";
import { record } from "../store/events.ts";
import { clear } from "../store/limits.ts";
import type { OutboxMail } from "../store/outbox.ts";
import type { Db } from "../store/schema.ts";
import { endAll } from "../store/sessions.ts";
import { consume, mint, peek, revokeAll, type TokenState, withdraw } from "../store/tokens.ts";
import { type Asked, askForMail } from "./asking.ts";
import { beginSession } from "./begin-session.ts";
import type { Core, Visitor } from "./core.ts";
import type { PreparedMail } from "./mail.ts";
import { queueNotice } from "./notice.ts";
import { signInLimit } from "./sign-in.ts";

export type { EndReason } from "../store/tokens.ts";

/** A link that does not work, and why. */
export type DeadLink = Exclude<TokenState, { kind: "live" }>;

/** What a reset link shows before it is used. */
export type Look = { kind: "live"; email: string } | { kind: "dead"; link: DeadLink };

/** What came of submitting the form with the new password. */
export type Finished =
  | { kind: "done"; session: string }
  | { kind: "refused-password"; problem: PasswordProblem; email: string }
  | { kind: "dead"; link: DeadLink };

/** Somebody asks for a reset link. The answer says nothing about whether the address has an account. */
export function request(core: Core, typed: string, visitor: Visitor): Promise<Asked> {
  return askForMail(core, { kind: "password-reset", typed, tryForMs: core.rules.resetLinkMs }, visitor);
}

/** Makes the mail as it leaves: only now is the account looked up and the token minted, so that no queue holds a secret. */
export async function prepareMail(core: Core, mail: OutboxMail): Promise<PreparedMail> {
  const account = await core.accounts.findByEmail(core.database.query, mail.email);
  if (!account || account.disabled) return { kind: "nothing", why: "no account to reset" };

  const lifetimeMs = core.rules.resetLinkMs;
  const link = { purpose: "password-reset", accountId: account.id, email: account.email, lifetimeMs } as const;
  const minted = await mint(core.database.query, link, core.clock());
  if (!minted) return { kind: "nothing", why: "enough links are live already" };

  const browser = String(mail.data.browser);
  return {
    kind: "mail",
    to: account.email,
    view: { kind: "password-reset", token: minted.token, lifetimeMs, browser, askedAt: mail.createdAt },
    withdraw: () => withdraw(core.database.query, "password-reset", minted.token),
  };
}

/** Looks at a link and changes nothing, however often and by whomever it is opened. */
export async function look(core: Core, token: string): Promise<Look> {
  const state = await peek(core.database.query, "password-reset", token, core.clock());
  return state.kind === "live" ? { kind: "live", email: state.token.email } : { kind: "dead", link: state };
}

/**
 * Sets the new password and signs the person in. One transaction uses the link up, sets the password, ends every session
 * and every other link, and queues the notice: all of it happens, or nothing does. Throws HashingBusy.
 */
export async function finish(core: Core, token: string, password: string, visitor: Visitor): Promise<Finished> {
  const state = await peek(core.database.query, "password-reset", token, core.clock());
  if (state.kind !== "live") return { kind: "dead", link: state };

  const { email } = state.token;
  const { passwordMinLength: minLength, productName } = core.rules;
  const problem = passwordProblem(password, { minLength, email, productName });
  if (problem) return { kind: "refused-password", problem, email };

  const passwordHash = await core.hashing.hash(password);
  const session = await core.database.transaction((tx) => reset(core, tx, token, passwordHash, visitor));
  if (session !== null) {
    core.mailQueued();
    return { kind: "done", session };
  }
  const lost = await look(core, token);
  return lost.kind === "dead" ? lost : { kind: "dead", link: { kind: "unknown" } };
}

async function reset(
  core: Core,
  tx: Db,
  token: string,
  passwordHash: string,
  visitor: Visitor,
): Promise<string | null> {
  const now = core.clock();
  const used = await consume(tx, "password-reset", token, now);
  if (!used?.accountId) return null;

  const account = await core.accounts.findById(tx, used.accountId);
  if (!account || account.email !== used.email) return null;
  if (!(await core.accounts.setPassword(tx, account.id, passwordHash, "any"))) return null;

  await revokeAll(tx, { accountId: account.id }, "replaced", now);
  await endAll(tx, account.id);
  await clear(tx, signInLimit(account.email));
  const session = await beginSession(core, tx, account, "password-reset", visitor);
  await queueNotice(core, tx, account, visitor);
  const { client, browser } = visitor;
  await record(tx, { kind: "password-reset", accountId: account.id, email: account.email, client, browser }, now);
  return session;
}
