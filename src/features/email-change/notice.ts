import type { Client, Core } from "../../core/context.ts";
import { lockAccount } from "../../core/lock-account.ts";
import type { Db } from "../../db/schema.ts";
import { DAY } from "../../lib/clock.ts";
import { maskEmail } from "../../lib/email-address.ts";
import { NOTICE_DELIVERY_WINDOW, prepareNotice } from "../../links/notice.ts";
import { withdrawToken } from "../../links/tokens.ts";
import { enqueue, type OutboxEmail } from "../../mail/outbox.ts";
import type { PreparedEmail } from "../../mail/views.ts";
import { mintUndo, reserveUndo } from "./undo-store.ts";

/** So long the old address can take the account back, from the moment its notice leaves. */
const UNDO_LIFETIME = 7 * DAY;

/**
 * Tells the old address and the new one, in the transaction that changes it. The right to undo belongs to the old address
 * from this moment on, also while its mail waits. The account must be locked.
 */
export async function queueEmailChanged(
  core: Core,
  tx: Db,
  { accountId, from, to }: { accountId: string; from: string; to: string },
  { browser, locale }: Client,
): Promise<void> {
  const now = core.clock();
  const right = await reserveUndo(tx, { accountId, email: from }, NOTICE_DELIVERY_WINDOW + UNDO_LIFETIME, now);
  const told = { browser, from: maskEmail(from), to: maskEmail(to) };
  const notice = { kind: "email-changed", accountId, locale, tryForMs: NOTICE_DELIVERY_WINDOW };
  await enqueue(tx, { ...notice, email: from, data: { ...told, right } }, now);
  await enqueue(tx, { ...notice, email: to, data: told }, now);
}

/** The notice of a changed address, as it leaves: to the old one with the key that undoes it, to the new one to object. */
export async function prepareEmailChanged(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const { right } = mail.data;
  return typeof right === "string" ? toTheOld(core, mail, right) : toTheNew(core, mail);
}

/** Tells the address from which an account was taken back. There is no button: the older address has the last word. */
export async function queueEmailChangeUndone(
  core: Core,
  tx: Db,
  { accountId, from, to }: { accountId: string; from: string; to: string },
  { browser, locale }: Client,
): Promise<void> {
  const data = { browser, from: maskEmail(from), to: maskEmail(to) };
  const notice = {
    kind: "email-change-undone",
    email: from,
    accountId,
    locale,
    data,
    tryForMs: NOTICE_DELIVERY_WINDOW,
  };
  await enqueue(tx, notice, core.clock());
}

/** The notice of an undone change, as it leaves. */
export async function prepareEmailChangeUndone(_core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const view = { kind: "email-change-undone", undoneAt: mail.createdAt, ...toldIn(mail) } as const;
  return { kind: "mail", to: mail.email, view, withdraw: async () => {} };
}

async function toTheOld(core: Core, mail: OutboxEmail, right: string): Promise<PreparedEmail> {
  const { accountId, email } = mail;
  const token = await core.database.transaction(async (tx) => {
    const account = accountId === null ? null : await core.accounts.findById(tx, accountId);
    if (!account || account.disabled) return null;
    if (!(await lockAccount(core, tx, account))) {
      throw new Error("The account was changed at this very moment. The mail is tried again.");
    }
    return mintUndo(tx, right, UNDO_LIFETIME, core.clock());
  });
  if (token === null) return { kind: "nothing", why: "the change was undone already, or the account is gone" };

  const button = { does: "undo", token, lifetimeMs: UNDO_LIFETIME } as const;
  const view = { kind: "email-changed", changedAt: mail.createdAt, button, ...toldIn(mail) } as const;
  return {
    kind: "mail",
    to: email,
    view,
    withdraw: () => withdrawToken(core.database.query, "email-change-undo", token),
  };
}

async function toTheNew(core: Core, mail: OutboxEmail): Promise<PreparedEmail> {
  const notice = await prepareNotice(core, mail);
  if (notice.kind === "nothing") return notice;
  const { alertToken: token, alertLifetimeMs: lifetimeMs } = notice.alert;
  const button = { does: "object", token, lifetimeMs } as const;
  const view = { kind: "email-changed", changedAt: mail.createdAt, button, ...toldIn(mail) } as const;
  return { kind: "mail", to: mail.email, view, withdraw: notice.withdraw };
}

function toldIn({ data }: OutboxEmail): { browser: string; from: string; to: string } {
  return { browser: String(data.browser), from: String(data.from), to: String(data.to) };
}
