import { record } from "../../audit/store.ts";
import type { Core, NotLetIn, TooMany, Visitor } from "../../core/context.ts";
import { newPasswordProblem } from "../../core/new-password.ts";
import { queueNotice } from "../../links/notice.ts";
import { lockOut } from "../../links/revoke-all.ts";
import type { PasswordProblem } from "../../passwords/policy.ts";
import { count } from "../../rate-limits/store.ts";
import type { SignedInPerson } from "../../sessions/list.ts";
import { beginSession, refusalOf, roadAfter } from "../../sessions/start.ts";
import { countTry, forgiveTries, isRight, takeBackTry } from "../../sign-in-attempts/attempts.ts";

/** What came of changing the password. */
export type Changed =
  | { kind: "done"; session: string }
  | { kind: "wrong-current-password" }
  | { kind: "refused-password"; problem: PasswordProblem }
  | NotLetIn
  | TooMany;

/**
 * Changes the password of the person who is signed in, who must know the current one, also right after a reset: a browser
 * left open must not be enough. Ends every other session and every link but "This wasn't me", and gives this browser a new
 * session. Throws HashingBusy.
 */
export async function change(
  core: Core,
  { account, session: { road } }: SignedInPerson,
  passwords: { current: string; next: string },
  visitor: Visitor,
): Promise<Changed> {
  const problem = await newPasswordProblem(core, { password: passwords.next, email: account.email });
  if (problem) return { kind: "refused-password", problem };

  const tooMany = await countTry(core, account.email, visitor);
  if (tooMany) return tooMany;
  const stored = account.passwordHash;
  const matches = await isRight(core, account.email, stored, passwords.current);
  if (!matches || stored === null) return { kind: "wrong-current-password" };

  const tooOften = await countChange(core, account.id);
  const refusal = tooOften ?? (await refusalOf(core, account, roadAfter(road, "password-change"), visitor));
  if (refusal) {
    await takeBackTry(core, account.email);
    return refusal;
  }
  const passwordHash = await core.hashing.hash(passwords.next);
  const session = await core.database.transaction(async (tx) => {
    const now = core.clock();
    if (!(await core.accounts.setPassword(tx, account.id, passwordHash, stored))) return null;
    // Under the lock: an address that was changed meanwhile ended this session, and the notice must reach its owner.
    if ((await core.accounts.findById(tx, account.id))?.email !== account.email) return null;
    await lockOut(core, tx, account.id, "password-changed");
    await forgiveTries(tx, account.email);
    await queueNotice(core, tx, { kind: "password-changed", account }, visitor);
    const { client, browser } = visitor;
    await record(tx, { kind: "password-changed", accountId: account.id, email: account.email, client, browser }, now);
    return beginSession(core, tx, account, roadAfter(road, "password-change"), visitor);
  });
  if (session === null) return { kind: "wrong-current-password" };

  core.mailQueued();
  return { kind: "done", session };
}

/**
 * Every change mails a notice, and so there are no more of them than of other mails to one address. A thief who changes the
 * password again and again would use up the day's mails, and end each link that the owner asks for. Null: go on.
 */
async function countChange({ database, rules, clock }: Core, accountId: string): Promise<TooMany | null> {
  const now = clock();
  const key = `changing password ${accountId}`;
  const counted = await database.together((tx) => count(tx, key, rules.mailsPerAddress, now), [key]);
  return counted.within ? null : { kind: "too-many", retryAfterMs: counted.windowEndsAt - now };
}
