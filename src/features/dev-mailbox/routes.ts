import { showPage } from "../../http/answers.ts";
import { contentSecurityPolicy } from "../../http/headers.ts";
import type { HttpPages } from "../../http/problem-page.ts";
import { get, type RequestContext, type Route } from "../../http/route.ts";
import { isLoopbackIp } from "../../lib/client-ip.ts";
import type { Mailbox } from "../../mail/mailbox.ts";
import type { mailboxPages } from "./pages.ts";

/** Emails carry inline styles for mail clients. Only the page that shows one allows them. */
const INLINE_STYLES = contentSecurityPolicy({ style: "'self' 'unsafe-inline'" });

/** The pages of the development mailbox. Without a mailbox there are no such routes. */
export function mailboxRoutes(mailbox: Pick<Mailbox, "list" | "find">): Route<HttpPages & typeof mailboxPages>[] {
  return [
    get("/mailbox", async (c) => {
      if (!mayRead(c)) return showPage(c, "problem", { status: 404, id: null }, { status: 404 });
      return showPage(c, "mailbox", { mails: await mailbox.list() });
    }),

    get("/mailbox/:id", async (c) => {
      const mail = mayRead(c) ? await mailbox.find(c.param("id")) : null;
      if (!mail) return showPage(c, "problem", { status: 404, id: null }, { status: 404 });
      const mails = await mailbox.list();
      return showPage(c, "mailboxMail", { mail, mails }, { headers: { "content-security-policy": INLINE_STYLES } });
    }),
  ];
}

/**
 * Whether the request comes from this machine, by a name of this machine. A website can resolve its own name to 127.0.0.1 (DNS
 * rebinding) and read the emails in a developer's browser. A tunnel or proxy connects from loopback and may rewrite Host; its
 * forwarding headers give it away.
 */
function mayRead({ http, request, client }: RequestContext): boolean {
  const { hostname } = new URL(request.url);
  const isOurName = hostname === http.baseUrl.hostname || LOCAL_NAME.test(hostname);
  if (!isOurName) return false;
  if (http.isMailboxPublic) return true;
  return client.ip !== null && isLoopbackIp(client.ip) && !FORWARDING.some((name) => request.headers.has(name));
}

const LOCAL_NAME = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Set by proxies and tunnels. */
const FORWARDING = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-forwarded-server",
  "x-real-ip",
  "x-client-ip",
  "true-client-ip",
  "cf-connecting-ip",
  "cf-ray",
  "fly-client-ip",
  "tailscale-user-login",
  "x-original-host",
];
