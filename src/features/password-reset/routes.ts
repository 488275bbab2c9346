import { goTo, showPage } from "../../http/answers.ts";
import { get, post, type Route, type Visit } from "../../http/route.ts";
import { answerAsked, answerFinished, answerLook } from "../../links/routes.ts";
import { finish, look, request } from "./flow.ts";

export const passwordReset: Route[] = [
  get("/forgets-pw", (visit) => goTo(visit, "/forgot-password")),

  get("/forgot-password", (visit) => showPage(visit, "forgotPassword", { email: "", problem: null })),

  post("/forgot-password", ["email"], async (visit, { email }) => {
    const asked = await request(visit.site.core, email, visit.visitor);
    return answerAsked(visit, asked, { purpose: "password-reset", email });
  }),

  // A link that lost its end in a mail program is a dead link, and not an unknown page.
  get("/reset-password", open),
  get("/reset-password/", open),
  get("/reset-password/:token", open),

  post(
    "/reset-password",
    ["password"],
    async (visit, { token = "", password }) => {
      const finished = await finish(visit.site.core, token, password, visit.visitor);
      return answerFinished(visit, finished, { purpose: "password-reset", token, password });
    },
    ["token"],
  ),
];

async function open(visit: Visit): Promise<Response> {
  const token = visit.param("token");
  return answerLook(visit, await look(visit.site.core, token), { purpose: "password-reset", token });
}
