import { redirectToPath, sessionRefused, showPage, tooMany } from "../../http/answers.ts";
import { sessionCookie } from "../../http/cookies.ts";
import { nextPath } from "../../http/next.ts";
import { get, post, type Route } from "../../http/route.ts";
import { currentSession } from "../../sessions/list.ts";
import { signIn as signInWithPassword } from "./flow.ts";

export const signInRoutes: Route[] = [
  get("/sign-in", async (visit) => {
    const person = await currentSession(visit.http.core, visit.client.session);
    const next = nextPath(visit.http, visit.query("next"));
    const signedInAs = person?.account.email ?? null;
    const { signInLinks } = visit.http.core.rules;
    return showPage(visit, "signIn", { email: "", next, problem: null, signedInAs, signInLinks });
  }),

  post(
    "/sign-in",
    ["email", "password"],
    async (visit, { email, password, next }) => {
      const { http: site } = visit;
      const { signInLinks } = site.core.rules;
      const target = nextPath(site, next);
      const again = (problem: "mistake" | "refused", status: number) =>
        showPage(visit, "signIn", { email, next: target, problem, signedInAs: null, signInLinks }, { status });

      const signedIn = await signInWithPassword(site.core, email, password, visit.client);
      switch (signedIn.kind) {
        case "done":
          return redirectToPath(target, { cookie: sessionCookie(site, signedIn.session, { lasting: true }) });
        case "sent-elsewhere":
          return sessionRefused(visit, signedIn, { behindLink: false });
        case "refused":
          return again("refused", 401);
        case "mistake":
          return again("mistake", 422);
        case "forged":
          return showPage(visit, "problem", { status: 400, id: null }, { status: 400 });
        case "too-many":
          return tooMany(visit, signedIn, "password");
      }
    },
    ["next"],
  ),
];
