import { recordEvent } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { DAY, SECOND } from "../lib/clock.ts";
import { normaliseEmail } from "../lib/email-address.ts";
import {
  findEmail,
  type ListedEmail,
  type ListedState,
  listEmails,
  retryEmail,
  retryFailed,
} from "./mail-queue-store.ts";

/** How long an email is retried after an operator requests it. */
const TRIED_FOR = DAY;
/** The length of a worker's lease. An email that is due sooner may be in delivery. */
const IN_HAND = 10 * SECOND;

/** Selects emails of the outbox. */
export interface EmailFilter {
  state?: ListedState | undefined;
  /** The recipient's address. */
  to?: string | undefined;
  atMost: number;
}

/** Lists emails, newest first. An invalid address matches nothing. */
export function listMail(core: Core, filter: EmailFilter): Promise<ListedEmail[]> {
  const { state, to, atMost } = filter;
  const settled = to === undefined ? null : normaliseEmail(to);
  const email = settled === null ? {} : { email: settled.kind === "address" ? settled.email : "" };
  return listEmails(core.database.query, { ...(state ? { state } : {}), ...email, atMost });
}

/** The email with this id, or null. */
export function showMail(core: Core, id: string): Promise<ListedEmail | null> {
  return findEmail(core.database.query, id);
}

/** The outcome of retrying an email. */
export type RetryResult =
  | { kind: "done"; mail: ListedEmail }
  | { kind: "unknown" }
  /** It was sent, needed no email, or is held: there is nothing to retry. */
  | { kind: "not-tried"; mail: ListedEmail }
  /** Its next attempt is in progress or seconds away. */
  | { kind: "in-hand"; mail: ListedEmail };

/** Retries an email now: one that was given up, or one that waits for its next attempt. */
export async function retryOne(core: Core, id: string): Promise<RetryResult> {
  const mail = await findEmail(core.database.query, id);
  if (!mail) return { kind: "unknown" };

  const now = core.clock();
  const retried = await core.database.transaction(async (tx) => {
    if (!(await retryEmail(tx, id, { tryForMs: TRIED_FOR, leaseMs: IN_HAND }, now))) return null;
    return recordEvent(tx, { kind: "email-retried", account: { id: null, email: mail.email }, now });
  });
  if (retried === null) return { kind: mail.nextAttemptAt === null ? "not-tried" : "in-hand", mail };

  core.notifyWorker();
  return { kind: "done", mail };
}

/** Retries every email that was given up. Returns how many. */
export async function retryAllFailed(core: Core): Promise<number> {
  const now = core.clock();
  const many = await core.database.transaction(async (tx) => {
    const retried = await retryFailed(tx, TRIED_FOR, now);
    if (retried > 0) await recordEvent(tx, { kind: "email-retried", now });
    return retried;
  });
  if (many > 0) core.notifyWorker();
  return many;
}
