import { DAY } from "../basics/clock.ts";
import { enqueue, type OutboxMail } from "../store/outbox.ts";
import type { Db } from "../store/schema.ts";
import type { Core, Visitor } from "./core.ts";
import type { PreparedMail } from "./mail.ts";

/** A notice goes on trying for two days: it must arrive, and holds nothing that runs out. */
const NOTICE_TRIED_FOR = 2 * DAY;

/** Tells the owner that the password was changed. Queued in the transaction that changes it: no change without a notice. */
export async function queueNotice(
  core: Core,
  tx: Db,
  account: { id: string; email: string },
  visitor: Visitor,
): Promise<void> {
  const { id: accountId, email } = account;
  const data = { browser: visitor.browser };
  const notice = { kind: "password-changed", email, accountId, locale: visitor.locale, data };
  await enqueue(tx, { ...notice, tryForMs: NOTICE_TRIED_FOR }, core.clock());
}

/** The notice as it leaves. */
export async function prepareNotice(_core: Core, mail: OutboxMail): Promise<PreparedMail> {
  const view = { kind: "password-changed", browser: String(mail.data.browser), changedAt: mail.createdAt } as const;
  return { kind: "mail", to: mail.email, view, withdraw: async () => {} };
}
