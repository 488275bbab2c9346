import { redirectTo, showPage } from "../../http/answers.ts";
import { provenOutcome, redirectToDone } from "../../http/done.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { type LinkPages, showDeadLink } from "../../links/routes.ts";
import { complete, preview } from "./flow.ts";
import type { securityAlertPages } from "./pages.ts";

type Pages = LinkPages & typeof securityAlertPages;

export const securityAlertRoutes: Route<Pages>[] = [
  get("/objection/", open),
  get("/objection/done", (c) => {
    if (provenOutcome(c, "/objection") === null) return redirectTo(c, "/users/me");
    return showPage(c, "securityAlertDone", {});
  }),
  get("/objection/:token", open),

  post(
    "/objection",
    [],
    async (c, { token = "" }) => {
      const objected = await complete(c.http.core, token, c.client);
      if (objected.kind === "dead") return showDeadLink(c, "security-alert", objected.link);
      return redirectToDone(c, "/objection", "secured");
    },
    ["token"],
  ),
];

async function open(c: RequestContext<Pages>): Promise<Response> {
  const token = c.param("token");
  const seen = await preview(c.http.core, token);
  if (seen.kind === "dead") return showDeadLink(c, "security-alert", seen.link);
  return showPage(c, "securityAlert", { token, email: seen.email });
}
