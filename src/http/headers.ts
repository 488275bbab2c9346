import { isSecure, type PageContext } from "./page-context.ts";

/** The content security policy: only what is named here is allowed (CSP level 3). */
export function contentSecurityPolicy({ style = "'self'" } = {}): string {
  return [
    "default-src 'none'",
    `style-src ${style}`,
    "script-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const SECURITY_HEADERS: ReadonlyArray<[string, string]> = [
  ["content-security-policy", contentSecurityPolicy()],
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "DENY"],
  // Never a path: a proxy in front of us logs the Referer of our own style sheet, and the path may hold a live token.
  // `no-referrer` would make browsers send `Origin: null` with our own forms.
  ["referrer-policy", "strict-origin"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["permissions-policy", "camera=(), geolocation=(), microphone=()"],
  ["cache-control", "no-store"],
];
const SECURITY_HEADERS_OVER_TLS: typeof SECURITY_HEADERS = [
  ...SECURITY_HEADERS,
  ["strict-transport-security", "max-age=31536000"],
];

/**
 * Adds the security headers to a response: no foreign script, frame, form or cache (OWASP Secure Headers Project). A response
 * that sets one of them keeps its own.
 */
export function withSecurityHeaders(page: Pick<PageContext, "baseUrl">, response: Response): Response {
  // In place: copying the response would take longer than setting the headers.
  for (const [name, value] of isSecure(page) ? SECURITY_HEADERS_OVER_TLS : SECURITY_HEADERS) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
}
