import { redirectTo, redirectToSignIn, showPage } from "../../http/answers.ts";
import { clearRequestCookie, clearSessionCookie } from "../../http/cookies.ts";
import { provenOutcome, provenQuery } from "../../http/done.ts";
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

/** The form that ends sessions. */
const SESSIONS_END = "/users/me/sessions/end";

/** The pages that these routes can show. */
export type AccountPages = HttpPages & typeof accountPages;

export const accountRoutes: Route<AccountPages>[] = [
  get("/", (c) => redirectTo(c, "/users/me")),

  get("/users/me", async (c) => {
    const person = await currentSession(c.http.core, c.client.session);
    return person ? showAccount(c, person) : redirectToSignIn(c);
  }),

  post(SESSIONS_END, ["id"], async (c, { id }) => {
    const person = await currentSession(c.http.core, c.client.session);
    if (!person) return redirectToSignIn(c);
    const { core } = c.http;
    if (id === "others") {
      await endOtherSessions(core, person, c.client);
      return redirectTo(c, `/users/me?${provenQuery(c, SESSIONS_END, "others")}`);
    }
    const ended = await endSession(core, person, id, c.client);
    return redirectTo(c, ended ? `/users/me?${provenQuery(c, SESSIONS_END, `one:${ended.browser}`)}` : "/users/me");
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
    done:
      outcomeOf(c) ?? (core.clock() - session.createdAt < JUST_NOW ? { kind: "signed-in", by: session.method } : null),
    next: checkedNext(c.http, c.query("next")),
    sessions: await listSessions(core, { account, session }),
    currentId: session.id,
    hasPassword: account.passwordHash !== null,
    minLength: core.settings.passwordMinLength,
    isChangingPassword: c.query("change") === "password",
    problem,
  };
  return showPage(c, "account", view, { status: problem ? 422 : 200, address: pathTo(c.http, "/users/me") });
}

/** What a form of the account page did, as the redirect after it states. */
function outcomeOf(c: RequestContext<AccountPages>): AccountView["done"] {
  if (c.query("email-change") === "requested") return { kind: "email-change-requested" };
  const ended = provenOutcome(c, SESSIONS_END);
  if (ended === null) return null;
  return ended === "others" ? { kind: "ended-others" } : { kind: "ended-one", browser: ended.replace(/^one:/, "") };
}
