import { MINUTE } from "../basics/clock.ts";
import { endBegun, find, type Road } from "../store/sessions.ts";
import type { Core, Visitor } from "./core.ts";
import type { DeadLink } from "./mailed-link.ts";
import { signIn } from "./sign-in.ts";

/** So long after its use a link that is submitted again counts as the second half of a double click. */
const DOUBLE_CLICK = MINUTE;

/**
 * A double click sends the form twice, and the browser throws the first answer away, cookie and all. Whoever submits a
 * link again right after its use, with the very password that it set, is the person who set it: they are signed in with
 * that password, checked and limited as on the sign-in page, in place of the session whose cookie was lost.
 *
 * Returns a session token to set, `"signed-in"` where the browser is signed in to that account already, and null where
 * this is no double click, only a dead link.
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
  if (!account) return null;
  const brought = visitor.session === null ? null : await find(core.database.query, visitor.session, now);
  if (brought?.accountId === account.id) return "signed-in";

  const signedIn = await signIn(core, link.email, password, visitor);
  if (signedIn.kind !== "done") return null;
  await endBegun(core.database.query, account.id, road, link.at);
  return { session: signedIn.session };
}
