import { batching } from "../db/batching/batching.ts";
import { deleteBatch } from "../db/delete-batch.ts";
import type { Db } from "../db/schema.ts";
import { browserWords } from "../i18n/browser.ts";
import { DAY } from "../lib/clock.ts";
import { maskEmail } from "../lib/email-address.ts";
import { newId } from "../lib/ids.ts";

/** The kinds of audit events. An event never holds a secret. */
export type EventKind =
  | "email-requested"
  | "email-sent"
  | "email-failed"
  | "email-bounced"
  | "signed-up"
  | "signed-in"
  | "signed-out"
  | "sign-in-refused"
  | "password-reset"
  | "password-changed"
  | "session-ended"
  | "email-changed"
  | "email-restored"
  | "account-locked"
  | "link-created"
  | "email-retried"
  | "account-disabled"
  | "account-enabled"
  | "account-deleted"
  | "sessions-ended"
  | "links-ended"
  | "reset-all-started"
  | "reset-all-queued"
  | "password-removed"
  | "invited"
  | "code-refused"
  | "security-alert"
  | "rate-limited";

export const EVENTS_KEPT_FOR = 90 * DAY;

/** An event to record. `account.id` is null if no account was looked up, or if it is deleted. */
interface NewEvent {
  kind: EventKind;
  account?: { id: string | null; email: string };
  now: number;
}

/**
 * Adds an event to the audit log, in the transaction of the action if there is one, with the client that caused it. Stores the
 * address masked. Returns the id of the event.
 */
export async function recordEvent(
  db: Db,
  event: NewEvent,
  client?: { ip: string | null; browser: string },
): Promise<string> {
  const row = toRow(event, client);
  await insert(db, row);
  return row.id;
}

/** Adds one event per account. */
export async function recordEvents(
  tx: Db,
  { kind, accounts, now }: { kind: EventKind; accounts: Array<{ id: string; email: string }>; now: number },
): Promise<void> {
  if (accounts.length === 0) return;
  const rows = accounts.map((account) => toRow({ kind, account, now }));
  await tx.insertInto("latchkey_events").values(rows).execute();
}

function toRow({ kind, account, now }: NewEvent, client?: { ip: string | null; browser: string }) {
  return {
    id: newId(now),
    kind,
    account_id: account?.id ?? null,
    email: account ? maskEmail(account.email) : null,
    client: client?.ip ?? null,
    browser: client?.browser ?? null,
    at: now,
  };
}

const insert = batching.batchInsert("latchkey_events", [
  "id",
  "kind",
  "account_id",
  "email",
  "client",
  "browser",
  "at",
]);

/** One event of the audit log. `at` in epoch milliseconds. */
export interface Event {
  id: string;
  kind: string;
  accountId: string | null;
  /** Masked. */
  email: string | null;
  client: string | null;
  browser: string | null;
  at: number;
}

/** Selects the events of an account, and those of a masked address that were recorded without looking up an account. */
export interface Whose {
  accountId: string | null;
  masked: string | null;
}

/** The newest events, at most `atMost`, oldest first. */
export async function listEvents(
  db: Db,
  filter: { whose?: Whose; kind?: string; since?: number; atMost: number },
): Promise<Event[]> {
  const { whose, kind, since, atMost } = filter;
  const rows = await db
    .selectFrom("latchkey_events")
    .selectAll()
    .$if(kind !== undefined, (query) => query.where("kind", "=", kind ?? ""))
    .$if(since !== undefined, (query) => query.where("at", ">=", since ?? 0))
    .$if(whose !== undefined, (query) =>
      query.where((row) =>
        row.or([
          row("account_id", "=", whose?.accountId ?? ""),
          row.and([row("account_id", "is", null), row("email", "=", whose?.masked ?? "")]),
        ]),
      ),
    )
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(atMost)
    .execute();
  return rows.reverse().map(({ account_id, browser, ...row }) => {
    return { ...row, accountId: account_id, browser: browser && browserWords(browser) };
  });
}

/** The newest event of these kinds, or null. */
export async function newestEvent(
  db: Db,
  kinds: EventKind[],
): Promise<{ id: string; kind: string; at: number } | null> {
  const query = db.selectFrom("latchkey_events").select(["id", "kind", "at"]).where("kind", "in", kinds);
  return (await query.orderBy("at", "desc").limit(1).executeTakeFirst()) ?? null;
}

/** What sets or removes a password, and so ends that an account is only invited. */
const ENDS_INVITATION = [
  "password-reset",
  "password-changed",
  "password-removed",
  "security-alert",
  "email-restored",
] as const;

/** Whether the account was invited and has had no password since. */
export async function isInvited(db: Db, accountId: string): Promise<boolean> {
  const newest = await db
    .selectFrom("latchkey_events")
    .select("kind")
    .where("account_id", "=", accountId)
    .where("kind", "in", ["invited", ...ENDS_INVITATION])
    .orderBy("at", "desc")
    // Within one millisecond a password counts as chosen: those kinds sort after "invited".
    .orderBy("kind", "desc")
    .limit(1)
    .executeTakeFirst();
  return newest?.kind === "invited";
}

/** Deletes events older than EVENTS_KEPT_FOR, at most `limit`. */
export function purgeEvents(db: Db, now: number, limit: number): Promise<number> {
  return deleteBatch(db, { table: "latchkey_events", column: "at", upTo: now - EVENTS_KEPT_FOR }, limit);
}
