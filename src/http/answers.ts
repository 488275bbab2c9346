import type { SessionRefused, TooManyAttempts } from "../core/context.ts";
import { layout, type Page } from "./layout.ts";
import { type PageContext, pathTo } from "./page-context.ts";
import type { NextStep } from "./problem-page.ts";
import type { RequestContext } from "./route.ts";

export interface AnswerOptions {
  status?: number;
  cookie?: string | string[];
  headers?: Record<string, string>;
}

/** The data that a page of the set shows. */
type ViewOf<Pages, Name extends keyof Pages> = Pages[Name] extends (page: PageContext, view: infer View) => Page
  ? View
  : never;

/** Answers with a page in the layout. The status is 200 unless given. */
export async function showPage<Pages, Name extends keyof Pages>(
  { http }: RequestContext<Pages>,
  name: Name,
  view: ViewOf<Pages, Name>,
  { status = 200, cookie, headers }: AnswerOptions = {},
): Promise<Response> {
  const render = http.pages[name] as (page: PageContext, view: ViewOf<Pages, Name>) => Page;
  const response = new Response(String(await layout(http, render(http, view))), {
    status,
    headers: { ...headers, "content-type": "text/html; charset=utf-8" },
  });
  return withCookies(response, cookie);
}

/** Redirects to a page below `BASE_URL` with 303, so that a form is not sent again (RFC 9110 §15.4.4). */
export function redirectTo({ http }: RequestContext, path: string, options?: AnswerOptions): Response {
  return redirectToPath(pathTo(http, path), options);
}

/** As `redirectTo`, for a path that already includes the path of `BASE_URL`. */
export function redirectToPath(path: string, { status = 303, cookie }: AnswerOptions = {}): Response {
  const answer = new Response(null, { status, headers: { location: path } });
  return withCookies(answer, cookie);
}

/** Sends a browser that is not signed in to the sign-in page, which leads back to the account page. */
export function redirectToSignIn(c: RequestContext): Response {
  return redirectTo(c, `/sign-in?next=${encodeURIComponent(pathTo(c.http, "/users/me"))}`);
}

function withCookies(answer: Response, cookie: AnswerOptions["cookie"] = []): Response {
  for (const line of [cookie].flat()) answer.headers.append("set-cookie", line);
  return answer;
}

/** Next steps for each kind of rate-limited attempt: never a form that the same limit refuses. */
const NEXT_STEPS = {
  password: ["password-reset", "sign-in-link"],
  "current-password": ["password-reset", "account"],
  asking: ["sign-in"],
  "send-again": ["check-email", "sign-in"],
} as const satisfies Record<string, readonly NextStep[]>;

/** Answers 429 with next steps: an attacker's attempts must not leave the account owner without a way in. */
export function tooMany(
  c: RequestContext,
  { retryAfterMs, resetRequired = false }: TooManyAttempts,
  tried: keyof typeof NEXT_STEPS,
): Promise<Response> {
  const { signInLinks } = c.http.core.settings;
  const waysOn = NEXT_STEPS[tried].filter((step) => signInLinks || step !== "sign-in-link");
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
  const headers = { "retry-after": String(seconds) };
  return showPage(c, "tooMany", { seconds, resetRequired, waysOn }, { status: 429, headers });
}

/**
 * Answers that the host app refused the session, or redirects where the host app asks to. `behindLink`: the request
 * was for a link, which was not consumed.
 */
export function sessionRefused(
  c: RequestContext,
  refusal: SessionRefused,
  { behindLink }: { behindLink: boolean },
): Promise<Response> | Response {
  if (refusal.kind === "go-to") return redirectToPath(refusal.goTo);
  return showPage(c, "sessionRefused", { behindLink }, { status: 403 });
}
