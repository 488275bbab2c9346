import { type Frame, isSecure } from "./frame.ts";

/** The content security policy: nothing but what is named here (CSP level 3). */
export function policy({ style = "'self'" } = {}): string {
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

/**
 * Puts the wall around an answer, whatever it is: no foreign script, frame, form or cache (OWASP Secure Headers Project).
 * An answer that sets one of these itself keeps its own.
 */
export function secure(frame: Pick<Frame, "baseUrl">, answer: Response): Response {
  const headers = new Headers(answer.headers);
  const wall: Record<string, string> = {
    "content-security-policy": policy(),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    // `no-referrer` would make browsers send `Origin: null` with our own forms. This tells other sites nothing either.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
  };
  if (isSecure(frame)) wall["strict-transport-security"] = "max-age=31536000";
  for (const [name, value] of Object.entries(wall)) {
    if (!headers.has(name)) headers.set(name, value);
  }
  return new Response(answer.body, { status: answer.status, headers });
}
