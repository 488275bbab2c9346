import { showPage } from "../../http/answers.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { type LinkPages, showDeadLink } from "../../links/routes.ts";
import { complete, preview } from "./flow.ts";
import type { securityAlertPages } from "./pages.ts";

type Pages = LinkPages & typeof securityAlertPages;

export const securityAlertRoutes: Route<Pages>[] = [
  get("/objection/", open),
  get("/objection/:token", open),

  post(
    "/objection",
    [],
    async (c, { token = "" }) => {
      const objected = await complete(c.http.core, token, c.client);
      if (objected.kind === "dead") return showDeadLink(c, "security-alert", objected.link);
      return showPage(c, "securityAlertDone", {});
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
