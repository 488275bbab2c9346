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

/**
 * Whether a page of ours led here, by a link or by the redirect after a form. A link from elsewhere, an email or the address
 * bar did not. Older browsers send only our origin as `Referer`.
 */
export function isOwnNavigation(http: HttpContext, { headers }: Request): boolean {
  const fetchSite = headers.get("sec-fetch-site");
  if (fetchSite !== null) return fetchSite === "same-origin";
  const referer = headers.get("referer") ?? "";
  return URL.canParse(referer) && new URL(referer).origin === http.baseUrl.origin;
}

/**
 * The name under which the site was opened, if a form was refused only because it is not the name in `BASE_URL`: 127.0.0.1
 * for localhost, or an address in the local network. Null for every other refusal. The form was on a page of the host that it
 * was sent to: a page of another site cannot choose its `Origin`.
 */
export function otherNameOf(request: Request): string | null {
  const { headers, url } = request;
  const origin = headers.get("origin") ?? "";
  // Browsers send Sec-Fetch-Site over https and to loopback only, and then a form of this host is accepted.
  if (headers.has("sec-fetch-site") || !URL.canParse(origin)) return null;
  const { host } = new URL(origin);
  return host !== "" && host === new URL(url).host ? host : null;
}

/** The number of names that are reported. Clients choose the name. */
const MAX_NAMES = 20;

/** Reports each name under which forms are refused, once. */
export function createNameReports({ baseUrl, log }: Pick<HttpContext, "baseUrl" | "log">): (name: string) => void {
  const reported = new Set<string>();
  return (name) => {
    if (reported.has(name) || reported.size >= MAX_NAMES) return;
    reported.add(name);
    const advice = "open the address of BASE_URL, or set BASE_URL to the one that people open";
    log.warn?.(
      { name: name.slice(0, 255), baseUrl: baseUrl.href, advice },
      "form refused; site opened under another name",
    );
  };
}
