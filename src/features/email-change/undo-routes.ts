import { showPage } from "../../http/answers.ts";
import { get, post, type Route, type Visit } from "../../http/route.ts";
import { showDeadLink } from "../../links/routes.ts";
import { look, undo } from "./undo.ts";

/** Absent where the table of accounts cannot change an address. */
export const addressUndo: Route[] = [
  get("/address-undo/", open),
  get("/address-undo/:token", open),

  post(
    "/address-undo",
    [],
    async (visit, { token = "" }) => {
      const undone = await undo(visit.site.core, token, visit.visitor);
      if (undone.kind === "dead") return showDeadLink(visit, "address-undo", undone.link);
      return showPage(visit, "addressUndone", { restored: undone.restored });
    },
    ["token"],
  ),
];

async function open(visit: Visit): Promise<Response> {
  const token = visit.param("token");
  const seen = await look(visit.site.core, token);
  if (seen.kind === "dead") return showDeadLink(visit, "address-undo", seen.link);
  return showPage(visit, "undoAddress", { token, email: seen.email });
}
