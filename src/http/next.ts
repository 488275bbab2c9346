import type { HttpContext } from "./context.ts";
import { pathTo } from "./page-context.ts";

/** Beyond this some proxies refuse the answer for its headers. */
const LONGEST = 2_048;

/**
 * Where to go after signing in: `next` if it is a path on our own origin, else the person's page. It is parsed as a
 * browser would, written out again and checked once more: `/./\evil.test` has our origin and the path `//evil.test`.
 */
export function nextPath(http: HttpContext, next: string | undefined): string {
  const home = pathTo(http, "/users/me");
  if (!next?.startsWith("/") || !URL.canParse(next, http.baseUrl.href)) return home;

  const url = new URL(next, http.baseUrl);
  const path = url.pathname + url.search;
  const isOurs = path.length <= LONGEST && url.origin === http.baseUrl.origin && /^\/(?![/\\])/.test(path);
  return isOurs ? path : home;
}
