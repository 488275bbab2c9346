import { parse, serialize } from "hono/utils/cookie";
import { SESSION_LIFETIME } from "../flows/sessions.ts";
import { isSecure } from "./frame.ts";
import type { Site } from "./site.ts";

/** The token of the session that the browser brought, or null. */
export function sessionFrom(site: Site, request: Request): string | null {
  const header = request.headers.get("cookie");
  const name = cookieName(site);
  return header === null ? null : (parse(header, name)[name] ?? null);
}

/**
 * The `Set-Cookie` of a session. `lasting: false` makes it end with the browser: after a reset nobody knows yet whose
 * computer this is. `__Host-` binds it to this host, to TLS and to no other path (RFC 6265bis §4.1.3.2).
 */
export function sessionCookie(site: Site, token: string, { lasting }: { lasting: boolean }): string {
  const maxAge = lasting ? { maxAge: SESSION_LIFETIME / 1_000 } : {};
  return serialize(cookieName(site), token, { ...attributes(site), ...maxAge });
}

/** The `Set-Cookie` that makes the browser forget its session. */
export function noSessionCookie(site: Site): string {
  return serialize(cookieName(site), "", { ...attributes(site), maxAge: 0 });
}

function cookieName(site: Site): string {
  return isSecure(site) ? "__Host-latchkey" : "latchkey";
}

function attributes(site: Site) {
  return { path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure(site) } as const;
}
