import { skipLocked } from "../db/engine.ts";
import type { Db } from "../db/schema.ts";
import { PRIORITY } from "./email-kinds.ts";
import { UNDETERMINED } from "./outbox.ts";

/** The next attempt of a held email: later than any clock. In epoch milliseconds. */
const NOT_YET = 8_640_000_000_000_000;

/**
 * Adds bulk emails to the outbox, held until they are released, in the transaction that causes them. An id that exists
 * already is unchanged. Returns the ids of the accounts whose email is new.
 */
export async function holdEmails(
  tx: Db,
  kind: string,
  mails: Array<{ id: string; email: string; accountId: string }>,
  now: number,
): Promise<Set<string>> {
  if (mails.length === 0) return new Set();
  const rows = mails.map(({ id, email, accountId }) => ({
    id,
    kind,
    email,
    account_id: accountId,
    locale: UNDETERMINED,
    data: "{}",
    request: null,
    state: "held",
    priority: PRIORITY.many,
    attempts: 0,
    next_attempt_at: NOT_YET,
    give_up_at: NOT_YET,
    created_at: now,
    finished_at: null,
    answer: null,
  }));
  const added = await tx
    .insertInto("latchkey_outbox")
    .values(rows)
    .onConflict((conflict) => conflict.column("id").doNothing())
    .returning("account_id")
    .execute();
  return new Set(added.map(({ account_id }) => String(account_id)));
}

/** Releases up to `atMost` held emails; they count as queued now. Returns how many it released. */
export async function releaseEmails(db: Db, atMost: number, tryForMs: number, now: number): Promise<number> {
  const held = db.selectFrom("latchkey_outbox").select("id").where("state", "=", "held").limit(atMost);
  const rows = await db
    // Selected once with SKIP LOCKED, as in a claim, so that concurrent releases do not block each other.
    .with("chosen", () => skipLocked(db, held))
    .updateTable("latchkey_outbox")
    .set({ state: "due", created_at: now, next_attempt_at: now, give_up_at: now + tryForMs })
    .where("state", "=", "held")
    .where("id", "in", (query) => query.selectFrom("chosen").select("id"))
    .returning("id")
    .execute();
  return rows.length;
}

/** Counts the held emails, of one kind or of all. */
export async function countHeld(db: Db, kind?: string): Promise<number> {
  const row = await db
    .selectFrom("latchkey_outbox")
    .select(({ fn }) => fn.countAll().as("many"))
    .where("state", "=", "held")
    .$if(kind !== undefined, (query) => query.where("kind", "=", kind ?? ""))
    .executeTakeFirst();
  return Number(row?.many ?? 0);
}

/** Counts the bulk emails that were released and not sent, up to `upTo`. */
export async function countReleased(db: Db, upTo: number): Promise<number> {
  const rows = await db
    .selectFrom("latchkey_outbox")
    .select("id")
    .where("state", "=", "due")
    .where("priority", "=", PRIORITY.many)
    .limit(upTo)
    .execute();
  return rows.length;
}
