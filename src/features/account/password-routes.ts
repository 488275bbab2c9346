import { redirectTo, redirectToSignIn, sessionRefused, tooMany } from "../../http/answers.ts";
import { sessionCookie } from "../../http/cookies.ts";
import { get, post, type Route } from "../../http/route.ts";
import { currentSession } from "../../sessions/list.ts";
import { changePassword } from "./password-change.ts";
import { type AccountPages, showAccount } from "./routes.ts";

export const passwordChangeRoutes: Route<AccountPages>[] = [
  // For password managers: W3C, A Well-Known URL for Changing Passwords.
  get("/.well-known/change-password", (c) =>
    redirectTo(c, "/users/me?change=password#change-password", { status: 302 }),
  ),

  post("/users/me/password", ["current_password", "password"], async (c, { current_password: current, password }) => {
    const { core } = c.http;
    const person = await currentSession(core, c.client.session);
    if (!person) return redirectToSignIn(c);

    const changed = await changePassword(core, person, { current, next: password }, c.client);
    switch (changed.kind) {
      case "done":
        return redirectTo(c, "/users/me", { cookie: sessionCookie(c.http, changed) });
      case "wrong-current-password":
        return showAccount(c, person, { field: "current_password" });
      case "refused-password":
        return showAccount(c, person, { field: "password", problem: changed.problem });
      case "session-refused":
      case "go-to":
        return sessionRefused(c, changed, { behindLink: false });
      case "too-many":
        return tooMany(c, changed, "current-password");
    }
  }),
];
