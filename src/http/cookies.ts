import { parse, serialize } from "hono/utils/cookie";
import { MAX_REQUEST_LIFETIME } from "../links/request.ts";
import { SESSION_LIFETIME } from "../sessions/list.ts";
import type { HttpContext } from "./context.ts";
import { isSecure } from "./page-context.ts";

/** What is said in each cookie: who is signed in, and which mail the browser waits for. */
type CookieName = "latchkey" | "latchkey-request";

/** The token of the session that the browser brought, or null. */
export function readSessionCookie(site: HttpContext, request: Request): string | null {
  return cookieFrom(site, request, "latchkey");
}

/** The token of the request whose mail the browser waits for, or null. */
export function readRequestCookie(site: HttpContext, request: Request): string | null {
  return cookieFrom(site, request, "latchkey-request");
}

/**
 * The `Set-Cookie` of a session. `lasting: false` makes it end with the browser: after a reset nobody knows yet whose
 * computer this is. `__Host-` binds it to this host, to TLS and to no other path (RFC 6265bis §4.1.3.2).
 */
export function sessionCookie(site: HttpContext, token: string, { lasting }: { lasting: boolean }): string {
  return cookie(site, "latchkey", token, lasting ? SESSION_LIFETIME : null);
}

/** The `Set-Cookie` that makes the browser forget its session. */
export function clearSessionCookie(site: HttpContext): string {
  return cookie(site, "latchkey", "", 0);
}

/** The `Set-Cookie` by which the browser that asked for a mail is known again. It opens nothing by itself. */
export function requestCookie(site: HttpContext, token: string): string {
  return cookie(site, "latchkey-request", token, MAX_REQUEST_LIFETIME);
}

/** The `Set-Cookie` that makes the browser forget which mail it waited for. */
export function clearRequestCookie(site: HttpContext): string {
  return cookie(site, "latchkey-request", "", 0);
}

function cookieFrom(site: HttpContext, request: Request, cookieName: CookieName): string | null {
  const header = request.headers.get("cookie");
  const name = nameOf(site, cookieName);
  return header === null ? null : (parse(header, name)[name] ?? null);
}

/** `lifetimeMs` null: until the browser is closed. */
function cookie(site: HttpContext, name: CookieName, value: string, lifetimeMs: number | null): string {
  const maxAge = lifetimeMs === null ? {} : { maxAge: lifetimeMs / 1_000 };
  const attributes = { path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure(site) } as const;
  return serialize(nameOf(site, name), value, { ...attributes, ...maxAge });
}

function nameOf(site: HttpContext, name: CookieName): string {
  return isSecure(site) ? `__Host-${name}` : name;
}
