import { redirectTo, showPage } from "../../http/answers.ts";
import { clearRequestCookie, clearSessionCookie } from "../../http/cookies.ts";
import { pathTo } from "../../http/page-context.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { MINUTE } from "../../lib/clock.ts";
import {
  type CurrentSession,
  currentSession,
  endOtherSessions,
  endSession,
  listSessions,
  signOut,
} from "../../sessions/list.ts";
import type { AccountView } from "./pages.ts";

/** So long the page says what has just been done. */
const JUST_NOW = MINUTE;

export const accountRoutes: Route[] = [
  get("/", (visit) => redirectTo(visit, "/users/me")),

  get("/users/me", async (visit) => {
    const person = await currentSession(visit.http.core, visit.client.session);
    return person ? showAccount(visit, person) : redirectToSignIn(visit);
  }),

  post("/users/me/sessions/end", ["id"], async (visit, { id }) => {
    const person = await currentSession(visit.http.core, visit.client.session);
    if (!person) return redirectToSignIn(visit);
    if (id === "others") await endOtherSessions(visit.http.core, person, visit.client);
    else await endSession(visit.http.core, person, id, visit.client);
    return redirectTo(visit, "/users/me");
  }),

  post("/sign-out", [], async (visit) => {
    await signOut(visit.http.core, visit.client);
    // Whoever signs out may leave the computer to others, who need not read which address asked for a mail here.
    const cookie = [clearSessionCookie(visit.http), clearRequestCookie(visit.http)];
    return redirectTo(visit, "/sign-in", { cookie });
  }),
];

/** The signed-in person's page, with what went wrong on it, if anything did, or the new address that a mail is on its way to. */
export async function showAccount(
  visit: RequestContext,
  person: CurrentSession,
  problem: AccountView["problem"] = null,
  status = 200,
  emailAsked: AccountView["emailAsked"] = null,
): Promise<Response> {
  const { core } = visit.http;
  const list = await listSessions(core, person);
  const { account, session } = person;
  const { passwordMinLength: minLength } = core.rules;
  const justBegan = core.clock() - session.createdAt < JUST_NOW ? session.method : null;
  const about = { email: account.email, canChangeEmail: core.accounts.setEmail !== undefined, emailAsked };
  const view: AccountView = {
    ...about,
    sessions: list,
    currentId: session.id,
    justStarted: justBegan,
    minLength,
    problem,
  };
  return showPage(visit, "me", view, { status });
}

/** Sends somebody who is not signed in to the page where they can, and back here afterwards. */
export function redirectToSignIn(visit: RequestContext): Response {
  return redirectTo(visit, `/sign-in?next=${encodeURIComponent(pathTo(visit.http, "/users/me"))}`);
}
