import { showPage } from "../../http/answers.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { respondToCompletion, respondToPreview, respondToRequest } from "../../links/routes.ts";
import { complete, preview, request } from "./flow.ts";

export const signUpRoutes: Route[] = [
  get("/sign-up", (c) => showPage(c, "signUp", { email: "", problem: null })),

  post("/sign-up", ["email"], async (c, { email }) => {
    const asked = await request(c.http.core, email, c.client);
    return respondToRequest(c, asked, { purpose: "sign-up", email });
  }),

  get("/sign-up/", open),
  get("/sign-up/:token", open),

  post(
    "/sign-up/confirm",
    ["password"],
    async (c, { token = "", password }) => {
      const finished = await complete(c.http.core, token, password, c.client);
      return respondToCompletion(c, finished, { purpose: "sign-up", token, password });
    },
    ["token"],
  ),
];

async function open(c: RequestContext): Promise<Response> {
  const token = c.param("token");
  return respondToPreview(c, await preview(c.http.core, token), { purpose: "sign-up", token });
}
