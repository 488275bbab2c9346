/** What is the same around every page. */
export interface PageContext {
  /** Where people reach us. Every link, redirect and cookie is built from it, and never from a request. */
  baseUrl: URL;
  productName: string;
  /** Whether mail stays in the development mailbox, which every page then leads to. */
  hasMailbox: boolean;
}

/** The path, below the origin, under which a page of ours stands: `/auth/sign-in` where BASE_URL ends in `/auth`. */
export function pathTo({ baseUrl }: Pick<PageContext, "baseUrl">, path: string): string {
  return baseUrl.pathname.replace(/\/$/, "") + path;
}

/** Whether people reach us over TLS, and cookies can be made to insist on it. */
export function isSecure({ baseUrl }: Pick<PageContext, "baseUrl">): boolean {
  return baseUrl.protocol === "https:";
}
