import { DAY } from "../basics/clock.ts";
import { maskEmail } from "../basics/email-address.ts";
import { newId } from "../basics/ids.ts";
import { compiled } from "./compiled.ts";
import type { Db, Schema } from "./schema.ts";

/** What is written down for the operator and the owner. Never a secret. */
export type EventKind =
  | "mail-asked"
  | "mail-sent"
  | "mail-given-up"
  | "mail-bounced"
  | "signed-up"
  | "signed-in"
  | "signed-out"
  | "sign-in-refused"
  | "password-reset"
  | "password-changed"
  | "session-ended"
  | "address-changed"
  | "address-restored"
  | "locked-out"
  | "code-refused"
  | "objected"
  | "limited";

export const EVENTS_KEPT_FOR = 90 * DAY;

/** Adds to the audit trail, in the transaction of the deed where there is one. The address is stored masked. */
export async function record(
  db: Db,
  event: { kind: EventKind; accountId?: string | null; email?: string; client?: string | null; browser?: string },
  now: number,
): Promise<void> {
  await insert(db, {
    id: newId(now),
    kind: event.kind,
    account_id: event.accountId ?? null,
    email: event.email === undefined ? null : maskEmail(event.email),
    client: event.client ?? null,
    browser: event.browser ?? null,
    at: now,
  });
}

const insert = compiled((db, { id, kind, account_id, email, client, browser, at }: Schema["latchkey_events"]) =>
  db.insertInto("latchkey_events").values({ id, kind, account_id, email, client, browser, at }),
);

/** Deletes what is older than EVENTS_KEPT_FOR. */
export async function purgeEvents(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom("latchkey_events")
    .where("at", "<", now - EVENTS_KEPT_FOR)
    .execute();
}
