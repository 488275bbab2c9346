import { redirectTo, redirectToSignIn, sessionRefused, showPage, tooMany } from "../../http/answers.ts";
import { sessionCookie } from "../../http/cookies.ts";
import { provenOutcome, redirectToDone } from "../../http/done.ts";
import { linkPath, pathTo } from "../../http/page-context.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { type LinkPages, showDeadLink } from "../../links/routes.ts";
import { currentSession } from "../../sessions/list.ts";
import { complete, preview, request } from "./flow.ts";
import type { EmailChangeProblem, emailChangePages } from "./pages.ts";

type Pages = LinkPages & typeof emailChangePages;

/** Absent if the accounts table cannot change an address. */
export const emailChangeRoutes: Route<Pages>[] = [
  post("/users/me/email", ["email", "current_password"], async (c, { email, current_password: current }) => {
    const { core } = c.http;
    const person = await currentSession(core, c.client.session);
    if (!person) return redirectToSignIn(c);

    const address = pathTo(c.http, "/users/me");
    const again = (problem: EmailChangeProblem) =>
      showPage(c, "changeEmail", { email: person.account.email, problem }, { status: 422, address });

    const asked = await request(core, person, { email, current }, c.client);
    switch (asked.kind) {
      case "queued":
        return redirectTo(c, "/users/me?email-change=requested");
      case "invalid-email":
      case "same-address":
        return again({ field: "new-email", why: asked.kind, typed: email });
      case "wrong-current-password":
        return again({ field: "email-password", typed: email });
      case "malformed":
        return showPage(c, "problem", { status: 400, id: null }, { status: 400 });
      case "too-many":
        return tooMany(c, asked, "current-password");
    }
  }),

  get("/address-change/", open),
  get("/address-change/done", async (c) => {
    const outcome = provenOutcome(c, "/address-change");
    if (outcome === null) return redirectTo(c, "/users/me");
    // A browser without session of the account may have one of another account.
    const person = outcome === "signed-in" ? await currentSession(c.http.core, c.client.session) : null;
    return showPage(c, "emailChanged", { email: person?.account.email ?? null, signedIn: person !== null });
  }),
  get("/address-change/:token", open),

  post(
    "/address-change",
    [],
    async (c, { token = "", password = "" }) => {
      const { http, client } = c;
      const changed = await complete(http.core, { token, password }, client);
      switch (changed.kind) {
        case "done": {
          const { session, lasting } = changed;
          const cookie = session === null ? [] : sessionCookie(http, { session, lasting });
          return redirectToDone(c, "/address-change", session === null ? "signed-out" : "signed-in", { cookie });
        }
        case "wrong-password": {
          const { from, email, kind: problem } = changed;
          const view = { token, from, email, needsPassword: true, problem };
          const answer = { status: 422, address: linkPath(http, "email-change", token) };
          return showPage(c, "confirmEmailChange", view, answer);
        }
        case "dead":
          return showDeadLink(c, "email-change", changed.link);
        case "session-refused":
        case "go-to":
          return sessionRefused(c, changed, { behindLink: true });
        case "too-many":
          return tooMany(c, changed, "password");
      }
    },
    ["token", "password"],
  ),
];

async function open(c: RequestContext<Pages>): Promise<Response> {
  const token = c.param("token");
  const seen = await preview(c.http.core, token, c.client);
  if (seen.kind === "dead") return showDeadLink(c, "email-change", seen.link);
  const { from, email, needsPassword } = seen;
  return showPage(c, "confirmEmailChange", { token, from, email, needsPassword, problem: null });
}
