import type { HttpContext } from "./context.ts";

/**
 * Whether a state-changing request comes from the origin of `BASE_URL`. Follows Go's net/http CrossOriginProtection.
 *
 * `Sec-Fetch-Site` is checked first: every current browser sends it, pages cannot set it, and it is correct even if `Origin`
 * is `null`. Older browsers send `Origin`. A client that sends neither is not a browser, so it cannot act for a user unless
 * it sends cookies.
 */
export function isSameOrigin(http: HttpContext, request: Request): boolean {
  const fetchSite = request.headers.get("sec-fetch-site");
  if (fetchSite !== null) return fetchSite === "same-origin" || fetchSite === "none";

  const origin = request.headers.get("origin");
  if (origin !== null) return origin === http.baseUrl.origin;

  return request.headers.get("cookie") === null;
}
