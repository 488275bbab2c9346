import { record } from "../store/events.ts";
import type { OutboxMail } from "../store/outbox.ts";
import type { Db } from "../store/schema.ts";
import { endAll } from "../store/sessions.ts";
import { consume, mint, revokeAll, type Token, withdraw } from "../store/tokens.ts";
import { type Asked, askForMail } from "./asking.ts";
import { beginSession } from "./begin-session.ts";
import type { Core, Visitor } from "./core.ts";
import type { PreparedMail } from "./mail.ts";
import { type Finished, finishWithPassword, type Look, lookAt } from "./mailed-link.ts";
import { queueNotice } from "./notice.ts";
import { forgiveTries } from "./sign-in.ts";

/** Somebody asks for a reset link. The answer says nothing about whether the address has an account. */
export function request(core: Core, typed: string, visitor: Visitor): Promise<Asked> {
  return askForMail(core, { kind: "password-reset", typed, tryForMs: core.rules.resetLinkMs }, visitor);
}

/** Makes the mail as it leaves: only now is the account looked up and the token minted, so that no queue holds a secret. */
export async function prepareMail(core: Core, mail: OutboxMail): Promise<PreparedMail> {
  const account = await core.accounts.findByEmail(core.database.query, mail.email);
  if (!account || account.disabled) return { kind: "nothing", why: "no account to reset" };

  const lifetimeMs = core.rules.resetLinkMs;
  const { id: accountId, email } = account;
  const link = { purpose: "password-reset", accountId, email, lifetimeMs, attempt: mail.attempts } as const;
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

/** Looks at a link and changes nothing. */
export function look(core: Core, token: string): Promise<Look> {
  return lookAt(core, "password-reset", token);
}

/**
 * Sets the new password and signs the person in. One transaction uses the link up, sets the password, ends every session
 * and every other link, and queues the notice: all of it happens, or nothing does. Throws HashingBusy.
 */
export async function finish(core: Core, token: string, password: string, visitor: Visitor): Promise<Finished> {
  const submitted = { purpose: "password-reset", token, password } as const;
  const finished = await finishWithPassword(core, submitted, (tx, link, passwordHash) =>
    reset(core, tx, { token, link, passwordHash }, visitor),
  );
  if (finished.kind === "done") core.mailQueued();
  return finished;
}

async function reset(
  core: Core,
  tx: Db,
  { token, link, passwordHash }: { token: string; link: Token; passwordHash: string },
  visitor: Visitor,
): Promise<string | null> {
  const now = core.clock();
  const account = link.accountId === null ? null : await core.accounts.findById(tx, link.accountId);
  // A link belongs to the address that it was mailed to, and dies with it.
  if (!account || account.disabled || account.email !== link.email) return null;

  if (!(await consume(tx, "password-reset", token, now))) return null;
  if (!(await core.accounts.setPassword(tx, account.id, passwordHash, "any"))) return null;

  await revokeAll(tx, { accountId: account.id }, "replaced", now);
  await endAll(tx, account.id);
  await forgiveTries(tx, account.email);
  const session = await beginSession(core, tx, account, "password-reset", visitor);
  await queueNotice(core, tx, account, visitor);
  const { client, browser } = visitor;
  await record(tx, { kind: "password-reset", accountId: account.id, email: account.email, client, browser }, now);
  return session;
}
