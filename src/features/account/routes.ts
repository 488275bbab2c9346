import { redirectTo, redirectToSignIn, showPage } from "../../http/answers.ts";
import { clearRequestCookie, clearSessionCookie } from "../../http/cookies.ts";
import { checkedNext } from "../../http/next.ts";
import { pathTo } from "../../http/page-context.ts";
import type { HttpPages } from "../../http/problem-page.ts";
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
import type { AccountView, accountPages } from "./pages.ts";

/** How long the account page confirms an action. */
const JUST_NOW = MINUTE;

/** The pages that these routes can show. */
export type AccountPages = HttpPages & typeof accountPages;

export const accountRoutes: Route<AccountPages>[] = [
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
    // The next user of a shared computer must not see which address requested an email here.
    const cookie = [clearSessionCookie(c.http), clearRequestCookie(c.http)];
    return redirectTo(c, "/sign-in", { cookie });
  }),
];

/** The account page: 200, or 422 with what was wrong with a form on it. */
export async function showAccount(
  c: RequestContext<AccountPages>,
  { account, session }: CurrentSession,
  problem: AccountView["problem"] = null,
): Promise<Response> {
  const { core } = c.http;
  const view: AccountView = {
    email: account.email,
    canChangeEmail: core.accounts.setEmail !== undefined,
    emailChangeRequested: c.query("email-change") === "requested",
    next: checkedNext(c.http, c.query("next")),
    sessions: await listSessions(core, { account, session }),
    currentId: session.id,
    justStarted: core.clock() - session.createdAt < JUST_NOW ? session.method : null,
    minLength: core.settings.passwordMinLength,
    problem,
  };
  return showPage(c, "account", view, { status: problem ? 422 : 200, address: pathTo(c.http, "/users/me") });
}
