import { batching } from "../db/batching/batching.ts";
import { deleteBatch } from "../db/delete-batch.ts";
import { skipLocked } from "../db/engine.ts";
import type { Db } from "../db/schema.ts";
import { DAY } from "../lib/clock.ts";
import { newId } from "../lib/ids.ts";
import { PRIORITY, priorityOf } from "./email-kinds.ts";

/**
 * `held`: bulk email that was not released yet; `due`: waits for its next attempt; `closed`: needed no email (no account, or
 * the limit of the address).
 */
export type OutboxState = "held" | "due" | "sent" | "closed" | "failed";

/** An email to be prepared and sent. It holds no secret: the token is minted as it leaves. */
export interface OutboxEmail {
  id: string;
  kind: string;
  email: string;
  accountId: string | null;
  /** The digest of the request, if a browser waits for the email: only then it has a code. */
  request: string | null;
  locale: string;
  data: Record<string, unknown>;
  /** This attempt included. */
  attempts: number;
  createdAt: number;
  giveUpAt: number;
  /** One of PRIORITY. */
  priority: number;
}

/** The locale of an email whose reader's language is looked up as it leaves (ISO 639-2). */
export const UNDETERMINED = "und";

const FINISHED_KEPT_FOR = 30 * DAY;

/**
 * Queues an email in the caller's transaction. `closed: true` writes the same row already closed, so that an address over its
 * limit costs the same.
 */
export async function enqueue(
  tx: Db,
  mail: {
    kind: string;
    email: string;
    accountId?: string;
    request?: string;
    locale: string;
    data: Record<string, unknown>;
    /** How long to go on trying, in milliseconds. */
    tryForMs: number;
    closed?: boolean;
  },
  now: number,
): Promise<void> {
  await insert(tx, {
    id: newId(now),
    kind: mail.kind,
    email: mail.email,
    account_id: mail.accountId ?? null,
    request: mail.request ?? null,
    locale: mail.locale,
    data: JSON.stringify(mail.data),
    state: mail.closed ? "closed" : "due",
    priority: priorityOf(mail.kind),
    attempts: 0,
    next_attempt_at: now,
    give_up_at: now + mail.tryForMs,
    created_at: now,
    finished_at: mail.closed ? now : null,
    answer: mail.closed ? "limit for this address reached" : null,
  });
}

const insert = batching.batchInsert("latchkey_outbox", [
  ...(["id", "kind", "email", "account_id", "request", "locale", "data", "state", "priority", "attempts"] as const),
  ...(["next_attempt_at", "give_up_at", "created_at", "finished_at", "answer"] as const),
]);

/**
 * Leases up to `atMost` due emails for `leaseMs` milliseconds. The attempt is counted here and not when it ends, so that an
 * email that ends the process is not retried without end. Priorities are looked up one after the other, so that a hundred
 * thousand emails that wait for their next attempt cost nothing.
 */
export async function claim(
  db: Db,
  atMost: number,
  leaseMs: number,
  now: number,
  { signUps = true, many = true } = {},
): Promise<OutboxEmail[]> {
  const priorities = [PRIORITY.waiting, ...(signUps ? [PRIORITY.signUp] : []), ...(many ? [PRIORITY.many] : [])];
  const claimed: OutboxEmail[] = [];
  for (const priority of priorities) {
    if (claimed.length < atMost) claimed.push(...(await take(db, priority, atMost - claimed.length, leaseMs, now)));
  }
  return claimed;
}

async function take(db: Db, priority: number, atMost: number, leaseMs: number, now: number): Promise<OutboxEmail[]> {
  const due = db
    .selectFrom("latchkey_outbox")
    .select("id")
    .where("state", "=", "due")
    .where("priority", "=", priority)
    .where("next_attempt_at", "<=", now)
    .orderBy("next_attempt_at")
    .limit(atMost);
  const rows = await db
    // A CTE is evaluated once. PostgreSQL may evaluate a subquery again for every row, and then take too many.
    .with("chosen", () => skipLocked(db, due))
    .updateTable("latchkey_outbox")
    .set((row) => ({ attempts: row("attempts", "+", 1), next_attempt_at: now + leaseMs }))
    .where("id", "in", (query) => query.selectFrom("chosen").select("id"))
    .returningAll()
    .execute();

  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    email: row.email,
    accountId: row.account_id,
    request: row.request,
    locale: row.locale,
    data: JSON.parse(row.data),
    attempts: row.attempts,
    createdAt: row.created_at,
    giveUpAt: row.give_up_at,
    priority: row.priority,
  }));
}

/** An email as one worker holds it: the number of the attempt distinguishes it from a later holder's. */
export type LeasedEmail = Pick<OutboxEmail, "id" | "attempts">;

/** Extends the lease by `leaseMs`. Changes nothing if another worker holds the email. */
export async function renewLease(db: Db, mail: LeasedEmail, leaseMs: number, now: number): Promise<void> {
  await held(db, mail)
    .set({ next_attempt_at: now + leaseMs })
    .execute();
}

/** The mail server accepted the email: no further attempt, whichever worker holds it. */
export async function markSent(db: Db, id: string, answer: string, now: number): Promise<void> {
  await db
    .updateTable("latchkey_outbox")
    .set({ state: "sent", answer, finished_at: now })
    .where("id", "=", id)
    .where("state", "=", "due")
    .execute();
}

/** Replaces the address of an email that has ended. */
export async function eraseAddress(db: Db, id: string, masked: string): Promise<void> {
  await db
    .updateTable("latchkey_outbox")
    .set({ email: masked })
    .where("id", "=", id)
    .where("finished_at", "is not", null)
    .execute();
}

/** Closes or gives up an email; `why` is shown to the operator. Changes nothing if another worker holds it. */
export async function endEmail(
  db: Db,
  mail: LeasedEmail,
  state: "closed" | "failed",
  why: string,
  now: number,
): Promise<void> {
  await held(db, mail).set({ state, answer: why, finished_at: now }).execute();
}

/**
 * Closes the emails of these kinds that still wait for an address; `why` is shown to the operator. An email that is being sent
 * meanwhile may arrive, and its link is revoked with all others.
 */
export async function closeWaiting(
  tx: Db,
  { email, kinds, why }: { email: string; kinds: readonly string[]; why: string },
  now: number,
): Promise<void> {
  await tx
    .updateTable("latchkey_outbox")
    .set({ state: "closed", answer: why, finished_at: now })
    .where("state", "=", "due")
    .where("priority", "=", PRIORITY.waiting)
    .where("email", "=", email)
    .where("kind", "in", kinds)
    .execute();
}

/** The attempt failed; the next one may be made at `nextAttemptAt`. Changes nothing if another worker holds the email. */
export async function postponeEmail(
  db: Db,
  mail: LeasedEmail,
  { at, answer, data }: { at: number; answer: string; data?: Record<string, unknown> },
): Promise<void> {
  await held(db, mail)
    .set({ next_attempt_at: at, answer, ...(data ? { data: JSON.stringify(data) } : {}) })
    .execute();
}

/** Returns a claimed email uncounted: it is due again after all others. */
export async function releaseEmail(db: Db, mail: LeasedEmail, answer: string, now: number): Promise<void> {
  await held(db, mail)
    .set((row) => ({ attempts: row("attempts", "-", 1), next_attempt_at: now, answer }))
    .execute();
}

/** Makes emails due again that were given up for a fault that was not theirs. */
export async function reviveEmails(db: Db, ids: readonly string[], now: number): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable("latchkey_outbox")
    .set({ state: "due", finished_at: null, next_attempt_at: now })
    .where("id", "in", ids)
    .where("state", "=", "failed")
    .execute();
}

/**
 * Makes emails due whose next attempt is further ahead than `longestMs`: a clock that was wrong wrote it. Returns how many.
 */
export async function distrustFarAttempts(db: Db, longestMs: number, now: number): Promise<number> {
  let changed = 0n;
  for (const priority of Object.values(PRIORITY)) {
    const { numUpdatedRows } = await db
      .updateTable("latchkey_outbox")
      .set({ next_attempt_at: now })
      .where("state", "=", "due")
      .where("priority", "=", priority)
      .where("next_attempt_at", ">", now + longestMs)
      .executeTakeFirst();
    changed += numUpdatedRows;
  }
  return Number(changed);
}

function held(db: Db, { id, attempts }: LeasedEmail) {
  return db
    .updateTable("latchkey_outbox")
    .where("id", "=", id)
    .where("attempts", "=", attempts)
    .where("state", "=", "due");
}

/** Deletes emails that were finished longer than FINISHED_KEPT_FOR ago, at most `limit`. */
export function purgeOutbox(db: Db, now: number, limit: number): Promise<number> {
  return deleteBatch(db, { table: "latchkey_outbox", column: "finished_at", upTo: now - FINISHED_KEPT_FOR }, limit);
}
