import { isSecure, type PageContext } from "./page-context.ts";

/** The content security policy: nothing but what is named here (CSP level 3). */
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

const WALL: ReadonlyArray<[string, string]> = [
  ["content-security-policy", contentSecurityPolicy()],
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "DENY"],
  // `no-referrer` would make browsers send `Origin: null` with our own forms. This tells other sites nothing either.
  ["referrer-policy", "same-origin"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["permissions-policy", "camera=(), geolocation=(), microphone=()"],
  ["cache-control", "no-store"],
];
const WALL_OVER_TLS: typeof WALL = [...WALL, ["strict-transport-security", "max-age=31536000"]];

/**
 * Puts the wall around an answer of ours, whatever it is: no foreign script, page, form or cache (OWASP Secure Headers
 * Project). An answer that sets one of these itself keeps its own.
 */
export function withSecurityHeaders(page: Pick<PageContext, "baseUrl">, answer: Response): Response {
  // In place: a copy of the answer would take longer than all else that is done for it here.
  for (const [name, value] of isSecure(page) ? WALL_OVER_TLS : WALL) {
    if (!answer.headers.has(name)) answer.headers.set(name, value);
  }
  return answer;
}
