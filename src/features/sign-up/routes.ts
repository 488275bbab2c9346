import { showPage } from "../../http/answers.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { respondToCompletion, respondToPreview, respondToRequest } from "../../links/routes.ts";
import { complete, preview, request } from "./flow.ts";

export const signUpRoutes: Route[] = [
  get("/sign-up", (visit) => showPage(visit, "signUp", { email: "", problem: null })),

  post("/sign-up", ["email"], async (visit, { email }) => {
    const asked = await request(visit.http.core, email, visit.client);
    return respondToRequest(visit, asked, { purpose: "sign-up", email });
  }),

  get("/sign-up/", open),
  get("/sign-up/:token", open),

  post(
    "/sign-up/confirm",
    ["password"],
    async (visit, { token = "", password }) => {
      const finished = await complete(visit.http.core, token, password, visit.client);
      return respondToCompletion(visit, finished, { purpose: "sign-up", token, password });
    },
    ["token"],
  ),
];

async function open(visit: RequestContext): Promise<Response> {
  const token = visit.param("token");
  return respondToPreview(visit, await preview(visit.http.core, token), { purpose: "sign-up", token });
}
