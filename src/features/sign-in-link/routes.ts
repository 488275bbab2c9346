import { goTo, notLetIn, showPage } from "../../http/answers.ts";
import { sessionCookie } from "../../http/cookies.ts";
import { get, post, type Route, type Visit } from "../../http/route.ts";
import { answerAsked, answerDeadSubmit, showDeadLink, somebodyElse } from "../../links/routes.ts";
import { secondTap } from "../../links/second-submit.ts";
import { whoIs } from "../../sessions/list.ts";
import { finish, look, request } from "./flow.ts";

/** Absent where sign-in links are switched off. */
export const signInLink: Route[] = [
  get("/sign-in-link", async (visit) => {
    const person = await whoIs(visit.site.core, visit.visitor.session);
    return showPage(visit, "signInLink", { email: "", problem: null, signedInAs: person?.account.email ?? null });
  }),

  post("/sign-in-link", ["email"], async (visit, { email }) => {
    const asked = await request(visit.site.core, email, visit.visitor);
    return answerAsked(visit, asked, { purpose: "sign-in-link", email });
  }),

  get("/sign-in-link/", open),
  get("/sign-in-link/:token", open),

  post(
    "/sign-in-link/confirm",
    [],
    async (visit, { token = "", code = "" }) => {
      const { site, visitor } = visit;
      const used = await finish(site.core, { token, code }, visitor);
      switch (used.kind) {
        case "done":
          return goTo(visit, "/users/me", { cookie: sessionCookie(site, used.session, { lasting: true }) });
        case "mistake":
        case "wrong-code": {
          const view = { token, email: used.email, needsCode: true, problem: used };
          return showPage(
            visit,
            "confirmSignIn",
            { ...view, ...(await somebodyElse(visit, used.email)) },
            { status: 422 },
          );
        }
        case "not-let-in":
        case "sent-elsewhere":
          return notLetIn(visit, used, { behindLink: true });
        case "dead": {
          const dead = { purpose: "sign-in-link", link: used.link, lasting: true } as const;
          return answerDeadSubmit(visit, dead, () => secondTap(site.core, used.link, visitor));
        }
      }
    },
    ["token", "code"],
  ),
];

async function open(visit: Visit): Promise<Response> {
  const token = visit.param("token");
  const seen = await look(visit.site.core, token, visit.visitor);
  if (seen.kind === "dead") return showDeadLink(visit, "sign-in-link", seen.link);
  const { email, needsCode } = seen;
  const view = { token, email, needsCode, problem: null };
  return showPage(visit, "confirmSignIn", { ...view, ...(await somebodyElse(visit, email)) });
}
