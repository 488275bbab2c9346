import { redirectSignedIn, redirectToPath, sessionRefused, showPage, tooMany } from "../../http/answers.ts";
import { sessionCookie } from "../../http/cookies.ts";
import { checkedNext, nextPath } from "../../http/next.ts";
import { isOwnNavigation } from "../../http/origin-check.ts";
import type { HttpPages } from "../../http/problem-page.ts";
import { get, post, type Route } from "../../http/route.ts";
import { currentSession } from "../../sessions/list.ts";
import { signIn as signInWithPassword } from "./flow.ts";
import { hasCookieWords, type signInPages } from "./pages.ts";

type Pages = HttpPages & typeof signInPages;

export const signInRoutes: Route<Pages>[] = [
  get("/sign-in", async (c) => {
    const person = await currentSession(c.http.core, c.client.session);
    const next = checkedNext(c.http, c.query("next"));
    const by = c.query("signed-in");
    if (by !== undefined && person) return redirectToPath(nextPath(c.http, next));
    // Only for the redirect after our own form: in a link, anyone could claim that a password was changed.
    if (hasCookieWords(by) && isOwnNavigation(c.http, c.request)) return showPage(c, "cookieBlocked", { by, next });
    const signedInAs = person?.account.email ?? null;
    const { signInLinks } = c.http.core.settings;
    return showPage(c, "signIn", { email: "", next, problem: null, signedInAs, signInLinks });
  }),

  post(
    "/sign-in",
    ["email", "password"],
    async (c, { email, password, next }) => {
      const { http } = c;
      const { signInLinks } = http.core.settings;
      const again = (problem: "invalid-email" | "refused", status: number) =>
        showPage(
          c,
          "signIn",
          { email, next: checkedNext(http, next), problem, signedInAs: null, signInLinks },
          { status },
        );

      const signedIn = await signInWithPassword(http.core, { email, password }, c.client);
      switch (signedIn.kind) {
        case "done":
          return redirectSignedIn(c, {
            to: nextPath(http, next),
            by: "password",
            cookie: sessionCookie(http, signedIn),
          });
        case "go-to":
          return sessionRefused(c, signedIn, { behindLink: false });
        case "refused":
          return again("refused", 401);
        case "invalid-email":
          return again("invalid-email", 422);
        case "malformed":
          return showPage(c, "problem", { status: 400, id: null }, { status: 400 });
        case "too-many":
          return tooMany(c, signedIn, "password", checkedNext(http, next));
      }
    },
    ["next"],
  ),
];
