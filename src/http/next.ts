import type { HttpContext } from "./context.ts";
import { pathTo } from "./page-context.ts";

/** Some proxies refuse responses with longer headers. */
const LONGEST = 2_048;

/**
 * Where to redirect after sign-in: `next` if it is a path on the origin of `BASE_URL`, else the account page. It is parsed
 * as a browser would, serialised and checked again: `/./\evil.test` has our origin and the path `//evil.test`.
 */
export function nextPath(http: HttpContext, next: string | undefined): string {
  const home = pathTo(http, "/users/me");
  if (!next?.startsWith("/") || !URL.canParse(next, http.baseUrl.href)) return home;

  const url = new URL(next, http.baseUrl);
  const path = url.pathname + url.search;
  const isOurs = path.length <= LONGEST && url.origin === http.baseUrl.origin && /^\/(?![/\\])/.test(path);
  return isOurs ? path : home;
}
