import { DAY } from "../basics/clock.ts";
import { newId } from "../basics/ids.ts";
import { compiled } from "./compiled.ts";
import { skippingHeld } from "./engine.ts";
import type { Db, Schema } from "./schema.ts";

/** `due` waits for its next attempt; `closed` needed no mail (nobody has the address, or enough were sent). */
export type OutboxState = "due" | "sent" | "closed" | "given-up";

/** A mail to be made and sent. It holds no secret: what its link needs is minted as it leaves. */
export interface OutboxMail {
  id: string;
  kind: string;
  email: string;
  accountId: string | null;
  locale: string;
  data: Record<string, unknown>;
  /** This attempt included. */
  attempts: number;
  createdAt: number;
  giveUpAt: number;
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
    locale: mail.locale,
    data: JSON.stringify(mail.data),
    state: mail.closed ? "closed" : "due",
    now,
    give_up_at: now + mail.tryForMs,
    finished_at: mail.closed ? now : null,
    answer: mail.closed ? "over the limit for this address" : null,
  });
}

type Insert = Omit<Schema["latchkey_outbox"], "attempts" | "next_attempt_at" | "created_at"> & { now: number };

const insert = compiled((db, row: Insert) =>
  db.insertInto("latchkey_outbox").values({
    id: row.id,
    kind: row.kind,
    email: row.email,
    account_id: row.account_id,
    locale: row.locale,
    data: row.data,
    state: row.state,
    attempts: 0,
    next_attempt_at: row.now,
    give_up_at: row.give_up_at,
    created_at: row.now,
    finished_at: row.finished_at,
    answer: row.answer,
  }),
);

/**
 * Takes up to `atMost` due mails for `leaseMs` milliseconds; nobody else gets them while the lease holds. The attempt is
 * counted here and not when it ends, so that a mail that kills the worker is not tried for ever.
 */
export async function claim(db: Db, atMost: number, leaseMs: number, now: number): Promise<OutboxMail[]> {
  const due = db
    .selectFrom("latchkey_outbox")
    .select("id")
    .where("state", "=", "due")
    .where("next_attempt_at", "<=", now)
    .orderBy("next_attempt_at")
    .limit(atMost);
  const rows = await db
    // Chosen once, before the update: as a subquery, PostgreSQL may choose again for every row, and then take too many.
    .with("chosen", () => skippingHeld(db, due))
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
    locale: row.locale,
    data: JSON.parse(row.data),
    attempts: row.attempts,
    createdAt: row.created_at,
    giveUpAt: row.give_up_at,
  }));
}

/** A mail as one worker holds it: the number of the attempt tells it from a later holder's. */
export type Held = Pick<OutboxMail, "id" | "attempts">;

/** Holds on to a claimed mail for another `leaseMs`. Changes nothing where somebody else holds it by now. */
export async function renew(db: Db, mail: Held, leaseMs: number, now: number): Promise<void> {
  await held(db, mail)
    .set({ next_attempt_at: now + leaseMs })
    .execute();
}

/** The mail was taken by the mail server, whoever holds it by now: it needs no further attempt. */
export async function sent(db: Db, id: string, answer: string, now: number): Promise<void> {
  await db
    .updateTable("latchkey_outbox")
    .set({ state: "sent", answer, finished_at: now })
    .where("id", "=", id)
    .where("state", "=", "due")
    .execute();
}

/** The mail needs no sending, or is not tried any more; `why` says why. Changes nothing where somebody else holds it. */
export async function finish(
  db: Db,
  mail: Held,
  state: "closed" | "given-up",
  why: string,
  now: number,
): Promise<void> {
  await held(db, mail).set({ state, answer: why, finished_at: now }).execute();
}

/** The attempt failed; the next one may be made at `nextAttemptAt`. Changes nothing where somebody else holds the mail. */
export async function postpone(db: Db, mail: Held, nextAttemptAt: number, answer: string): Promise<void> {
  await held(db, mail).set({ next_attempt_at: nextAttemptAt, answer }).execute();
}

function held(db: Db, { id, attempts }: Held) {
  return db
    .updateTable("latchkey_outbox")
    .where("id", "=", id)
    .where("attempts", "=", attempts)
    .where("state", "=", "due");
}

/** Deletes the rows of mails that were finished long ago. */
export async function purgeOutbox(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom("latchkey_outbox")
    .where("finished_at", "<", now - FINISHED_KEPT_FOR)
    .execute();
}
