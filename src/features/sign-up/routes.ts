import { showPage } from "../../http/answers.ts";
import { newRequestCookie } from "../../http/cookies.ts";
import { checkedNext } from "../../http/next.ts";
import { linkPath } from "../../http/page-context.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import {
  type LinkPages,
  otherAccount,
  respondToCompletion,
  respondToRequest,
  showDeadLink,
} from "../../links/routes.ts";
import type { PasswordProblem } from "../../passwords/policy.ts";
import { complete, preview, request } from "./flow.ts";
import type { signUpPages } from "./pages.ts";

type Pages = LinkPages & typeof signUpPages;

export const signUpRoutes: Route<Pages>[] = [
  get("/sign-up", (c) => {
    const view = { email: "", problem: null, next: checkedNext(c.http, c.query("next")) };
    return showPage(c, "signUp", view, { cookie: newRequestCookie(c.http, c.client) });
  }),

  post(
    "/sign-up",
    ["email"],
    async (c, form) => {
      const { email } = form;
      const next = checkedNext(c.http, form.next);
      const asked = await request(c.http.core, { email, next }, c.client);
      if (asked.kind !== "invalid-email") return respondToRequest(c, asked, next);
      return showPage(c, "signUp", { email, problem: asked.kind, next }, { status: 422 });
    },
    ["next"],
  ),

  get("/sign-up/", open),
  get("/sign-up/:token", open),

  post(
    "/sign-up/confirm",
    ["password"],
    async (c, { token = "", password }) => {
      const completed = await complete(c.http.core, { token, password }, c.client);
      if (completed.kind === "refused-password") return showForm(c, { token, ...completed });
      return respondToCompletion(c, completed, "sign-up");
    },
    ["token"],
  ),
];

async function open(c: RequestContext<Pages>): Promise<Response> {
  const token = c.param("token");
  const seen = await preview(c.http.core, token);
  if (seen.kind === "dead") return showDeadLink(c, "sign-up", seen.link);
  return showForm(c, { token, email: seen.email });
}

/** The form for the first password: 200, or 422 with the reason why a password was refused. */
async function showForm(
  c: RequestContext<Pages>,
  { token, email, problem = null }: { token: string; email: string; problem?: PasswordProblem | null },
): Promise<Response> {
  const { passwordMinLength: minLength } = c.http.core.settings;
  const view = { token, email, minLength, problem, ...(await otherAccount(c, email)) };
  return showPage(c, "choosePassword", view, {
    status: problem ? 422 : 200,
    address: linkPath(c.http, "sign-up", token),
  });
}
