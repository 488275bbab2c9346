import { PURPOSES } from "../../core/purposes.ts";
import { redirectTo, redirectToPath, sessionRefused, showPage } from "../../http/answers.ts";
import { sessionCookie } from "../../http/cookies.ts";
import { checkedNext } from "../../http/next.ts";
import { pathTo } from "../../http/page-context.ts";
import { post, type RequestContext, type Route } from "../../http/route.ts";
import { pathAfterUse } from "../../links/routes.ts";
import { pendingRequest } from "../../links/waiting.ts";
import { submitCode } from "./code.ts";
import { type CheckEmailPages, showCheckEmail } from "./routes.ts";

export const codeRoutes: Route<CheckEmailPages>[] = [
  post("/code", ["code"], async (c, { code }) => {
    const { http, client } = c;
    const typed = await submitCode(http.core, code, client);
    switch (typed.kind) {
      case "done":
        return redirectToPath(pathAfterUse(http, "sign-in-link", typed.origin), { cookie: sessionCookie(http, typed) });
      case "session-refused":
      case "go-to":
        return sessionRefused(c, typed, { behindLink: false });
      case "continue":
        return redirectTo(c, `${PURPOSES[typed.purpose].linkPath}/${typed.token}`);
      case "invalid-code":
        return showCheckEmail(c, await pendingRequest(http.core, client), { problem: typed }, { status: 422 });
      case "wrong-code": {
        if (typed.attemptsLeft > 0)
          return showCheckEmail(c, await pendingRequest(http.core, client), { problem: typed }, { status: 422 });
        return over(c, "too-many-tries");
      }
      case "over":
        return over(c, typed.why);
    }
  }),
];

/** Says why no code is accepted, with a button that requests a new email. 410, as for a dead link. */
async function over(
  c: RequestContext<CheckEmailPages>,
  why: "no-request" | "used" | "too-many-tries",
): Promise<Response> {
  const pending = await pendingRequest(c.http.core, c.client);
  const again = pending && { ...pending, next: checkedNext(c.http, pending.next) };
  return showPage(c, "codeEnded", { why, again }, { status: 410, address: pathTo(c.http, "/check-email") });
}
