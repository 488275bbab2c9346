import { batchInsert } from "../db/batching/batch-insert.ts";
import { skipLocked } from "../db/engine.ts";
import type { Db } from "../db/schema.ts";
import { DAY } from "../lib/clock.ts";
import { newId } from "../lib/ids.ts";

/**
 * `held` is one of many at once that is not let go yet; `due` waits for its next attempt; `closed` needed no mail (nobody
 * has the address, or enough were sent).
 */
export type OutboxState = "held" | "due" | "sent" | "closed" | "failed";

/** In which order due mails leave: what a person is waiting for goes before what was mailed to many at once. */
export const PRIORITY = { waiting: 0, many: 1 } as const;

/** A mail to be made and sent. It holds no secret: what its link needs is minted as it leaves. */
export interface OutboxEmail {
  id: string;
  kind: string;
  email: string;
  accountId: string | null;
  /** The digest of the request, where a browser waits for the mail: only then it has a code. */
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

const FINISHED_KEPT_FOR = 30 * DAY;

/**
 * Puts a mail into the outbox, in the transaction that answers for it. `closed: true` writes the very same row already
 * closed, so that an address over its limit costs what any other costs.
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
    priority: PRIORITY.waiting,
    attempts: 0,
    next_attempt_at: now,
    give_up_at: now + mail.tryForMs,
    created_at: now,
    finished_at: mail.closed ? now : null,
    answer: mail.closed ? "over the limit for this address" : null,
  });
}

const insert = batchInsert("latchkey_outbox", [
  ...(["id", "kind", "email", "account_id", "request", "locale", "data", "state", "priority", "attempts"] as const),
  ...(["next_attempt_at", "give_up_at", "created_at", "finished_at", "answer"] as const),
]);

/**
 * Takes up to `atMost` due mails for `leaseMs` milliseconds; nobody else gets them while the lease holds. The attempt is
 * counted here and not when it ends, so that a mail that kills the worker is not tried for ever. What people are waiting
 * for is taken first; with `many: false` nothing else is. Each priority is looked for by itself, so that a hundred
 * thousand mails that wait for their next attempt cost a look nothing.
 */
export async function claim(
  db: Db,
  atMost: number,
  leaseMs: number,
  now: number,
  { many = true } = {},
): Promise<OutboxEmail[]> {
  const waiting = await take(db, PRIORITY.waiting, atMost, leaseMs, now);
  if (!many || waiting.length === atMost) return waiting;
  return [...waiting, ...(await take(db, PRIORITY.many, atMost - waiting.length, leaseMs, now))];
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
    // Chosen once, before the update: as a subquery, PostgreSQL may choose again for every row, and then take too many.
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

/** A mail as one worker holds it: the number of the attempt tells it from a later holder's. */
export type LeasedEmail = Pick<OutboxEmail, "id" | "attempts">;

/** Holds on to a claimed mail for another `leaseMs`. Changes nothing where somebody else holds it by now. */
export async function renewLease(db: Db, mail: LeasedEmail, leaseMs: number, now: number): Promise<void> {
  await held(db, mail)
    .set({ next_attempt_at: now + leaseMs })
    .execute();
}

/** The mail was taken by the mail server, whoever holds it by now: it needs no further attempt. */
export async function markSent(db: Db, id: string, answer: string, now: number): Promise<void> {
  await db
    .updateTable("latchkey_outbox")
    .set({ state: "sent", answer, finished_at: now })
    .where("id", "=", id)
    .where("state", "=", "due")
    .execute();
}

/** The mail needs no sending, or is not tried any more; `why` says why. Changes nothing where somebody else holds it. */
export async function endEmail(
  db: Db,
  mail: LeasedEmail,
  state: "closed" | "failed",
  why: string,
  now: number,
): Promise<void> {
  await held(db, mail).set({ state, answer: why, finished_at: now }).execute();
}

/** The attempt failed; the next one may be made at `nextAttemptAt`. Changes nothing where somebody else holds the mail. */
export async function postponeEmail(db: Db, mail: LeasedEmail, nextAttemptAt: number, answer: string): Promise<void> {
  await held(db, mail).set({ next_attempt_at: nextAttemptAt, answer }).execute();
}

/** Gives a claimed mail back as though it had not been claimed: it is due again after all others, and no attempt was made. */
export async function releaseEmail(db: Db, mail: LeasedEmail, answer: string, now: number): Promise<void> {
  await held(db, mail)
    .set((row) => ({ attempts: row("attempts", "-", 1), next_attempt_at: now, answer }))
    .execute();
}

function held(db: Db, { id, attempts }: LeasedEmail) {
  return db
    .updateTable("latchkey_outbox")
    .where("id", "=", id)
    .where("attempts", "=", attempts)
    .where("state", "=", "due");
}

/** Deletes the rows of mails that were finished long ago. */
export async function purgeOutbox(db: Db, now: number): Promise<void> {
  const old = db
    .selectFrom("latchkey_outbox")
    .select("id")
    .where("finished_at", "<", now - FINISHED_KEPT_FOR);
  await db.deleteFrom("latchkey_outbox").where("id", "in", skipLocked(db, old)).execute();
}
