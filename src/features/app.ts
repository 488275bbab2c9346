import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { routePath } from "hono/route";
import type { Visitor } from "../core/context.ts";
import { isDatabaseUnavailable } from "../db/health.ts";
import { goTo, showPage } from "../http/answers.ts";
import { assets } from "../http/assets.ts";
import type { Site } from "../http/context.ts";
import { requestFrom, sessionFrom } from "../http/cookies.ts";
import { readForm } from "../http/forms.ts";
import { secure } from "../http/headers.ts";
import { isSameOrigin } from "../http/origin-check.ts";
import { pathTo } from "../http/page-context.ts";
import type { Route, Visit } from "../http/route.ts";
import { clientAddress } from "../lib/client-ip.ts";
import { browserLabel } from "../lib/user-agent.ts";
import { HashingBusy } from "../passwords/hashing.ts";
import { passwordChange } from "./account/password-routes.ts";
import { sessions } from "./account/routes.ts";
import { code } from "./check-email/code-routes.ts";
import { checkEmail } from "./check-email/routes.ts";
import { mailboxRoutes } from "./dev-mailbox/routes.ts";
import { addressChange } from "./email-change/routes.ts";
import { addressUndo } from "./email-change/undo-routes.ts";
import { health } from "./health.ts";
import { passwordReset } from "./password-reset/routes.ts";
import { objection } from "./security-alert/routes.ts";
import { signIn } from "./sign-in/routes.ts";
import { signInLink } from "./sign-in-link/routes.ts";
import { signUp } from "./sign-up/routes.ts";

/** Who is at the other end of the connection, where the server knows: an IP address without port. */
export interface Peer {
  peer?: string | undefined;
}

/** What is known of a request besides itself. `route` becomes the path as the route table has it, which names nobody. */
interface Seen extends Peer {
  route: string;
}

/** Every route that there is. */
export function routes(site: Site): Route[] {
  const mailed = [signUp, passwordReset, site.core.rules.signInLinks ? signInLink : [], checkEmail, code, objection];
  const address = site.core.accounts.setEmail ? [addressChange, addressUndo] : [];
  const pages = [...mailed, ...address, signIn, sessions, passwordChange, health, assets].flat();
  return site.mailbox ? [...pages, ...mailboxRoutes(site.mailbox)] : pages;
}

/** All of the web as one function from a request to its answer. It never throws. */
export function createApp(site: Site): (request: Request, peer?: Peer) => Promise<Response> {
  const app = new Hono<{ Bindings: Seen }>({ strict: true });
  const table = routes(site);
  for (const route of table) {
    app.on(route.method, pathTo(site, route.path), (c) => answer(site, route, c));
  }
  // Mails name BASE_URL itself, which ends without a slash where it has a path.
  app.get(pathTo(site, "") || "/", (c) => goTo(visitOf(site, c), "/users/me"));
  // Below the routes above, so that it is reached by the methods they do not take.
  for (const path of new Set(table.map((route) => route.path))) {
    const methods = table.filter((route) => route.path === path).map((route) => route.method);
    app.all(pathTo(site, path), (c) => notAllowed(visitOf(site, c), methods));
  }
  app.notFound((c) => problem(visitOf(site, c), 404));
  app.onError((error, c) => failed(error, visitOf(site, c), routePath(c)));

  return async (request, peer = {}) => {
    const began = performance.now();
    const seen: Seen = { peer: peer.peer, route: "other" };
    const response = secure(site, await app.fetch(request, seen));
    site.core.meter.request(seen.route, response.status, performance.now() - began);
    return response;
  };
}

async function answer(site: Site, route: Route, c: Context<{ Bindings: Seen }>): Promise<Response> {
  const visit = visitOf(site, c);
  c.env.route = route.path;
  if (route.method === "GET") return route.answer(visit, {});

  if (!isSameOrigin(site, visit.request)) return problem(visit, 403);
  const read = await readForm(visit.request);
  if (read.kind === "unreadable") return problem(visit, read.status);

  const form: Record<string, string> = {};
  for (const name of [...route.fields, ...route.optional]) {
    const value = read.fields.get(name);
    if (value !== undefined) form[name] = value;
    else if (route.fields.includes(name)) return problem(visit, 400);
  }
  return route.answer(visit, form);
}

function visitOf(site: Site, c: Context<{ Bindings: Seen }>): Visit {
  return {
    site,
    request: c.req.raw,
    visitor: visitorOf(site, c.req.raw, c.env),
    param: (name) => c.req.param(name) ?? "",
    query: (name) => c.req.query(name),
  };
}

/** What a request says of the person behind it. */
export function visitorOf(site: Site, request: Request, { peer }: Peer = {}): Visitor {
  const { headers } = request;
  return {
    client: peer ? clientAddress(peer, headers.get("x-forwarded-for"), site.trustedProxies) : null,
    browser: browserLabel(headers.get("user-agent")),
    locale: "en",
    session: sessionFrom(site, request),
    request: requestFrom(site, request),
    headers,
  };
}

function problem(visit: Visit, status: number): Promise<Response> {
  return showPage(visit, "problem", { status, id: null }, { status });
}

function notAllowed(visit: Visit, methods: string[]): Promise<Response> {
  const allow = methods.includes("GET") ? ["HEAD", ...methods] : methods;
  const headers = { allow: allow.join(", ") };
  return showPage(visit, "problem", { status: 405, id: null }, { status: 405, headers });
}

/** What went wrong with us goes to the log, by its route and not by its path, which may hold a token. */
function failed(error: unknown, visit: Visit, route: string): Promise<Response> {
  if (error instanceof HashingBusy) return unavailable(visit, error.retryAfterSeconds);

  const id = randomUUID();
  visit.site.log.error({ err: error, id, method: visit.request.method, route }, "a request failed");
  if (isDatabaseUnavailable(error)) return unavailable(visit, 5);
  return showPage(visit, "problem", { status: 500, id }, { status: 500 });
}

function unavailable(visit: Visit, retryAfterSeconds: number): Promise<Response> {
  const headers = { "retry-after": String(retryAfterSeconds) };
  return showPage(visit, "problem", { status: 503, id: null }, { status: 503, headers });
}
