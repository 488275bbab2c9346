import { recordEvents } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { normaliseEmail } from "../lib/email-address.ts";
import { newId } from "../lib/ids.ts";
import { revokeSignUps } from "../links/revoke-all.ts";
import { holdEmails } from "../mail/bulk-store.ts";
import { accountsToInviteAgain, addAccounts } from "./all-accounts-store.ts";

/** One address of a list, and its line number. */
export interface InviteRow {
  line: number;
  email: string;
}

/** A line that is refused, and why. `why` follows "line 7: ". */
export interface InvalidRow {
  line: number;
  why: string;
}

/** The outcome of a list. A list with an invalid line changes nothing. */
export type InviteResult =
  | { kind: "refused"; lines: InvalidRow[] }
  | {
      kind: "done";
      made: number;
      /** Accounts without a password that get the invitation again. */
      invitedAgain: number;
      /** Accounts with a password, disabled ones, and those whose invitation waits to leave. */
      alreadyThere: number;
      twice: number;
    };

/** Rows per statement. */
const PAGE = 500;

/**
 * Creates an account without a password for each address of a list, and holds an email for it whose link sets one. One
 * transaction does the whole list or nothing. An account that has no password yet gets the invitation
 * again, unless one waits to leave. Every other account is unchanged and gets no email, so that a list may be given twice.
 */
export async function invite(core: Core, list: InviteRow[]): Promise<InviteResult> {
  const emails = new Set<string>();
  const lines: InvalidRow[] = [];
  for (const { line, email } of list) {
    const settled = normaliseEmail(email);
    if (settled.kind === "address") emails.add(settled.email);
    else lines.push({ line, why: email.trim() === "" ? "no email address" : "invalid email address" });
  }
  if (lines.length > 0) return { kind: "refused", lines };

  const now = core.clock();
  const accounts = [...emails].map((email) => ({ id: newId(now), email }));
  const { made, invitedAgain } = await core.database.transaction(async (tx) => {
    let made = 0;
    let invitedAgain = 0;
    for (let from = 0; from < accounts.length; from += PAGE) {
      const page = accounts.slice(from, from + PAGE);
      const added = await addAccounts(tx, page, now);
      const fresh = new Set(added.map(({ email }) => email));
      const others = page.map(({ email }) => email).filter((email) => !fresh.has(email));
      const again = await accountsToInviteAgain(tx, others);
      const mails = [...added, ...again].map(({ id, email }) => ({ id: newId(now), email, accountId: id }));
      await holdEmails(tx, "invitation", mails, now);
      const invited = added.map(({ email }) => email);
      await revokeSignUps(tx, invited, now);
      await recordEvents(tx, { kind: "invited", accounts: [...added, ...again], now });
      made += added.length;
      invitedAgain += again.length;
    }
    return { made, invitedAgain };
  });
  return {
    kind: "done",
    made,
    invitedAgain,
    alreadyThere: emails.size - made - invitedAgain,
    twice: list.length - emails.size,
  };
}
