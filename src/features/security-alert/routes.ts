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
    async (visit, { token = "" }) => {
      const objected = await complete(visit.http.core, token, visit.client);
      if (objected.kind === "dead") return showDeadLink(visit, "objection", objected.link);
      return showPage(visit, "objected", {});
    },
    ["token"],
  ),
];

async function open(visit: RequestContext): Promise<Response> {
  const token = visit.param("token");
  const seen = await preview(visit.http.core, token);
  if (seen.kind === "dead") return showDeadLink(visit, "objection", seen.link);
  return showPage(visit, "object", { token, email: seen.email });
}
