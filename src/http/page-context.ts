/** The data that every page is rendered with. */
export interface PageContext {
  /** `BASE_URL`. Every link, redirect and cookie is built from it, never from a request. */
  baseUrl: URL;
  productName: string;
  /** Whether email goes to the development mailbox, which every page then links to. */
  hasMailbox: boolean;
}

/** The path of a page on the origin: `/auth/sign-in` if `BASE_URL` ends in `/auth`. */
export function pathTo({ baseUrl }: Pick<PageContext, "baseUrl">, path: string): string {
  return baseUrl.pathname.replace(/\/$/, "") + path;
}

/** Whether `BASE_URL` is https, so that cookies can be `Secure`. */
export function isSecure({ baseUrl }: Pick<PageContext, "baseUrl">): boolean {
  return baseUrl.protocol === "https:";
}
