import { showPage } from "./answers.ts";
import { policy } from "./headers.ts";
import { get, type Route } from "./route.ts";
import type { Mailbox } from "./site.ts";

/** Mails carry their style in each element, as mail programs want it; their frame here may, and no other page. */
const INLINE_STYLES = policy({ style: "'self' 'unsafe-inline'" });

/** The pages of the development mailbox. Without a mailbox there are no such routes. */
export function mailboxRoutes(mailbox: Mailbox): Route[] {
  return [
    get("/mailbox", async (visit) => showPage(visit, "mailbox", { mails: await mailbox.list() })),

    get("/mailbox/:id", async (visit) => {
      const mail = await mailbox.find(visit.param("id"));
      if (!mail) return showPage(visit, "problem", { status: 404, id: null }, { status: 404 });
      return showPage(visit, "mailboxMail", { mail }, { headers: { "content-security-policy": INLINE_STYLES } });
    }),
  ];
}
