import { record } from "../audit/store.ts";
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

/** What an operator sends again goes on trying for a day. */
const TRIED_FOR = DAY;
/** The length of a worker's lease. An email that is due sooner may be in delivery. */
const IN_HAND = 10 * SECOND;

/** The newest mails, newest first. An address that is none has had no mail. */
export function listMail(
  core: Core,
  filter: { state?: ListedState | undefined; to?: string | undefined; atMost: number },
): Promise<ListedEmail[]> {
  const { state, to, atMost } = filter;
  const settled = to === undefined ? null : normaliseEmail(to);
  const email = settled === null ? {} : { email: settled.kind === "address" ? settled.email : "" };
  return listEmails(core.database.query, { ...(state ? { state } : {}), ...email, atMost });
}

/** The mail of this id, or null. */
export function showMail(core: Core, id: string): Promise<ListedEmail | null> {
  return findEmail(core.database.query, id);
}

/** What came of trying a mail again. */
export type Retried =
  | { kind: "done"; mail: ListedEmail }
  | { kind: "unknown" }
  /** It left, needed no mail, or is held: there is nothing to try again. */
  | { kind: "not-tried"; mail: ListedEmail }
  /** Its next attempt is seconds away, or under way. */
  | { kind: "in-hand"; mail: ListedEmail };

/** Has a mail tried again now: one that was given up, or one that waits for its next attempt. */
export async function retryOne(core: Core, id: string): Promise<Retried> {
  const mail = await findEmail(core.database.query, id);
  if (!mail) return { kind: "unknown" };

  const now = core.clock();
  const retried = await core.database.transaction(async (tx) => {
    if (!(await retryEmail(tx, id, { tryForMs: TRIED_FOR, leaseMs: IN_HAND }, now))) return null;
    return record(tx, { kind: "email-retried", email: mail.email }, now);
  });
  if (retried === null) return { kind: mail.nextAttemptAt === null ? "not-tried" : "in-hand", mail };

  core.notifyWorker();
  return { kind: "done", mail };
}

/** Has every mail that was given up tried again. Returns how many there were. */
export async function retryAllFailed(core: Core): Promise<number> {
  const now = core.clock();
  const many = await core.database.transaction(async (tx) => {
    const retried = await retryFailed(tx, TRIED_FOR, now);
    if (retried > 0) await record(tx, { kind: "email-retried" }, now);
    return retried;
  });
  if (many > 0) core.notifyWorker();
  return many;
}
