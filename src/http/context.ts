import type { Core } from "../core/context.ts";
import type { MailboxMail } from "../features/dev-mailbox/pages.ts";
import type { Pages } from "../features/pages.ts";
import type { TrustedProxies } from "../lib/client-ip.ts";
import type { PageContext } from "./page-context.ts";

/** What every page and handler is handed. */
export interface HttpContext extends PageContext {
  core: Core;
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
