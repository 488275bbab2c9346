import { parse, serialize } from "hono/utils/cookie";
import type { Client } from "../core/context.ts";
import { MAX_REQUEST_LIFETIME } from "../core/purposes.ts";
import { DAY } from "../lib/clock.ts";
import { isTokenShaped, newToken } from "../lib/secrets.ts";
import type { StartedSession } from "../sessions/start.ts";
import { SESSION_LIFETIME } from "../sessions/store.ts";
import type { HttpContext } from "./context.ts";
import { isSecure } from "./page-context.ts";

/** How long a chosen language is kept. */
const LANGUAGE_LIFETIME = 365 * DAY;

/** The session cookie, the cookie that recognises the browser of a request for an email, and the chosen language. */
type CookieKind = "session" | "request" | "language";

/** The session token from the cookie, or null. */
export function readSessionCookie(http: HttpContext, request: Pick<Request, "headers">): string | null {
  return cookieFrom(http, request, "session");
}

/** The token that recognises the browser of a request for an email, or null. */
export function readRequestCookie(http: HttpContext, request: Pick<Request, "headers">): string | null {
  return cookieFrom(http, request, "request");
}

/**
 * The `Set-Cookie` of a session. A session that is not `lasting` ends with the browser session. `__Host-` binds it to this host, to TLS and to no other path (RFC 6265bis §4.1.3.2).
 */
export function sessionCookie(http: HttpContext, { session, lasting }: StartedSession): string {
  return cookie(http, "session", session, lasting ? SESSION_LIFETIME : null);
}

/** The `Set-Cookie` that deletes the session cookie. */
export function clearSessionCookie(http: HttpContext): string {
  return cookie(http, "session", "", 0);
}

/**
 * The `Set-Cookie` for a form that requests an email, for a browser without one: two forms that are submitted at the same
 * moment, in two tabs or by a double click, then have the same cookie. Nothing is stored for it.
 */
export function newRequestCookie(http: HttpContext, client: Client): string[] {
  return client.request !== null && isTokenShaped(client.request) ? [] : [requestCookie(http, newToken())];
}

/** The `Set-Cookie` that identifies the browser that requested an email. It grants no access by itself. */
export function requestCookie(http: HttpContext, token: string): string {
  return cookie(http, "request", token, MAX_REQUEST_LIFETIME);
}

/** The `Set-Cookie` that deletes the request cookie. */
export function clearRequestCookie(http: HttpContext): string {
  return cookie(http, "request", "", 0);
}

/** The language that the reader chose, or null. */
export function readLanguageCookie(http: HttpContext, request: Pick<Request, "headers">): string | null {
  return cookieFrom(http, request, "language");
}

/** The `Set-Cookie` of a chosen language. */
export function languageCookie(http: HttpContext, language: string): string {
  return cookie(http, "language", language, LANGUAGE_LIFETIME);
}

function cookieFrom(http: HttpContext, request: Pick<Request, "headers">, kind: CookieKind): string | null {
  const header = request.headers.get("cookie");
  const name = nameOf(http, kind);
  return header === null ? null : (parse(header, name)[name] ?? null);
}

/** `lifetimeMs` null: until the browser is closed. */
function cookie(http: HttpContext, kind: CookieKind, value: string, lifetimeMs: number | null): string {
  const maxAge = lifetimeMs === null ? {} : { maxAge: lifetimeMs / 1_000 };
  const attributes = { path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure(http) } as const;
  return serialize(nameOf(http, kind), value, { ...attributes, ...maxAge });
}

/** Cookies are shared by all ports and, with `Path=/`, by all paths of a host: two instances there need two names. */
function nameOf(http: HttpContext, kind: CookieKind): string {
  const name = kind === "session" ? http.cookieName : `${http.cookieName}-${kind}`;
  return isSecure(http) ? `__Host-${name}` : name;
}
