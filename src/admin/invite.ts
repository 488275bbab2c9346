import { recordMany } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { normaliseEmail } from "../lib/email-address.ts";
import { newId } from "../lib/ids.ts";
import { holdEmails } from "../mail/bulk-store.ts";
import { addAccounts } from "./all-accounts-store.ts";

/** One address of a list, and the line on which it stands. */
export interface InviteRow {
  line: number;
  email: string;
}

/** A line that cannot be taken, and why, in a sentence's half: "line 7 …". */
export interface InvalidRow {
  line: number;
  why: string;
}

/** What came of a list. With a bad line in it nothing at all is done. */
export type InviteResult =
  | { kind: "refused"; lines: InvalidRow[] }
  | { kind: "done"; made: number; alreadyThere: number; twice: number };

/** A statement takes so many rows. */
const PAGE = 500;

/**
 * Makes an account without a password for each address of a list, and holds a mail for it in which a link sets one. All
 * in one transaction: the whole list is done, or nothing is. Addresses that have an account already are left alone and
 * get no mail, so that a list may be given twice.
 */
export async function invite(core: Core, list: InviteRow[]): Promise<InviteResult> {
  const emails = new Set<string>();
  const lines: InvalidRow[] = [];
  for (const { line, email } of list) {
    const settled = normaliseEmail(email);
    if (settled.kind === "address") emails.add(settled.email);
    else lines.push({ line, why: email.trim() === "" ? "has no address" : "holds no email address that can be used" });
  }
  if (lines.length > 0) return { kind: "refused", lines };

  const now = core.clock();
  const accounts = [...emails].map((email) => ({ id: newId(now), email }));
  const made = await core.database.transaction(async (tx) => {
    let many = 0;
    for (let from = 0; from < accounts.length; from += PAGE) {
      const added = await addAccounts(tx, accounts.slice(from, from + PAGE), now);
      const mails = added.map(({ id, email }) => ({ id: newId(now), email, accountId: id }));
      await holdEmails(tx, "invitation", mails, now);
      await recordMany(tx, "invited", added, now);
      many += added.length;
    }
    return many;
  });
  return { kind: "done", made, alreadyThere: emails.size - made, twice: list.length - emails.size };
}
