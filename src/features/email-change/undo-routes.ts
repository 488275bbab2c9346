import { redirectTo, showPage } from "../../http/answers.ts";
import { provenOutcome, redirectToDone } from "../../http/done.ts";
import { get, post, type RequestContext, type Route } from "../../http/route.ts";
import { type LinkPages, showDeadLink } from "../../links/routes.ts";
import type { emailChangePages } from "./pages.ts";
import { completeUndo, previewUndo } from "./undo.ts";

type Pages = LinkPages & typeof emailChangePages;

/** Absent if the accounts table cannot change an address. */
export const emailChangeUndoRoutes: Route<Pages>[] = [
  get("/address-undo/", open),
  get("/address-undo/done", (c) => {
    const outcome = provenOutcome(c, "/address-undo");
    if (outcome === null) return redirectTo(c, "/users/me");
    return showPage(c, "emailChangeUndone", { restored: outcome === "restored" });
  }),
  get("/address-undo/:token", open),

  post(
    "/address-undo",
    [],
    async (c, { token = "" }) => {
      const undone = await completeUndo(c.http.core, token, c.client);
      if (undone.kind === "dead") return showDeadLink(c, "email-change-undo", undone.link);
      return redirectToDone(c, "/address-undo", undone.restored ? "restored" : "locked");
    },
    ["token"],
  ),
];

async function open(c: RequestContext<Pages>): Promise<Response> {
  const token = c.param("token");
  const seen = await previewUndo(c.http.core, token);
  if (seen.kind === "dead") return showDeadLink(c, "email-change-undo", seen.link);
  return showPage(c, "undoEmailChange", { token, email: seen.email });
}
