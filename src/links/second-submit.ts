import type { Account } from "../accounts/accounts-table.ts";
import type { Client, Core, SignInMethod } from "../core/context.ts";
import { lockAccount } from "../core/lock-account.ts";
import { MINUTE } from "../lib/clock.ts";
import { double, findSession } from "../sessions/store.ts";
import { clearAttempts, countAttempt, verifyPassword } from "../sign-in-attempts/attempts.ts";
import type { DeadLink } from "./preview.ts";
import { findRequest } from "./requests-store.ts";

/** So long after its use a link that is submitted again counts as the second half of a double click. */
const DOUBLE_CLICK = MINUTE;

/**
 * A double click sends the form twice; the browser shows the answer to one of them and throws the other away, cookie and
 * all, and nobody can tell which. Whoever submits a link again right after its use, with the very password that it set, is
 * the person who set it: the password is checked, and limited, as on the sign-in page, and the session that the first
 * submission began gets a second cookie.
 *
 * Returns a session token to set, `"signed-in"` where the browser is signed in to that account already, and null where
 * this is no double click, only a dead link. Throws HashingBusy.
 */
export async function secondSubmit(
  core: Core,
  submitted: { link: DeadLink; method: SignInMethod; password: string },
  client: Client,
): Promise<{ session: string } | "signed-in" | null> {
  const { link, method, password } = submitted;
  const now = core.clock();
  if (link.kind !== "ended" || link.reason !== "used" || link.at <= now - DOUBLE_CLICK) return null;

  const account = await core.accounts.findByEmail(core.database.query, link.email);
  if (!account || account.disabled) return null;
  if (await countAttempt(core, account.email, client)) return null;
  const stored = account.passwordHash;
  if (!(await verifyPassword(core, account.email, stored, password)) || stored === null) return null;

  return secondCookie(core, { account, method, since: link.at }, client);
}

/**
 * The same for a sign-in link, which sets no password. Here the proof is the cookie of the browser that asked for the link:
 * before the first submission the link and that cookie signed in, and within the minute they do so once more, into the same
 * session. A link that was used in another browser, with its code, does not count as used for this one, and proves nothing.
 */
export async function secondTap(
  core: Core,
  link: DeadLink,
  client: Client,
): Promise<{ session: string } | "signed-in" | null> {
  const now = core.clock();
  if (link.kind !== "ended" || link.reason !== "used" || link.at <= now - DOUBLE_CLICK) return null;
  const request = client.request === null ? null : await findRequest(core.database.query, client.request, now);
  if (!request || request.digest !== link.request || request.usedAt === null) return null;

  const account = await core.accounts.findByEmail(core.database.query, link.email);
  if (!account || account.disabled) return null;
  return secondCookie(core, { account, method: "sign-in-link", since: link.at }, client);
}

async function secondCookie(
  core: Core,
  { account, method, since }: { account: Account; method: SignInMethod; since: number },
  client: Client,
): Promise<{ session: string } | "signed-in" | null> {
  const accountId = account.id;
  const brought = client.session === null ? null : await findSession(core.database.query, client.session, core.clock());
  if (brought?.accountId === accountId) return "signed-in";
  const session = await core.database.transaction(async (tx) => {
    // The password that was stored must still be: whatever ended it meanwhile ended the session, too.
    if (!(await lockAccount(core, tx, account))) return null;
    await clearAttempts(tx, account.email);
    return double(tx, { accountId, method, since });
  });
  return session === null ? null : { session };
}
