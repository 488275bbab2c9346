import { showPage } from "../../http/answers.ts";
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
  get("/sign-up", (c) => showPage(c, "signUp", { email: "", problem: null })),

  post("/sign-up", ["email"], async (c, { email }) => {
    const asked = await request(c.http.core, email, c.client);
    if (asked.kind !== "invalid-email") return respondToRequest(c, asked);
    return showPage(c, "signUp", { email, problem: asked.kind }, { status: 422 });
  }),

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
