import type { HttpContext } from "./context.ts";

/**
 * Whether a request that changes something comes from a page of ours. Follows Go's net/http CrossOriginProtection.
 *
 * `Sec-Fetch-Site` is asked first: every current browser sends it, pages cannot set it, and it stays truthful where
 * `Origin` is `null`. Older browsers send `Origin`. What sends neither is no browser, and can do no harm in anybody's
 * name, unless it brings cookies.
 */
export function isSameOrigin(http: HttpContext, request: Request): boolean {
  const fetchSite = request.headers.get("sec-fetch-site");
  if (fetchSite !== null) return fetchSite === "same-origin" || fetchSite === "none";

  const origin = request.headers.get("origin");
  if (origin !== null) return origin === http.baseUrl.origin;

  return request.headers.get("cookie") === null;
}
