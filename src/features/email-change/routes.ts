import { sessionRefused, showPage, tooMany } from "../../http/answers.ts";
import { sessionCookie } from "../../http/cookies.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { showDeadLink } from "../../links/routes.ts";
import { currentSession } from "../../sessions/list.ts";
import { redirectToSignIn, showAccount } from "../account/routes.ts";
import { complete, preview, request } from "./flow.ts";

/** Absent where the table of accounts cannot change an address. */
export const emailChangeRoutes: Route[] = [
  post("/users/me/email", ["email", "current_password"], async (visit, { email, current_password: current }) => {
    const { core } = visit.http;
    const person = await currentSession(core, visit.client.session);
    if (!person) return redirectToSignIn(visit);

    const asked = await request(core, person, { email, current }, visit.client);
    switch (asked.kind) {
      case "queued":
        return showAccount(visit, person, null, 200, asked.email);
      case "mistake":
      case "same-address":
        return showAccount(visit, person, { field: "new-email", why: asked.kind, typed: email }, 422);
      case "wrong-current-password":
        return showAccount(visit, person, { field: "email-password", typed: email }, 422);
      case "forged":
        return showPage(visit, "problem", { status: 400, id: null }, { status: 400 });
      case "too-many":
        return tooMany(visit, asked, "current-password");
    }
  }),

  get("/address-change/", open),
  get("/address-change/:token", open),

  post(
    "/address-change",
    [],
    async (visit, { token = "", password = "" }) => {
      const { http: site, client: visitor } = visit;
      const person = await currentSession(site.core, visitor.session);
      const changed = await complete(site.core, { token, password }, visitor);
      switch (changed.kind) {
        case "done": {
          const { email, session } = changed;
          // A session from a reset ends with the browser, and so does the one that takes its place.
          const lasting = person?.session.method !== "password-reset";
          const cookie = session === null ? {} : { cookie: sessionCookie(site, session, { lasting }) };
          return showPage(visit, "addressChanged", { email, signedIn: session !== null }, cookie);
        }
        case "wrong-password": {
          const { from, email, kind: problem } = changed;
          const view = { token, from, email, needsPassword: true, problem };
          return showPage(visit, "confirmAddress", view, { status: 422 });
        }
        case "dead":
          return showDeadLink(visit, "address-change", changed.link);
        case "not-let-in":
        case "sent-elsewhere":
          return sessionRefused(visit, changed, { behindLink: true });
        case "too-many":
          return tooMany(visit, changed, "password");
      }
    },
    ["token", "password"],
  ),
];

async function open(visit: RequestContext): Promise<Response> {
  const token = visit.param("token");
  const seen = await preview(visit.http.core, token, visit.client);
  if (seen.kind === "dead") return showDeadLink(visit, "address-change", seen.link);
  const { from, email, needsPassword } = seen;
  return showPage(visit, "confirmAddress", { token, from, email, needsPassword, problem: null });
}
