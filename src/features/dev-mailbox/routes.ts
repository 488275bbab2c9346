import { showPage } from "../../http/answers.ts";
import { contentSecurityPolicy } from "../../http/headers.ts";
import type { HttpPages } from "../../http/problem-page.ts";
import { get, type RequestContext, type Route } from "../../http/route.ts";
import type { Mailbox } from "../../mail/mailbox.ts";
import type { mailboxPages } from "./pages.ts";

/** Mails carry their style in each element, as mail programs want it; their page here may, and no other page. */
const INLINE_STYLES = contentSecurityPolicy({ style: "'self' 'unsafe-inline'" });

/** The pages of the development mailbox. Without a mailbox there are no such routes. */
export function mailboxRoutes(mailbox: Pick<Mailbox, "list" | "find">): Route<HttpPages & typeof mailboxPages>[] {
  return [
    get("/mailbox", async (c) => {
      if (!isByOurName(c)) return showPage(c, "problem", { status: 404, id: null }, { status: 404 });
      return showPage(c, "mailbox", { mails: await mailbox.list() });
    }),

    get("/mailbox/:id", async (c) => {
      const mail = isByOurName(c) ? await mailbox.find(c.param("id")) : null;
      if (!mail) return showPage(c, "problem", { status: 404, id: null }, { status: 404 });
      return showPage(c, "mailboxMail", { mail }, { headers: { "content-security-policy": INLINE_STYLES } });
    }),
  ];
}

/**
 * Whether we were asked for by a name that is ours. Any website can have its own name lead to this machine (DNS rebinding),
 * and its script, in the browser of somebody who works on it, would then read the mails and the links in them.
 */
function isByOurName({ http, request }: RequestContext): boolean {
  const { hostname } = new URL(request.url);
  return hostname === http.baseUrl.hostname || /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
