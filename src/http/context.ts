import type { Core } from "../core/context.ts";
import type { Catalogues } from "../i18n/catalogues.ts";
import type { TrustedProxies } from "../lib/client-ip.ts";
import type { Mailbox } from "../mail/mailbox.ts";
import type { SiteContext } from "./page-context.ts";
import type { HttpPages } from "./problem-page.ts";

/** The dependencies of every handler. `Pages` is the set of pages that it can show. */
export interface HttpContext<Pages = HttpPages> extends SiteContext {
  core: Core;
  /** The stylesheet of the brand. */
  stylesheet: string;
  catalogues: Catalogues;
  /** The language of a request that asks for none that is served. */
  defaultLanguage: string;
  /** The name of the session cookie without `__Host-`; the other cookies' names begin with it. */
  cookieName: string;
  trustedProxies: TrustedProxies;
  /** Whether the path may be opened after sign-in. Never throws. */
  allowNext(path: string): boolean;
  /** The address that emails come from. */
  sender: string;
  /** The kinds of email that the host app writes itself. */
  ownTemplates: ReadonlySet<string>;
  pages: Pages;
  /** The development mailbox; null if there is none, and then its pages are absent. */
  mailbox: Pick<Mailbox, "list" | "find"> | null;
  /** Whether clients on other machines may read the mailbox. */
  isMailboxPublic: boolean;
  log: Log;
}

/** The part of a logger that the HTTP layer uses, such as a pino logger. */
export interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** Warnings go to `error` without it. */
  warn?(fields: object, message: string): void;
}
