import type { Db } from "../db/schema.ts";
import type { OutboxState } from "../mail/outbox.ts";

/** The state shown to an operator. `failed`: due again after a failed attempt; `given-up`: stored as `failed` in the outbox. */
export type ListedState = OutboxState | "given-up";

/** An email in the outbox. It holds no secret. Times in epoch milliseconds. */
export interface ListedEmail {
  id: string;
  kind: string;
  email: string;
  state: ListedState;
  attempts: number;
  createdAt: number;
  /** Null if the email is held or finished. */
  nextAttemptAt: number | null;
  finishedAt: number | null;
  /** The last answer of the mail server, or why it was not sent. */
  answer: string | null;
}

/** The newest emails, at most `atMost`, newest first. */
export async function listEmails(
  db: Db,
  filter: { state?: ListedState; email?: string; atMost: number },
): Promise<ListedEmail[]> {
  const { state, email, atMost } = filter;
  const rows = await db
    .selectFrom("latchkey_outbox")
    .selectAll()
    .$if(state !== undefined, (query) => query.where("state", "=", storedState(state)))
    .$if(state === "failed", (query) => query.where("answer", "is not", null))
    .$if(email !== undefined, (query) => query.where("email", "=", email ?? ""))
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(atMost)
    .execute();
  return rows.map(toListed);
}

/** The email with this id, or null. */
export async function findEmail(db: Db, id: string): Promise<ListedEmail | null> {
  // PostgreSQL refuses NUL in text with an error.
  if (id.includes("\0")) return null;
  const row = await db.selectFrom("latchkey_outbox").selectAll().where("id", "=", id).executeTakeFirst();
  return row ? toListed(row) : null;
}

/**
 * Makes an email due now that was given up or waits for its next attempt. Returns false if it is in another state or in
 * delivery. A lease is stored as a next attempt, so an attempt nearer than `leaseMs` is not changed.
 */
export async function retryEmail(
  tx: Db,
  id: string,
  { tryForMs, leaseMs }: { tryForMs: number; leaseMs: number },
  now: number,
): Promise<boolean> {
  const row = await tx
    .updateTable("latchkey_outbox")
    .set({ state: "due", attempts: 0, next_attempt_at: now, give_up_at: now + tryForMs, finished_at: null })
    .where("id", "=", id)
    .where((is) =>
      is.or([is("state", "=", "failed"), is.and([is("state", "=", "due"), is("next_attempt_at", ">", now + leaseMs)])]),
    )
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Makes every given-up email due again. Returns how many. */
export async function retryFailed(tx: Db, tryForMs: number, now: number): Promise<number> {
  const rows = await tx
    .updateTable("latchkey_outbox")
    .set({ state: "due", attempts: 0, next_attempt_at: now, give_up_at: now + tryForMs, finished_at: null })
    .where("state", "=", "failed")
    .returning("id")
    .execute();
  return rows.length;
}

/** Closes every email that was not sent. Returns how many. */
export async function closeQueued(tx: Db, why: string, now: number): Promise<number> {
  const rows = await tx
    .updateTable("latchkey_outbox")
    .set({ state: "closed", answer: why, finished_at: now })
    .where("state", "in", ["held", "due"])
    .returning("id")
    .execute();
  return rows.length;
}

function storedState(state: ListedState | undefined): OutboxState {
  if (state === "given-up") return "failed";
  return state === "failed" || state === undefined ? "due" : state;
}

function listedState(row: { state: string; answer: string | null }): ListedState {
  if (row.state === "failed") return "given-up";
  return row.state === "due" && row.answer !== null ? "failed" : (row.state as OutboxState);
}

function toListed(row: {
  id: string;
  kind: string;
  email: string;
  state: string;
  attempts: number;
  created_at: number;
  next_attempt_at: number;
  finished_at: number | null;
  answer: string | null;
}): ListedEmail {
  return {
    id: row.id,
    kind: row.kind,
    email: row.email,
    state: listedState(row),
    attempts: row.attempts,
    createdAt: row.created_at,
    nextAttemptAt: row.state === "due" ? row.next_attempt_at : null,
    finishedAt: row.finished_at,
    answer: row.answer,
  };
}
