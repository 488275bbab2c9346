import { showPage } from "../../http/answers.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { showDeadLink } from "../../links/routes.ts";
import { complete, preview } from "./flow.ts";

export const securityAlertRoutes: Route[] = [
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

async function open(c: RequestContext): Promise<Response> {
  const token = c.param("token");
  const seen = await preview(c.http.core, token);
  if (seen.kind === "dead") return showDeadLink(c, "security-alert", seen.link);
  return showPage(c, "securityAlert", { token, email: seen.email });
}
