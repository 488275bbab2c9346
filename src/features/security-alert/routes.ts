import { showPage } from "../../http/answers.ts";
import { get, post, type Route, type Visit } from "../../http/route.ts";
import { showDeadLink } from "../../links/routes.ts";
import { look, object } from "./flow.ts";

export const objection: Route[] = [
  get("/objection/", open),
  get("/objection/:token", open),

  post(
    "/objection",
    [],
    async (visit, { token = "" }) => {
      const objected = await object(visit.site.core, token, visit.visitor);
      if (objected.kind === "dead") return showDeadLink(visit, "objection", objected.link);
      return showPage(visit, "objected", {});
    },
    ["token"],
  ),
];

async function open(visit: Visit): Promise<Response> {
  const token = visit.param("token");
  const seen = await look(visit.site.core, token);
  if (seen.kind === "dead") return showDeadLink(visit, "objection", seen.link);
  return showPage(visit, "object", { token, email: seen.email });
}
