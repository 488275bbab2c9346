import { redirectTo, showPage } from "../../http/answers.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { respondToCompletion, respondToPreview, respondToRequest } from "../../links/routes.ts";
import { complete, preview, request } from "./flow.ts";

export const passwordResetRoutes: Route[] = [
  get("/forgets-pw", (c) => redirectTo(c, "/forgot-password")),

  get("/forgot-password", (c) => showPage(c, "forgotPassword", { email: "", problem: null })),

  post("/forgot-password", ["email"], async (c, { email }) => {
    const asked = await request(c.http.core, email, c.client);
    return respondToRequest(c, asked, { purpose: "password-reset", email });
  }),

  // A link that lost its end in a mail program is a dead link, and not an unknown page.
  get("/reset-password", open),
  get("/reset-password/", open),
  get("/reset-password/:token", open),

  post(
    "/reset-password",
    ["password"],
    async (c, { token = "", password }) => {
      const finished = await complete(c.http.core, token, password, c.client);
      return respondToCompletion(c, finished, { purpose: "password-reset", token, password });
    },
    ["token"],
  ),
];

async function open(c: RequestContext): Promise<Response> {
  const token = c.param("token");
  return respondToPreview(c, await preview(c.http.core, token), { purpose: "password-reset", token });
}
