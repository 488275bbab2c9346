import { redirectTo, showPage } from "../../http/answers.ts";
import { newRequestCookie } from "../../http/cookies.ts";
import { checkedNext } from "../../http/next.ts";
import { linkPath } from "../../http/page-context.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { isInvitation } from "../../links/preview.ts";
import {
  type LinkPages,
  otherAccount,
  respondToCompletion,
  respondToRequest,
  showDeadLink,
} from "../../links/routes.ts";
import type { PasswordProblem } from "../../passwords/policy.ts";
import { complete, preview, request } from "./flow.ts";
import type { passwordResetPages } from "./pages.ts";

type Pages = LinkPages & typeof passwordResetPages;

export const passwordResetRoutes: Route<Pages>[] = [
  get("/forgets-pw", (c) => redirectTo(c, "/forgot-password")),

  get("/forgot-password", (c) => {
    const view = { email: "", problem: null, next: checkedNext(c.http, c.query("next")) };
    return showPage(c, "forgotPassword", view, { cookie: newRequestCookie(c.http, c.client) });
  }),

  post(
    "/forgot-password",
    ["email"],
    async (c, form) => {
      const { email } = form;
      const next = checkedNext(c.http, form.next);
      const asked = await request(c.http.core, { email, next }, c.client);
      if (asked.kind !== "invalid-email") return respondToRequest(c, asked, next);
      return showPage(c, "forgotPassword", { email, problem: asked.kind, next }, { status: 422 });
    },
    ["next"],
  ),

  // A link that a mail program cut off is a dead link, not an unknown page.
  get("/reset-password", open),
  get("/reset-password/", open),
  get("/reset-password/:token", open),

  post(
    "/reset-password",
    ["password"],
    async (c, { token = "", password }) => {
      const completed = await complete(c.http.core, { token, password }, c.client);
      if (completed.kind === "refused-password") return showForm(c, { token, ...completed });
      return respondToCompletion(c, completed, "password-reset");
    },
    ["token"],
  ),
];

async function open(c: RequestContext<Pages>): Promise<Response> {
  const token = c.param("token");
  const seen = await preview(c.http.core, token);
  if (seen.kind === "dead") return showDeadLink(c, "password-reset", seen.link);
  return showForm(c, { token, email: seen.email });
}

/** The form for the new password: 200, or 422 with the reason why a password was refused. */
async function showForm(
  c: RequestContext<Pages>,
  { token, email, problem = null }: { token: string; email: string; problem?: PasswordProblem | null },
): Promise<Response> {
  const { passwordMinLength: minLength } = c.http.core.settings;
  const isInvited = await isInvitation(c.http.core, "password-reset", token);
  const view = { token, email, minLength, problem, isInvited, ...(await otherAccount(c, email)) };
  return showPage(c, "resetPassword", view, {
    status: problem ? 422 : 200,
    address: linkPath(c.http, "password-reset", token),
  });
}
