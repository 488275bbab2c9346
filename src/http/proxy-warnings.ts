import { isPrivateIp, isTrustedPeer } from "../lib/client-ip.ts";
import type { HttpContext } from "./context.ts";

/** Reports a proxy whose configuration does not fit ours, each fault once. */
export type ProxyWarnings = (request: Request, peer: string | undefined, status: number) => void;

/** `routes`: the paths of the route table, to recognise a request whose prefix was stripped. */
export function createProxyWarnings(
  { baseUrl, trustedProxies, log }: Pick<HttpContext, "baseUrl" | "trustedProxies" | "log">,
  routes: readonly string[],
): ProxyWarnings {
  const prefix = baseUrl.pathname.replace(/\/$/, "");
  const firstSegments = new Set(routes.map((path) => path.split("/")[1]).filter(Boolean));
  const reported = new Set<string>();
  const warn = (fields: object, message: string) => {
    if (reported.has(message)) return;
    reported.add(message);
    log.warn?.(fields, message);
  };

  return (request, peer, status) => {
    const { headers } = request;
    const isTrusted = peer !== undefined && isTrustedPeer(peer, trustedProxies);
    if (peer && headers.has("x-forwarded-for") && isPrivateIp(peer) && !isTrusted) {
      const advice = `set TRUSTED_PROXIES=${peer} (option trustedProxies) if this is your proxy`;
      warn(
        { peer, advice },
        "X-Forwarded-For from an untrusted peer ignored; all users behind it share one rate limit",
      );
    }
    if (isTrusted && !headers.has("x-forwarded-for") && (headers.has("forwarded") || headers.has("x-real-ip"))) {
      const advice = "have the proxy send X-Forwarded-For; Forwarded and X-Real-IP are not read";
      warn({ peer, advice }, "trusted proxy sends no X-Forwarded-For; all users behind it share one rate limit");
    }
    if (status === 404 && prefix !== "") {
      const [, segment = ""] = new URL(request.url).pathname.split("/");
      if (!firstSegments.has(segment) || `/${segment}` === prefix || prefix.startsWith(`/${segment}/`)) return;
      const advice = `have the proxy keep the path ${prefix} (nginx: proxy_pass without a path or trailing slash)`;
      warn({ path: `/${segment}`, advice }, "request without the path of BASE_URL; the proxy may strip it");
    }
  };
}
