import type { Client, Core } from "../core/context.ts";
import { linkLifetime } from "../core/purposes.ts";
import type { Db } from "../db/schema.ts";
import { DAY } from "../lib/clock.ts";
import type { EmailKinds } from "../mail/delivery.ts";
import { enqueue, type OutboxEmail } from "../mail/outbox.ts";
import type { PreparedEmail } from "../mail/views.ts";
import { mintToken, withdrawToken } from "./tokens.ts";

/** What an owner is told of after it was done. */
export type NoticeKind = "password-changed" | "signed-in-by-link";

/** A notice goes on trying for two days: it must arrive, and what it tells does not run out. */
export const NOTICE_DELIVERY_WINDOW = 2 * DAY;

export const noticeEmails: EmailKinds = {
  "password-changed": { purpose: "security-alert", prepare: preparePasswordChanged },
  "signed-in-by-link": { purpose: "security-alert", prepare: prepareSignedInByLink },
};

/** Tells the owner what was done. Queued in the transaction that does it: no deed without its notice. */
export async function queueNotice(
  tx: Db,
  { kind, account, now }: { kind: NoticeKind; account: { id: string; email: string }; now: number },
  client: Client,
): Promise<void> {
  const { id: accountId, email } = account;
  const data = { browser: client.browser };
  const notice = { kind, email, accountId, locale: client.locale, data };
  await enqueue(tx, { ...notice, tryForMs: NOTICE_DELIVERY_WINDOW }, now);
}

/** The notice that the password was changed, as it leaves. */
async function preparePasswordChanged(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const notice = await prepareNotice(core, mail);
  if (notice.kind === "nothing") return notice;
  const { browser, alert, withdraw } = notice;
  const view = { kind: "password-changed", browser, changedAt: mail.createdAt, ...alert } as const;
  return { kind: "mail", to: mail.email, view, withdraw };
}

/** The notice that somebody signed in by a mailed link, as it leaves. */
async function prepareSignedInByLink(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const notice = await prepareNotice(core, mail);
  if (notice.kind === "nothing") return notice;
  const { browser, alert, withdraw } = notice;
  const view = { kind: "signed-in-by-link", browser, signedInAt: mail.createdAt, ...alert } as const;
  return { kind: "mail", to: mail.email, view, withdraw };
}

/**
 * What every notice holds: in which browser it was done, and the key to object with, minted as the mail leaves. Nothing
 * where the account has another address by now: the key would be that of a mailbox which is no longer the account's, and
 * what the old address needs stands in the notice of that change.
 */
export async function prepareNotice(core: Core, mail: OutboxEmail) {
  const { query } = core.database;
  const { accountId, email } = mail;
  const account = accountId === null ? null : await core.accounts.findById(query, accountId);
  if (account && account.email !== email) {
    return { kind: "nothing", why: "the account has another address by now" } as const;
  }

  const lifetimeMs = linkLifetime(core, "security-alert");
  const alert = { purpose: "security-alert", accountId, email, lifetimeMs, unlimited: true } as const;
  const minted = await mintToken(query, alert, core.clock());
  if (!minted) throw new Error("A link that is owed was not minted.");
  const { token } = minted;
  return {
    kind: "notice" as const,
    browser: String(mail.data.browser),
    alert: { alertToken: token, alertLifetimeMs: lifetimeMs },
    withdraw: () => withdrawToken(query, "security-alert", token),
  };
}
