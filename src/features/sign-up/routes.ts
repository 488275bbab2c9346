import { showPage } from "../../http/answers.ts";
import { get, post, type Route, type Visit } from "../../http/route.ts";
import { answerAsked, answerFinished, answerLook } from "../../links/routes.ts";
import { finish, look, request } from "./flow.ts";

export const signUp: Route[] = [
  get("/sign-up", (visit) => showPage(visit, "signUp", { email: "", problem: null })),

  post("/sign-up", ["email"], async (visit, { email }) => {
    const asked = await request(visit.site.core, email, visit.visitor);
    return answerAsked(visit, asked, { purpose: "sign-up", email });
  }),

  get("/sign-up/", open),
  get("/sign-up/:token", open),

  post(
    "/sign-up/confirm",
    ["password"],
    async (visit, { token = "", password }) => {
      const finished = await finish(visit.site.core, token, password, visit.visitor);
      return answerFinished(visit, finished, { purpose: "sign-up", token, password });
    },
    ["token"],
  ),
];

async function open(visit: Visit): Promise<Response> {
  const token = visit.param("token");
  return answerLook(visit, await look(visit.site.core, token), { purpose: "sign-up", token });
}
