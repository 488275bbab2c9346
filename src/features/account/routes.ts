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
  get("/", (c) => redirectTo(c, "/users/me")),

  get("/users/me", async (c) => {
    const person = await currentSession(c.http.core, c.client.session);
    return person ? showAccount(c, person) : redirectToSignIn(c);
  }),

  post("/users/me/sessions/end", ["id"], async (c, { id }) => {
    const person = await currentSession(c.http.core, c.client.session);
    if (!person) return redirectToSignIn(c);
    if (id === "others") await endOtherSessions(c.http.core, person, c.client);
    else await endSession(c.http.core, person, id, c.client);
    return redirectTo(c, "/users/me");
  }),

  post("/sign-out", [], async (c) => {
    await signOut(c.http.core, c.client);
    // Whoever signs out may leave the computer to others, who need not read which address asked for a mail here.
    const cookie = [clearSessionCookie(c.http), clearRequestCookie(c.http)];
    return redirectTo(c, "/sign-in", { cookie });
  }),
];

/** The signed-in person's page, with what went wrong on it, if anything did, or the new address that a mail is on its way to. */
export async function showAccount(
  c: RequestContext,
  person: CurrentSession,
  problem: AccountView["problem"] = null,
  status = 200,
  emailAsked: AccountView["emailAsked"] = null,
): Promise<Response> {
  const { core } = c.http;
  const list = await listSessions(core, person);
  const { account, session } = person;
  const { passwordMinLength: minLength } = core.rules;
  const justStarted = core.clock() - session.createdAt < JUST_NOW ? session.method : null;
  const about = { email: account.email, canChangeEmail: core.accounts.setEmail !== undefined, emailAsked };
  const view: AccountView = {
    ...about,
    sessions: list,
    currentId: session.id,
    justStarted,
    minLength,
    problem,
  };
  return showPage(c, "account", view, { status });
}

/** Sends somebody who is not signed in to the page where they can, and back here afterwards. */
export function redirectToSignIn(c: RequestContext): Response {
  return redirectTo(c, `/sign-in?next=${encodeURIComponent(pathTo(c.http, "/users/me"))}`);
}
