import { look, object } from "../flows/objection.ts";
import { showPage } from "./answers.ts";
import { showDeadLink } from "./mailed-link.ts";
import { get, post, type Route, type Visit } from "./route.ts";

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
