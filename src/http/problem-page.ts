import { html } from "hono/html";
import { supportHref } from "../brand/brand.ts";
import { wait } from "../i18n/format.ts";
import { link, linkTo, type ltr } from "../i18n/rich.ts";
import type { Words } from "../i18n/shape.ts";
import type { Html } from "./html.ts";
import type { Page } from "./layout.ts";
import { buttonLink, foot, lead } from "./marks.ts";
import { type PageContext, pathTo, pathWithNext } from "./page-context.ts";

/** The key of the sentence for a status, in `words.problem`; the title's is the same with `Title`. */
const KEYS = {
  400: "badRequest",
  403: "otherSite",
  404: "notFound",
  405: "notAllowed",
  413: "tooLarge",
  503: "busy",
} as const satisfies Record<number, keyof Words["problem"]>;

/** An error page. It shows the id under which the log holds the cause, and nothing else about it. */
export function problem(
  page: PageContext,
  view: {
    status: number;
    id: string | null;
    /** The page to open instead, if the site was opened under a name that is not the one in `BASE_URL`. */
    otherName?: { address: string; opened: string } | null;
  },
): Page {
  const { words } = page;
  if (view.otherName) return otherName(page, view.otherName);
  const key = KEYS[view.status as keyof typeof KEYS] ?? "failed";
  const reset = link({ label: words.problem.resetPassword, href: pathTo(page, "/forgot-password") });
  const body = html`${lead(words.problem[key])}
${buttonLink(pathTo(page, "/sign-in"), words.problem.signIn)}
${view.id === null ? foot(reset) : foot(...reference(page, view.id))}`;
  return { title: words.problem[`${key}Title`], body };
}

/** The reference to the cause in the log, which one click selects. */
function reference(page: PageContext, id: string): Array<ReturnType<typeof ltr> | Html | ""> {
  const { words, productName: product } = page;
  const help =
    supportHref(page.brand) === null ? "" : words.frame.needHelp({ product, support: linkTo(supportHref(page.brand)) });
  return [help, html`<span class="reference">${words.problem.reference({ id })}</span>`];
}

/** Links to the address in `BASE_URL`. A redirect would loop behind a proxy that sends a `Host` of its own. */
function otherName({ words }: PageContext, names: { address: string; opened: string }): Page {
  const { otherNameTitle: title, otherName: sentence, otherNameButton: label } = words.problem;
  const body = html`${lead(sentence(names))}
${buttonLink(names.address, label(names))}`;
  return { title, body };
}

/** A page that is useful while an attempt is rate limited. */
export type NextStep = "sign-in" | "password-reset" | "sign-in-link" | "check-email" | "account";

const STEPS = {
  "sign-in": { path: "/sign-in", label: "signIn" },
  "password-reset": { path: "/forgot-password", label: "resetPassword" },
  "sign-in-link": { path: "/sign-in-link", label: "signInLink" },
  "check-email": { path: "/check-email", label: "enterCode" },
  account: { path: "/users/me", label: "toAccount" },
} as const satisfies Record<NextStep, { path: string; label: keyof Words["problem"] }>;

/** Waits up to this are "a few seconds". */
const SOON_SECONDS = 10;

/** Rate limited: when the next attempt is allowed, or that only a reset helps, and what can be done meanwhile. */
export function tooMany(
  page: PageContext,
  view: { seconds: number; resetRequired: boolean; waysOn: readonly NextStep[]; next: string | null },
): Page {
  const { words, locale } = page;
  const [first, ...rest] = view.waysOn.map((step) => {
    const { path, label } = STEPS[step];
    return { href: pathWithNext(page, path, view.next), label: words.problem[label] };
  });
  // The reader may be the owner of an account that an attacker guesses at: the text does not blame.
  const sentence = view.resetRequired
    ? words.tooMany.reset
    : view.seconds <= SOON_SECONDS
      ? words.tooMany.soon
      : words.tooMany.text({ duration: wait(locale, view.seconds * 1_000) });
  const body = html`${lead(sentence)}
${first ? buttonLink(first.href, first.label) : ""}
${rest.length > 0 ? foot(...rest.map(link)) : ""}`;
  return { title: view.resetRequired ? words.tooMany.resetTitle : words.tooMany.title, body };
}

/** The host app refused a session by this method. Nothing was consumed or changed. */
export function sessionRefused(page: PageContext, view: { behindLink: boolean }): Page {
  const { words, productName: product } = page;
  const { title, text, linkWorks, next } = words.refused;
  const body = html`${lead(view.behindLink ? linkWorks : text)}
<p>${next({ product, support: linkTo(supportHref(page.brand)) })}</p>
${buttonLink(pathTo(page, "/sign-in"), words.problem.signIn)}`;
  return { title, body };
}

/** The pages that answers of `http` itself show. */
export const httpPages = { problem, sessionRefused, tooMany };

export type HttpPages = typeof httpPages;
