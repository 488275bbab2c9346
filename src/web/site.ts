import type { TrustedProxies } from "../basics/client-address.ts";
import type { Core } from "../flows/core.ts";
import type { Pages } from "./pages.ts";

/** What every page and handler is handed. */
export interface Site {
  core: Core;
  /** Where people reach us. Every link, redirect and cookie is built from it, and never from a request. */
  baseUrl: URL;
  productName: string;
  trustedProxies: TrustedProxies;
  pages: Pages;
  /** The mails "sent" in development. Null everywhere else: then there is no such page. */
  mailbox: Mailbox | null;
  log: Log;
}

/** The part of a logger that the web needs; pino has it. */
export interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** The development mailbox, newest mail first. */
export interface Mailbox {
  list(): Promise<MailboxMail[]>;
  find(id: string): Promise<MailboxMail | null>;
}

/** One mail as it would have left. `at` in epoch milliseconds. */
export interface MailboxMail {
  id: string;
  at: number;
  to: string;
  subject: string;
  text: string;
  html: string;
  source: string;
}

/** The path, below the origin, under which a page of ours stands: `/auth/sign-in` where BASE_URL ends in `/auth`. */
export function pathTo(site: Pick<Site, "baseUrl">, path: string): string {
  return site.baseUrl.pathname.replace(/\/$/, "") + path;
}

/** Whether people reach us over TLS, and cookies can be made to insist on it. */
export function isSecure(site: Pick<Site, "baseUrl">): boolean {
  return site.baseUrl.protocol === "https:";
}
