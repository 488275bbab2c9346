import type { HttpContext } from "./context.ts";
import { pathTo } from "./page-context.ts";

/** Some proxies refuse responses with longer headers. */
export const LONGEST_LOCATION = 2_048;

/**
 * Where to redirect after sign-in: `next` if it is a path on the origin of `BASE_URL` that the option `allowNext` allows,
 * else the account page.
 */
export function nextPath(http: HttpContext, next: string | null | undefined): string {
  return checkedNext(http, next) ?? pathTo(http, "/users/me");
}

/**
 * `next`, or null if it is not allowed or is the account page. It is parsed as a browser would, serialised and checked again:
 * `/./\evil.test` has our origin and the path `//evil.test`. Checked when a request is made and again at use.
 */
export function checkedNext(http: HttpContext, next: string | null | undefined): string | null {
  if (!next?.startsWith("/") || !URL.canParse(next, http.baseUrl.href)) return null;

  const url = new URL(next, http.baseUrl);
  const path = url.pathname + url.search + url.hash;
  const isOurs = path.length <= LONGEST_LOCATION && url.origin === http.baseUrl.origin && /^\/(?![/\\])/.test(path);
  return isOurs && path !== pathTo(http, "/users/me") && http.allowNext(path) ? path : null;
}

/** The option `allowNext`. If it throws, or returns anything but true, the path is not opened. */
export function guardAllowNext(
  allowNext: ((path: string) => boolean) | null,
  { error }: Pick<HttpContext["log"], "error">,
): HttpContext["allowNext"] {
  if (allowNext === null) return () => true;
  return (path) => {
    try {
      return allowNext(path) === true;
    } catch (err) {
      error({ err }, "allowNext threw an error, path not opened");
      return false;
    }
  };
}
