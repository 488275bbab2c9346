import { record } from "../../audit/store.ts";
import type { Core, Visitor } from "../../core/context.ts";
import type { Db } from "../../db/schema.ts";
import { mintLink } from "../../links/mint.ts";
import { queueNotice } from "../../links/notice.ts";
import { type Finished, finishWithPassword, type Look, lookAt } from "../../links/preview.ts";
import { type Asked, askForMail } from "../../links/request.ts";
import { use } from "../../links/requests-store.ts";
import { lockOut } from "../../links/revoke-all.ts";
import { consume, type Token } from "../../links/tokens.ts";
import type { OutboxMail } from "../../mail/outbox.ts";
import type { PreparedMail } from "../../mail/views.ts";
import { beginSession } from "../../sessions/start.ts";
import { forgiveTries } from "../../sign-in-attempts/attempts.ts";

/** Somebody asks for a reset link. The answer says nothing about whether the address has an account. */
export function request(core: Core, typed: string, visitor: Visitor): Promise<Asked> {
  return askForMail(core, { purpose: "password-reset", typed }, visitor);
}

/** Makes the mail as it leaves: only now is the account looked up and the token minted, so that no queue holds a secret. */
export async function prepareMail(core: Core, mail: OutboxMail): Promise<PreparedMail> {
  const account = await core.accounts.findByEmail(core.database.query, mail.email);
  if (!account || account.disabled) return { kind: "nothing", why: "no account to reset" };

  const { id: accountId, email } = account;
  const minted = await mintLink(core, mail, { purpose: "password-reset", accountId, email });
  if (!minted) return { kind: "nothing", why: "enough links are live already" };

  const { withdraw, ...link } = minted;
  const because = mail.data.because === "objection" ? "objection" : "asked";
  const browser = String(mail.data.browser);
  const view = { kind: "password-reset", because, browser, askedAt: mail.createdAt, ...link } as const;
  return { kind: "mail", to: email, view, withdraw };
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
  const finished = await finishWithPassword(core, submitted, visitor, (tx, link, passwordHash) =>
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

  // The account is locked first, as everywhere, so that no two deeds wait for each other; null undoes it with the rest.
  if (!(await core.accounts.setPassword(tx, account.id, passwordHash, "any"))) return null;
  if (!(await consume(tx, "password-reset", token, now))) return null;

  await lockOut(core, tx, account.id, "replaced");
  if (link.request !== null) await use(tx, { digest: link.request, brought: visitor.request }, now);
  await forgiveTries(tx, account.email);
  const session = await beginSession(core, tx, account, "password-reset", visitor);
  await queueNotice(core, tx, { kind: "password-changed", account }, visitor);
  const { client, browser } = visitor;
  await record(tx, { kind: "password-reset", accountId: account.id, email: account.email, client, browser }, now);
  return session;
}
