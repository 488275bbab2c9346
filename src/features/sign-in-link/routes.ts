import { redirectTo, sessionRefused, showPage } from "../../http/answers.ts";
import { sessionCookie } from "../../http/cookies.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { otherAccount, respondToDeadSubmission, respondToRequest, showDeadLink } from "../../links/routes.ts";
import { secondTap } from "../../links/second-submit.ts";
import { currentSession } from "../../sessions/list.ts";
import { complete, preview, request } from "./flow.ts";

/** Absent where sign-in links are switched off. */
export const signInLinkRoutes: Route[] = [
  get("/sign-in-link", async (visit) => {
    const person = await currentSession(visit.http.core, visit.client.session);
    return showPage(visit, "signInLink", { email: "", problem: null, signedInAs: person?.account.email ?? null });
  }),

  post("/sign-in-link", ["email"], async (visit, { email }) => {
    const asked = await request(visit.http.core, email, visit.client);
    return respondToRequest(visit, asked, { purpose: "sign-in-link", email });
  }),

  get("/sign-in-link/", open),
  get("/sign-in-link/:token", open),

  post(
    "/sign-in-link/confirm",
    [],
    async (visit, { token = "", code = "" }) => {
      const { http: site, client: visitor } = visit;
      const used = await complete(site.core, { token, code }, visitor);
      switch (used.kind) {
        case "done":
          return redirectTo(visit, "/users/me", { cookie: sessionCookie(site, used.session, { lasting: true }) });
        case "mistake":
        case "wrong-code": {
          const view = { token, email: used.email, needsCode: true, problem: used };
          return showPage(
            visit,
            "confirmSignIn",
            { ...view, ...(await otherAccount(visit, used.email)) },
            { status: 422 },
          );
        }
        case "not-let-in":
        case "sent-elsewhere":
          return sessionRefused(visit, used, { behindLink: true });
        case "dead": {
          const dead = { purpose: "sign-in-link", link: used.link, lasting: true } as const;
          return respondToDeadSubmission(visit, dead, () => secondTap(site.core, used.link, visitor));
        }
      }
    },
    ["token", "code"],
  ),
];

async function open(visit: RequestContext): Promise<Response> {
  const token = visit.param("token");
  const seen = await preview(visit.http.core, token, visit.client);
  if (seen.kind === "dead") return showDeadLink(visit, "sign-in-link", seen.link);
  const { email, needsCode } = seen;
  const view = { token, email, needsCode, problem: null };
  return showPage(visit, "confirmSignIn", { ...view, ...(await otherAccount(visit, email)) });
}
