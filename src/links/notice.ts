import { findPreferences } from "../accounts/preferences-store.ts";
import type { Client, Core } from "../core/context.ts";
import { lockCurrentAccount } from "../core/lock-account.ts";
import { linkLifetime } from "../core/purposes.ts";
import type { Db } from "../db/schema.ts";
import { browserWords } from "../i18n/browser.ts";
import { DAY } from "../lib/clock.ts";
import type { EmailKinds } from "../mail/delivery.ts";
import { enqueue, type OutboxEmail } from "../mail/outbox.ts";
import type { PreparedEmail } from "../mail/views.ts";
import { mintToken, withdrawToken } from "./tokens.ts";

/** The changes of which the account owner is notified. */
export type NoticeKind = "password-changed" | "signed-in-by-link";

/** Delivery of a notice is retried for two days: what it reports does not expire. */
export const NOTICE_DELIVERY_WINDOW = 2 * DAY;

export const noticeEmails: EmailKinds = {
  "password-changed": { purpose: "security-alert", prepare: preparePasswordChanged },
  "signed-in-by-link": { purpose: "security-alert", prepare: prepareSignedInByLink },
};

/** What says in which language and time zone an email is written. */
export interface Recipient {
  locale: string;
  data: { browser: string; timeZone: string | null; languageUnknown?: true };
}

/**
 * How a notice is written: in the language of its account, never in that of who acts, because a thief would choose one that the
 * owner cannot read. If none is kept, in the client's, with a line in English.
 */
export async function noticeRecipient(tx: Db, accountId: string, client: Client): Promise<Recipient> {
  const { browser } = client;
  const kept = await findPreferences(tx, accountId);
  if (kept) return { locale: kept.locale, data: { browser, timeZone: kept.timeZone } };
  return { locale: client.locale, data: { browser, timeZone: client.timeZone, languageUnknown: true } };
}

/** Queues a notice to the account owner, in the transaction that makes the change: there is no change without a notice. */
export async function queueNotice(
  tx: Db,
  { kind, account, now }: { kind: NoticeKind; account: { id: string; email: string }; now: number },
  client: Client,
): Promise<void> {
  const { id: accountId, email } = account;
  const notice = { kind, email, accountId, ...(await noticeRecipient(tx, accountId, client)) };
  await enqueue(tx, { ...notice, tryForMs: NOTICE_DELIVERY_WINDOW }, now);
}

/** Prepares the notice of a changed password. */
async function preparePasswordChanged(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const notice = await prepareNotice(core, mail);
  if (notice.kind === "nothing") return notice;
  const { browser, alert, withdraw } = notice;
  const view = { kind: "password-changed", browser, changedAt: mail.createdAt, ...alert } as const;
  return { kind: "mail", to: mail.email, view, withdraw };
}

/** Prepares the notice of a sign-in by link. */
async function prepareSignedInByLink(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const notice = await prepareNotice(core, mail);
  if (notice.kind === "nothing") return notice;
  const { browser, alert, withdraw } = notice;
  const view = { kind: "signed-in-by-link", browser, signedInAt: mail.createdAt, ...alert } as const;
  return { kind: "mail", to: mail.email, view, withdraw };
}

/**
 * What every notice holds: the browser that made the change, and a "This wasn't me" link, minted as the email leaves. There
 * is no notice if the account has another address by now: the link would go to a mailbox that is no longer the account's, and
 * the notice of the email change has the link that the old address needs.
 */
export async function prepareNotice(core: Core, mail: OutboxEmail) {
  const { query } = core.database;
  const { accountId, email } = mail;
  const lifetimeMs = linkLifetime(core, "security-alert");
  const alert = { purpose: "security-alert", accountId, email, lifetimeMs, unlimited: true } as const;
  const minted = await core.database.transaction(async (tx) => {
    const account = accountId === null ? null : await lockCurrentAccount(core, tx, accountId);
    return account?.email === email ? mintToken(tx, alert, core.clock()) : null;
  });
  if (!minted)
    return { kind: "nothing", why: "the account's address has changed since, or the account was deleted" } as const;
  const { token } = minted;
  return {
    kind: "notice" as const,
    browser: browserWords(String(mail.data.browser)),
    alert: { alertToken: token, alertLifetimeMs: lifetimeMs },
    withdraw: () => withdrawToken(query, "security-alert", token),
  };
}
