import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { savePreferences } from "../accounts/preferences-store.ts";
import type { Client } from "../core/context.ts";
import { isDatabaseUnavailable } from "../db/health.ts";
import { redirectTo, redirectToPath, showPage, tooMany } from "../http/answers.ts";
import { assetRoutes } from "../http/assets.ts";
import type { HttpContext } from "../http/context.ts";
import { languageCookie, readLanguageCookie, readRequestCookie, readSessionCookie } from "../http/cookies.ts";
import { readForm } from "../http/forms.ts";
import { withSecurityHeaders } from "../http/headers.ts";
import { createNameReports, isSameOrigin, otherNameOf } from "../http/origin-check.ts";
import { pathTo } from "../http/page-context.ts";
import { createProxyWarnings } from "../http/proxy-warnings.ts";
import type { RequestContext, Route } from "../http/route.ts";
import { isTimeZone } from "../i18n/format.ts";
import { clientIp } from "../lib/client-ip.ts";
import { leadingToken } from "../lib/secrets.ts";
import { detectBrowser, formatBrowser } from "../lib/user-agent.ts";
import { countMalformed } from "../links/request.ts";
import { HashingBusy } from "../passwords/hashing.ts";
import { currentSession } from "../sessions/list.ts";
import { passwordChangeRoutes } from "./account/password-routes.ts";
import { accountRoutes } from "./account/routes.ts";
import { codeRoutes } from "./check-email/code-routes.ts";
import { checkEmailRoutes } from "./check-email/routes.ts";
import { mailboxRoutes } from "./dev-mailbox/routes.ts";
import { emailChangeRoutes } from "./email-change/routes.ts";
import { emailChangeUndoRoutes } from "./email-change/undo-routes.ts";
import { healthRoutes } from "./health.ts";
import type { Pages } from "./pages.ts";
import { passwordResetRoutes } from "./password-reset/routes.ts";
import { securityAlertRoutes } from "./security-alert/routes.ts";
import { signInRoutes } from "./sign-in/routes.ts";
import { signInLinkRoutes } from "./sign-in-link/routes.ts";
import { signUpRoutes } from "./sign-up/routes.ts";

/** The socket's peer: an IP address without port, or null if the app does not know it. */
export interface Connection {
  ip: string | null;
}

/** What is known about a request besides the request itself. `route` is the path pattern of the route table, which holds no token. */
interface Seen extends Connection {
  route: string;
}

/** Every route of the enabled features. */
export function routes(http: HttpContext<Pages>): Route<Pages>[] {
  const mailed = [
    signUpRoutes,
    passwordResetRoutes,
    http.core.settings.signInLinks ? signInLinkRoutes : [],
    checkEmailRoutes,
    codeRoutes,
    securityAlertRoutes,
  ];
  const address = http.core.accounts.setEmail ? [emailChangeRoutes, emailChangeUndoRoutes] : [];
  const pages = [
    ...mailed,
    ...address,
    signInRoutes,
    accountRoutes,
    passwordChangeRoutes,
    healthRoutes,
    assetRoutes(http),
  ].flat();
  return http.mailbox ? [...pages, ...mailboxRoutes(http.mailbox)] : pages;
}

/** Every route as one function from a request to its response. Rejects only if the app's own problem page throws. */
export function createApp(http: HttpContext<Pages>): (request: Request, connection: Connection) => Promise<Response> {
  const app = new Hono<{ Bindings: Seen }>({ strict: true });
  const table = routes(http);
  const reportName = createNameReports(http);
  const isPage = (path: string) => table.some((route) => route.method === "GET" && route.path === path);
  const refuse = (c: RequestContext, route: Route<Pages>) => {
    const name = otherNameOf(c.request);
    if (name === null) return problem(c, 403);
    reportName(name);
    const address = new URL(pathTo(http, isPage(route.path) ? route.path : "/"), http.baseUrl).href;
    const otherName = { address, opened: name };
    return showPage(c, "problem", { status: 403, id: null, otherName }, { status: 403 });
  };
  for (const route of table) {
    app.on(route.method, pattern(http, route.path), (hono) => answer(http, route, hono, refuse));
  }
  // Emails contain BASE_URL itself. With a path it has no slash at its end.
  app.get(pathTo(http, "") || "/", (hono) => redirectTo(requestContext(http, hono), "/users/me"));
  // Registered after the routes above, so that it is reached only by methods they do not accept.
  for (const path of new Set(table.map((route) => route.path))) {
    const methods = table.filter((route) => route.path === path).map((route) => route.method);
    app.all(pattern(http, path), (hono) => notAllowed(requestContext(http, hono), methods));
  }
  app.notFound((hono) => problem(requestContext(http, hono), 404));
  app.onError((error, hono) => failed(error, requestContext(http, hono), hono.env.route));

  const checkProxy = createProxyWarnings(
    http,
    table.map((route) => route.path),
  );
  return async (request, { ip }) => {
    const began = performance.now();
    const seen: Seen = { ip, route: "other" };
    const response = withSecurityHeaders(http, await app.fetch(request, seen));
    checkProxy(request, ip ?? undefined, response.status);
    http.core.meter.request(seen.route, response.status, performance.now() - began);
    return response;
  };
}

/** The pattern of a route for the router. A token may be followed by anything, a slash too (SECURITY.md T10). */
function pattern(http: HttpContext<Pages>, path: string): string {
  return pathTo(http, path).replace(/:token$/, ":token{[^]+}");
}

async function answer(
  http: HttpContext<Pages>,
  route: Route<Pages>,
  hono: Context<{ Bindings: Seen }>,
  refuse: (c: RequestContext, route: Route<Pages>) => Promise<Response>,
): Promise<Response> {
  const c = requestContext(http, hono);
  hono.env.route = route.path;
  if (route.method === "GET") return (await chooseLanguage(c)) ?? route.handle(c, {});

  if (!isSameOrigin(http, c.request)) return refuse(c, route);
  const read = await readForm(c.request);
  if (read.kind === "unreadable") return malformed(c, read.status);

  const timeZone = read.fields.get("tz");
  if (timeZone && isTimeZone(timeZone)) c.client.timeZone = timeZone;
  const form: Record<string, string> = {};
  for (const name of [...route.fields, ...route.optional]) {
    const value = read.fields.get(name);
    if (value !== undefined) form[name] = value;
    else if (route.fields.includes(name)) return malformed(c, 400);
  }
  return route.handle(c, form);
}

/** Keeps the language of `?lang=` in a cookie and redirects to the same address without it. Null if none is asked for. */
async function chooseLanguage(c: RequestContext<Pages>): Promise<Response | null> {
  const wanted = c.query("lang")?.toLowerCase();
  const language = wanted && c.http.catalogues.languages.find(({ tag }) => tag.toLowerCase() === wanted);
  if (!language) return null;
  // A link on another site must not choose the language of a user's notices.
  if (c.request.headers.get("sec-fetch-site") === "same-origin") await keepLanguage(c, language.tag);
  const { pathname, searchParams } = new URL(c.request.url);
  searchParams.delete("lang");
  const query = searchParams.size > 0 ? `?${searchParams}` : "";
  return redirectToPath(`${pathname}${query}`, { cookie: languageCookie(c.http, language.tag) });
}

/** The language that a signed-in reader chooses is that of the account's notices. */
async function keepLanguage({ http, client }: RequestContext<Pages>, locale: string): Promise<void> {
  const signedIn = await currentSession(http.core, client.session);
  if (signedIn) await savePreferences(http.core.database.query, signedIn.account.id, { locale, timeZone: null });
}

function requestContext(http: HttpContext<Pages>, hono: Context<{ Bindings: Seen }>): RequestContext<Pages> {
  return {
    http,
    request: hono.req.raw,
    client: clientOf(http, hono.req.raw.headers, hono.env.ip),
    param: (name) => {
      const part = hono.req.param(name) ?? "";
      return name === "token" ? leadingToken(part) : part;
    },
    query: (name) => hono.req.query(name),
  };
}

/** Reads the client of a request. `ip` is the socket's peer, or null if it is not known: then limits per client do not apply. */
export function clientOf(http: HttpContext, headers: Headers, ip: string | null): Client {
  const signals = { cookie: readLanguageCookie(http, { headers }), accept: headers.get("accept-language") };
  return {
    ...http.catalogues.negotiate(signals, http.defaultLanguage),
    ip: ip === null ? null : clientIp(ip, headers.get("x-forwarded-for"), http.trustedProxies),
    timeZone: null,
    browser: formatBrowser(detectBrowser(headers.get("user-agent"))),
    session: readSessionCookie(http, { headers }),
    request: readRequestCookie(http, { headers }),
    headers,
  };
}

function problem(c: RequestContext, status: number): Promise<Response> {
  return showPage(c, "problem", { status, id: null }, { status });
}

/** A form that cannot be read counts against its client: reading it costs work too. It reaches no handler, so it counts once. */
async function malformed(c: RequestContext<Pages>, status: 400 | 413): Promise<Response> {
  const over = await countMalformed(c.http.core, c.client);
  return over ? tooMany(c, over, "asking") : problem(c, status);
}

function notAllowed(c: RequestContext, methods: string[]): Promise<Response> {
  const allow = methods.includes("GET") ? ["HEAD", ...methods] : methods;
  const headers = { allow: allow.join(", ") };
  return showPage(c, "problem", { status: 405, id: null }, { status: 405, headers });
}

/** Logs the error with the route and not the path, which may hold a token. */
function failed(error: unknown, c: RequestContext, route: string): Promise<Response> {
  if (error instanceof HashingBusy) return unavailable(c, error.retryAfterSeconds);

  const id = randomUUID();
  c.http.log.error({ err: error, id, method: c.request.method, route }, "request failed");
  if (isDatabaseUnavailable(error)) return unavailable(c, 5);
  return showPage(c, "problem", { status: 500, id }, { status: 500 });
}

function unavailable(c: RequestContext, retryAfterSeconds: number): Promise<Response> {
  const headers = { "retry-after": String(retryAfterSeconds) };
  return showPage(c, "problem", { status: 503, id: null }, { status: 503, headers });
}
