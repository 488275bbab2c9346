import { redirectTo, sessionRefused, showPage } from "../../http/answers.ts";
import { sessionCookie } from "../../http/cookies.ts";
import { LINK_PATHS } from "../../http/page-context.ts";
import { post, type Route } from "../../http/route.ts";
import { pendingRequest } from "../../links/waiting.ts";
import { submitCode } from "./code.ts";
import { showCheckEmail } from "./routes.ts";

export const codeRoutes: Route[] = [
  post("/code", ["code"], async (visit, { code }) => {
    const { http: site, client: visitor } = visit;
    const typed = await submitCode(site.core, code, visitor);
    switch (typed.kind) {
      case "done":
        return redirectTo(visit, "/users/me", { cookie: sessionCookie(site, typed.session, { lasting: true }) });
      case "not-let-in":
      case "sent-elsewhere":
        return sessionRefused(visit, typed, { behindLink: false });
      case "go-on":
        return redirectTo(visit, `${LINK_PATHS[typed.purpose]}/${typed.token}`);
      case "mistake":
        return showCheckEmail(visit, await pendingRequest(site.core, visitor), { problem: typed }, { status: 422 });
      case "wrong-code": {
        if (typed.triesLeft > 0)
          return showCheckEmail(visit, await pendingRequest(site.core, visitor), { problem: typed }, { status: 422 });
        return over(visit, "too-many-tries");
      }
      case "over":
        return over(visit, typed.why);
    }
  }),
];

/** Says why no code is taken here, with a button for a new mail. 410, as for a dead link. */
async function over(
  visit: Parameters<typeof showPage>[0],
  why: "nothing-asked" | "used" | "too-many-tries",
): Promise<Response> {
  const again = await pendingRequest(visit.http.core, visit.client);
  return showPage(visit, "codeOver", { why, again }, { status: 410 });
}
