import { redirectSignedIn, sessionRefused, showPage } from "../../http/answers.ts";
import { newRequestCookie, sessionCookie } from "../../http/cookies.ts";
import { checkedNext } from "../../http/next.ts";
import { linkPath } from "../../http/page-context.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import {
  type LinkPages,
  otherAccount,
  pathAfterUse,
  respondToDeadSubmission,
  respondToRequest,
  showDeadLink,
} from "../../links/routes.ts";
import { currentSession } from "../../sessions/list.ts";
import { complete, preview, request } from "./flow.ts";
import type { signInLinkPages } from "./pages.ts";

type Pages = LinkPages & typeof signInLinkPages;

/** Absent if sign-in links are disabled. */
export const signInLinkRoutes: Route<Pages>[] = [
  get("/sign-in-link", async (c) => {
    const current = await currentSession(c.http.core, c.client.session);
    const next = checkedNext(c.http, c.query("next"));
    const view = { email: "", problem: null, signedInAs: current?.account.email ?? null, next };
    return showPage(c, "signInLink", view, { cookie: newRequestCookie(c.http, c.client) });
  }),

  post(
    "/sign-in-link",
    ["email"],
    async (c, form) => {
      const { email } = form;
      const next = checkedNext(c.http, form.next);
      const asked = await request(c.http.core, { email, next }, c.client);
      if (asked.kind !== "invalid-email") return respondToRequest(c, asked, next);
      return showPage(c, "signInLink", { email, problem: asked.kind, signedInAs: null, next }, { status: 422 });
    },
    ["next"],
  ),

  get("/sign-in-link/", open),
  get("/sign-in-link/:token", open),

  post(
    "/sign-in-link/confirm",
    [],
    async (c, { token = "", code = "" }) => {
      const { http, client } = c;
      const used = await complete(http.core, { token, code }, client);
      switch (used.kind) {
        case "done":
          return redirectSignedIn(c, {
            to: pathAfterUse(http, "sign-in-link", used.origin),
            by: "sign-in-link",
            cookie: sessionCookie(http, used),
          });
        case "invalid-code":
        case "wrong-code": {
          const view = { token, email: used.email, needsCode: true, problem: used };
          const answer = { status: 422, address: linkPath(http, "sign-in-link", token) };
          return showPage(c, "confirmSignIn", { ...view, ...(await otherAccount(c, used.email)) }, answer);
        }
        case "session-refused":
        case "go-to":
          return sessionRefused(c, used, { behindLink: true });
        case "dead":
          return respondToDeadSubmission(c, "sign-in-link", used.link);
      }
    },
    ["token", "code"],
  ),
];

async function open(c: RequestContext<Pages>): Promise<Response> {
  const token = c.param("token");
  const seen = await preview(c.http.core, token, c.client);
  if (seen.kind === "dead") return showDeadLink(c, "sign-in-link", seen.link);
  const { email, needsCode } = seen;
  const view = { token, email, needsCode, problem: null };
  return showPage(c, "confirmSignIn", { ...view, ...(await otherAccount(c, email)) });
}
