import type { TrustedProxies } from "../basics/client-address.ts";
import type { Core } from "../flows/core.ts";
import type { Frame } from "./frame.ts";
import type { MailboxMail } from "./pages/mailbox.ts";
import type { Pages } from "./pages.ts";

/** What every page and handler is handed. */
export interface Site extends Frame {
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
