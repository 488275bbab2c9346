import { goTo, showPage } from "../../http/answers.ts";
import { noRequestCookie, noSessionCookie } from "../../http/cookies.ts";
import { pathTo } from "../../http/page-context.ts";
import { get, post, type Route, type Visit } from "../../http/route.ts";
import { MINUTE } from "../../lib/clock.ts";
import {
  endOtherSessions,
  endSession,
  listSessions,
  type SignedInPerson,
  signOut,
  whoIs,
} from "../../sessions/list.ts";
import type { MeView } from "./pages.ts";

/** So long the page says what has just been done. */
const JUST_NOW = MINUTE;

export const sessions: Route[] = [
  get("/", (visit) => goTo(visit, "/users/me")),

  get("/users/me", async (visit) => {
    const person = await whoIs(visit.site.core, visit.visitor.session);
    return person ? showMe(visit, person) : askToSignIn(visit);
  }),

  post("/users/me/sessions/end", ["id"], async (visit, { id }) => {
    const person = await whoIs(visit.site.core, visit.visitor.session);
    if (!person) return askToSignIn(visit);
    if (id === "others") await endOtherSessions(visit.site.core, person, visit.visitor);
    else await endSession(visit.site.core, person, id, visit.visitor);
    return goTo(visit, "/users/me");
  }),

  post("/sign-out", [], async (visit) => {
    await signOut(visit.site.core, visit.visitor);
    // Whoever signs out may leave the computer to others, who need not read which address asked for a mail here.
    const cookie = [noSessionCookie(visit.site), noRequestCookie(visit.site)];
    return goTo(visit, "/sign-in", { cookie });
  }),
];

/** The signed-in person's page, with what went wrong on it, if anything did, or the new address that a mail is on its way to. */
export async function showMe(
  visit: Visit,
  person: SignedInPerson,
  problem: MeView["problem"] = null,
  status = 200,
  emailAsked: MeView["emailAsked"] = null,
): Promise<Response> {
  const { core } = visit.site;
  const list = await listSessions(core, person);
  const { account, session } = person;
  const { passwordMinLength: minLength } = core.rules;
  const justBegan = core.clock() - session.createdAt < JUST_NOW ? session.road : null;
  const about = { email: account.email, canChangeEmail: core.accounts.setEmail !== undefined, emailAsked };
  const view: MeView = { ...about, sessions: list, here: session.id, justBegan, minLength, problem };
  return showPage(visit, "me", view, { status });
}

/** Sends somebody who is not signed in to the page where they can, and back here afterwards. */
export function askToSignIn(visit: Visit): Response {
  return goTo(visit, `/sign-in?next=${encodeURIComponent(pathTo(visit.site, "/users/me"))}`);
}
