import { redirectTo, sessionRefused, tooMany } from "../../http/answers.ts";
import { sessionCookie } from "../../http/cookies.ts";
import { get, post, type Route } from "../../http/route.ts";
import { currentSession } from "../../sessions/list.ts";
import { changePassword } from "./password-change.ts";
import { redirectToSignIn, showAccount } from "./routes.ts";

export const passwordChangeRoutes: Route[] = [
  // For password managers: W3C, A Well-Known URL for Changing Passwords.
  get("/.well-known/change-password", (visit) => redirectTo(visit, "/users/me#change-password", { status: 302 })),

  post(
    "/users/me/password",
    ["current_password", "password"],
    async (visit, { current_password: current, password }) => {
      const { core } = visit.http;
      const person = await currentSession(core, visit.client.session);
      if (!person) return redirectToSignIn(visit);

      const changed = await changePassword(core, person, { current, next: password }, visit.client);
      switch (changed.kind) {
        case "done": {
          // A session from a reset ends with the browser, and so does the one that takes its place.
          const lasting = person.session.method !== "password-reset";
          return redirectTo(visit, "/users/me", { cookie: sessionCookie(visit.http, changed.session, { lasting }) });
        }
        case "wrong-current-password":
          return showAccount(visit, person, { field: "current_password" }, 422);
        case "refused-password":
          return showAccount(visit, person, { field: "password", problem: changed.problem }, 422);
        case "not-let-in":
        case "sent-elsewhere":
          return sessionRefused(visit, changed, { behindLink: false });
        case "too-many":
          return tooMany(visit, changed, "current-password");
      }
    },
  ),
];
