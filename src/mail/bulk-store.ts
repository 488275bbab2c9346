import { skipLocked } from "../db/engine.ts";
import type { Db } from "../db/schema.ts";
import { PRIORITY } from "./email-kinds.ts";

/** Far from every clock: a mail that is held has no next attempt yet. In epoch milliseconds. */
const NOT_YET = 8_640_000_000_000_000;

/**
 * Puts mails to many at once into the outbox, held back until they are let go, in the transaction that answers for them.
 * An id that is there already stays as it is. Returns the ids of the accounts whose mail is new.
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
    locale: "en",
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

/** Lets up to `atMost` held mails go: they count as asked for now. Returns how many it let go. */
export async function releaseEmails(db: Db, atMost: number, tryForMs: number, now: number): Promise<number> {
  const held = db.selectFrom("latchkey_outbox").select("id").where("state", "=", "held").limit(atMost);
  const rows = await db
    // Chosen once, as in a claim, so that two who let go at once do not wait for each other and let go half.
    .with("chosen", () => skipLocked(db, held))
    .updateTable("latchkey_outbox")
    .set({ state: "due", created_at: now, next_attempt_at: now, give_up_at: now + tryForMs })
    .where("state", "=", "held")
    .where("id", "in", (query) => query.selectFrom("chosen").select("id"))
    .returning("id")
    .execute();
  return rows.length;
}

/** How many mails are held, of one kind or of all. */
export async function countHeld(db: Db, kind?: string): Promise<number> {
  const row = await db
    .selectFrom("latchkey_outbox")
    .select(({ fn }) => fn.countAll().as("many"))
    .where("state", "=", "held")
    .$if(kind !== undefined, (query) => query.where("kind", "=", kind ?? ""))
    .executeTakeFirst();
  return Number(row?.many ?? 0);
}

/** How many mails to many at once were let go and have not left, counted no further than `upTo`. */
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
