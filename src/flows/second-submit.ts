import { MINUTE } from "../basics/clock.ts";
import { double, find, type Road } from "../store/sessions.ts";
import type { Core, Visitor } from "./core.ts";
import type { DeadLink } from "./mailed-link.ts";
import { countTry, forgiveTries, isRight } from "./sign-in.ts";

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
  submitted: { link: DeadLink; road: Road; password: string },
  visitor: Visitor,
): Promise<{ session: string } | "signed-in" | null> {
  const { link, road, password } = submitted;
  const now = core.clock();
  if (link.kind !== "ended" || link.reason !== "used" || link.at <= now - DOUBLE_CLICK) return null;

  const account = await core.accounts.findByEmail(core.database.query, link.email);
  if (!account || account.disabled) return null;
  if (await countTry(core, account.email, visitor)) return null;
  const stored = account.passwordHash;
  if (!(await isRight(core, account.email, stored, password)) || stored === null) return null;

  const brought = visitor.session === null ? null : await find(core.database.query, visitor.session, now);
  if (brought?.accountId === account.id) return "signed-in";
  const session = await core.database.transaction(async (tx) => {
    // The password that was checked must still be the stored one, as on the sign-in page.
    if (!(await core.accounts.setPassword(tx, account.id, stored, stored))) return null;
    await forgiveTries(tx, account.email);
    return double(tx, { accountId: account.id, road, since: link.at });
  });
  return session === null ? null : { session };
}
