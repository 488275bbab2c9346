import { redirectTo, showPage } from "../../http/answers.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { respondToCompletion, respondToPreview, respondToRequest } from "../../links/routes.ts";
import { complete, preview, request } from "./flow.ts";

export const passwordResetRoutes: Route[] = [
  get("/forgets-pw", (visit) => redirectTo(visit, "/forgot-password")),

  get("/forgot-password", (visit) => showPage(visit, "forgotPassword", { email: "", problem: null })),

  post("/forgot-password", ["email"], async (visit, { email }) => {
    const asked = await request(visit.http.core, email, visit.client);
    return respondToRequest(visit, asked, { purpose: "password-reset", email });
  }),

  // A link that lost its end in a mail program is a dead link, and not an unknown page.
  get("/reset-password", open),
  get("/reset-password/", open),
  get("/reset-password/:token", open),

  post(
    "/reset-password",
    ["password"],
    async (visit, { token = "", password }) => {
      const finished = await complete(visit.http.core, token, password, visit.client);
      return respondToCompletion(visit, finished, { purpose: "password-reset", token, password });
    },
    ["token"],
  ),
];

async function open(visit: RequestContext): Promise<Response> {
  const token = visit.param("token");
  return respondToPreview(visit, await preview(visit.http.core, token), { purpose: "password-reset", token });
}
