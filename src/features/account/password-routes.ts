import { goTo, notLetIn, tooMany } from "../../http/answers.ts";
import { sessionCookie } from "../../http/cookies.ts";
import { get, post, type Route } from "../../http/route.ts";
import { whoIs } from "../../sessions/list.ts";
import { change } from "./password-change.ts";
import { askToSignIn, showMe } from "./routes.ts";

export const passwordChange: Route[] = [
  // For password managers: W3C, A Well-Known URL for Changing Passwords.
  get("/.well-known/change-password", (visit) => goTo(visit, "/users/me#change-password", { status: 302 })),

  post(
    "/users/me/password",
    ["current_password", "password"],
    async (visit, { current_password: current, password }) => {
      const { core } = visit.site;
      const person = await whoIs(core, visit.visitor.session);
      if (!person) return askToSignIn(visit);

      const changed = await change(core, person, { current, next: password }, visit.visitor);
      switch (changed.kind) {
        case "done": {
          // A session from a reset ends with the browser, and so does the one that takes its place.
          const lasting = person.session.road !== "password-reset";
          return goTo(visit, "/users/me", { cookie: sessionCookie(visit.site, changed.session, { lasting }) });
        }
        case "wrong-current-password":
          return showMe(visit, person, { field: "current_password" }, 422);
        case "refused-password":
          return showMe(visit, person, { field: "password", problem: changed.problem }, 422);
        case "not-let-in":
        case "sent-elsewhere":
          return notLetIn(visit, changed, { behindLink: false });
        case "too-many":
          return tooMany(visit, changed, "current-password");
      }
    },
  ),
];
