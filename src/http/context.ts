import type { Core } from "../core/context.ts";
import type { TrustedProxies } from "../lib/client-ip.ts";
import type { Mailbox } from "../mail/mailbox.ts";
import type { PageContext } from "./page-context.ts";
import type { HttpPages } from "./problem-page.ts";

/** What every page and handler is handed. `Pages` is the set of pages that it can show. */
export interface HttpContext<Pages = HttpPages> extends PageContext {
  core: Core;
  trustedProxies: TrustedProxies;
  pages: Pages;
  /** The emails "sent" in development. Null everywhere else: then there is no such page. */
  mailbox: Pick<Mailbox, "list" | "find"> | null;
  /** Whether clients on other machines may read the mailbox. */
  isMailboxPublic: boolean;
  log: Log;
}

/** The part of a logger that the web needs; pino has it. */
export interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** Warnings go to `error` without it. */
  warn?(fields: object, message: string): void;
}
