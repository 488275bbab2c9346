import { record } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { DAY, SECOND } from "../lib/clock.ts";
import { settleEmail } from "../lib/email-address.ts";
import { findMail, type ListedMail, type ListedState, listMails, retryGivenUp, retryMail } from "./mail-queue-store.ts";

/** What an operator sends again goes on trying for a day. */
const TRIED_FOR = DAY;
/** As long as a worker's lease: what is due sooner may be in somebody's hands. */
const IN_HAND = 10 * SECOND;

/** The newest mails, newest first. An address that is none has had no mail. */
export function listMail(
  core: Core,
  filter: { state?: ListedState | undefined; to?: string | undefined; atMost: number },
): Promise<ListedMail[]> {
  const { state, to, atMost } = filter;
  const settled = to === undefined ? null : settleEmail(to);
  const email = settled === null ? {} : { email: settled.kind === "address" ? settled.email : "" };
  return listMails(core.database.query, { ...(state ? { state } : {}), ...email, atMost });
}

/** The mail of this id, or null. */
export function showMail(core: Core, id: string): Promise<ListedMail | null> {
  return findMail(core.database.query, id);
}

/** What came of trying a mail again. */
export type Retried =
  | { kind: "done"; mail: ListedMail }
  | { kind: "unknown" }
  /** It left, needed no mail, or is held: there is nothing to try again. */
  | { kind: "not-tried"; mail: ListedMail }
  /** Its next attempt is seconds away, or under way. */
  | { kind: "in-hand"; mail: ListedMail };

/** Has a mail tried again now: one that was given up, or one that waits for its next attempt. */
export async function retryOne(core: Core, id: string): Promise<Retried> {
  const mail = await findMail(core.database.query, id);
  if (!mail) return { kind: "unknown" };

  const now = core.clock();
  const retried = await core.database.transaction(async (tx) => {
    if (!(await retryMail(tx, id, { tryForMs: TRIED_FOR, leaseMs: IN_HAND }, now))) return null;
    return record(tx, { kind: "mail-retried", email: mail.email }, now);
  });
  if (retried === null) return { kind: mail.nextAttemptAt === null ? "not-tried" : "in-hand", mail };

  core.mailQueued();
  return { kind: "done", mail };
}

/** Has every mail that was given up tried again. Returns how many there were. */
export async function retryAllGivenUp(core: Core): Promise<number> {
  const now = core.clock();
  const many = await core.database.transaction(async (tx) => {
    const retried = await retryGivenUp(tx, TRIED_FOR, now);
    if (retried > 0) await record(tx, { kind: "mail-retried" }, now);
    return retried;
  });
  if (many > 0) core.mailQueued();
  return many;
}
