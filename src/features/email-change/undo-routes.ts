import { showPage } from "../../http/answers.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { showDeadLink } from "../../links/routes.ts";
import { completeUndo, previewUndo } from "./undo.ts";

/** Absent where the table of accounts cannot change an address. */
export const emailChangeUndoRoutes: Route[] = [
  get("/address-undo/", open),
  get("/address-undo/:token", open),

  post(
    "/address-undo",
    [],
    async (visit, { token = "" }) => {
      const undone = await completeUndo(visit.http.core, token, visit.client);
      if (undone.kind === "dead") return showDeadLink(visit, "address-undo", undone.link);
      return showPage(visit, "addressUndone", { restored: undone.restored });
    },
    ["token"],
  ),
];

async function open(visit: RequestContext): Promise<Response> {
  const token = visit.param("token");
  const seen = await previewUndo(visit.http.core, token);
  if (seen.kind === "dead") return showDeadLink(visit, "address-undo", seen.link);
  return showPage(visit, "undoAddress", { token, email: seen.email });
}
