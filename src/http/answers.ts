import type { SessionRefused, SignInMethod, TooManyAttempts } from "../core/context.ts";
import { layout, type Page } from "./layout.ts";
import { LONGEST_LOCATION } from "./next.ts";
import { type LanguageLink, type PageContext, pathTo } from "./page-context.ts";
import type { NextStep } from "./problem-page.ts";
import type { RequestContext } from "./route.ts";

export interface AnswerOptions {
  status?: number;
  cookie?: string | string[];
  headers?: Record<string, string>;
  /** The path of the page in the address bar, if it differs from the one of the request: of a refused form, or a used link. */
  address?: string;
}

/** The data that a page of the set shows. */
type ViewOf<Pages, Name extends keyof Pages> = Pages[Name] extends (page: PageContext, view: infer View) => Page
  ? View
  : never;

/** Answers with a page in the layout. The status is 200 unless given. */
export async function showPage<Pages, Name extends keyof Pages>(
  c: RequestContext<Pages>,
  name: Name,
  view: ViewOf<Pages, Name>,
  { status = 200, cookie, headers, address }: AnswerOptions = {},
): Promise<Response> {
  const { http } = c;
  const render = http.pages[name] as (page: PageContext, view: ViewOf<Pages, Name>) => Page | Promise<Page>;
  const page = await pageContext(c, status);
  const response = new Response(String(await layout(page, await render(page, view), address)), {
    status,
    headers: {
      "content-language": page.language,
      vary: "Accept-Language, Cookie",
      ...headers,
      "content-type": "text/html; charset=utf-8",
    },
  });
  return withCookies(response, cookie);
}

/** What a page is rendered with: the data of the site, and the language of the request. */
export async function pageContext<Pages>(c: RequestContext<Pages>, status = 200): Promise<PageContext> {
  const { http, client, request } = c;
  const { baseUrl, brand, stylePath, hasMailbox, catalogues, core } = http;
  const { words, language, dir } = await catalogues.load(client.language);
  return {
    baseUrl,
    brand,
    productName: brand.name,
    stylePath,
    hasMailbox,
    words,
    language,
    dir,
    locale: client.locale,
    // The address of an answer to a form may have no page of its own, and a 500 repeats nothing of its request.
    languages: request.method === "GET" && status < 500 ? languageLinks(request.url, catalogues.languages) : [],
    now: core.clock(),
  };
}

function languageLinks(url: string, languages: ReadonlyArray<Omit<LanguageLink, "query">>): LanguageLink[] {
  const { searchParams } = new URL(url);
  return languages.map((language) => {
    const query = new URLSearchParams(searchParams);
    query.set("lang", language.tag);
    return { ...language, query: `?${query}` };
  });
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

/**
 * Redirects a browser that has just been given a session cookie. A browser that brought no cookie may keep none: it goes
 * through the sign-in page, which leads on if the cookie came back, and otherwise says what happened.
 */
export function redirectSignedIn(
  c: RequestContext,
  { to, by, cookie }: { to: string; by: SignInMethod; cookie: string },
): Response {
  const { session, request } = c.client;
  const next = to === pathTo(c.http, "/users/me") ? "" : `&next=${encodeURIComponent(to)}`;
  const check = pathTo(c.http, `/sign-in?signed-in=${by}${next}`);
  const isKept = session !== null || request !== null;
  return redirectToPath(isKept || check.length > LONGEST_LOCATION ? to : check, { cookie });
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
  next: string | null = null,
): Promise<Response> {
  const { signInLinks } = c.http.core.settings;
  const waysOn = NEXT_STEPS[tried].filter((step) => signInLinks || step !== "sign-in-link");
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
  const headers = { "retry-after": String(seconds) };
  return showPage(c, "tooMany", { seconds, resetRequired, waysOn, next }, { status: 429, headers });
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
