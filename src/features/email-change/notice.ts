import type { Client, Core } from "../../core/context.ts";
import { lockCurrentAccount } from "../../core/lock-account.ts";
import { linkLifetime } from "../../core/purposes.ts";
import type { Db } from "../../db/schema.ts";
import { browserWords } from "../../i18n/browser.ts";
import { displayEmail, maskEmail } from "../../lib/email-address.ts";
import { NOTICE_DELIVERY_WINDOW, noticeRecipient, prepareNotice } from "../../links/notice.ts";
import { withdrawToken } from "../../links/tokens.ts";
import { insertEmailChange, mintUndo } from "../../links/undo-store.ts";
import { enqueue, type OutboxEmail } from "../../mail/outbox.ts";
import type { PreparedEmail } from "../../mail/views.ts";

/** A change of address at a time. */
interface EmailChange {
  accountId: string;
  from: string;
  to: string;
  now: number;
}

/**
 * Stores the change and queues the notices to the old and the new address, in the transaction that changes it. The old
 * address can undo the change from then on, however late its email leaves. The caller has locked the account.
 */
export async function queueEmailChanged(
  core: Core,
  tx: Db,
  { accountId, from, to, now }: EmailChange,
  client: Client,
): Promise<void> {
  const expiresAt = now + NOTICE_DELIVERY_WINDOW + linkLifetime(core, "email-change-undo");
  const changeId = await insertEmailChange(tx, { accountId, from, to, expiresAt }, now);
  const { locale, data: recipient } = await noticeRecipient(tx, accountId, client);
  const data = { ...recipient, from: maskEmail(from), to: maskEmail(to) };
  const notice = { kind: "email-changed", accountId, locale, tryForMs: NOTICE_DELIVERY_WINDOW };
  await enqueue(tx, { ...notice, email: from, data: { ...data, right: changeId } }, now);
  await enqueue(tx, { ...notice, email: to, data }, now);
}

/** Prepares the notice of an email change: with an undo link to the old address, with "This wasn't me" to the new one. */
export async function prepareEmailChanged(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const { right: changeId } = mail.data;
  return typeof changeId === "string" ? toOldAddress(core, mail, changeId) : toNewAddress(core, mail);
}

/** Queues the notice of an undone change to the address that lost the account. It has no button: the undo is final. */
export async function queueEmailChangeUndone(
  tx: Db,
  { accountId, from, to, now }: EmailChange,
  client: Client,
): Promise<void> {
  const { locale, data: recipient } = await noticeRecipient(tx, accountId, client);
  const data = { ...recipient, from: maskEmail(from), to: maskEmail(to) };
  const notice = {
    kind: "email-change-undone",
    email: from,
    accountId,
    locale,
    data,
    tryForMs: NOTICE_DELIVERY_WINDOW,
  };
  await enqueue(tx, notice, now);
}

/** Prepares the notice of an undone change. */
export async function prepareEmailChangeUndone(_core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const view = { kind: "email-change-undone", undoneAt: mail.createdAt, ...noticeData(mail) } as const;
  return { kind: "mail", to: mail.email, view, withdraw: async () => {} };
}

async function toOldAddress(core: Core, mail: OutboxEmail, changeId: string): Promise<PreparedEmail> {
  const { accountId, email } = mail;
  const lifetimeMs = linkLifetime(core, "email-change-undo");
  const token = await core.database.transaction(async (tx) => {
    const account = accountId === null ? null : await lockCurrentAccount(core, tx, accountId);
    return account && !account.disabled ? mintUndo(tx, changeId, lifetimeMs, core.clock()) : null;
  });
  if (token === null) return { kind: "nothing", why: "change already undone, or account disabled or deleted" };

  const button = { does: "undo", token, lifetimeMs } as const;
  const view = { kind: "email-changed", changedAt: mail.createdAt, button, ...noticeData(mail) } as const;
  return {
    kind: "mail",
    to: email,
    view,
    withdraw: () => withdrawToken(core.database.query, "email-change-undo", token),
  };
}

async function toNewAddress(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const notice = await prepareNotice(core, mail);
  if (notice.kind === "nothing") return notice;
  const { alertToken: token, alertLifetimeMs: lifetimeMs } = notice.alert;
  const button = { does: "object", token, lifetimeMs } as const;
  const view = { kind: "email-changed", changedAt: mail.createdAt, button, ...noticeData(mail) } as const;
  return { kind: "mail", to: mail.email, view, withdraw: notice.withdraw };
}

function noticeData({ data }: OutboxEmail): { browser: string; from: string; to: string } {
  return {
    browser: browserWords(String(data.browser)),
    from: displayEmail(String(data.from)),
    to: displayEmail(String(data.to)),
  };
}
