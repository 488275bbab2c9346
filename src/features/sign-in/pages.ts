import { html } from "hono/html";
import {
  currentPasswordField,
  emailError,
  emailField,
  errorSummary,
  type FieldError,
  nextField,
} from "../../http/fields.ts";
import { icon } from "../../http/icons.ts";
import type { Page } from "../../http/layout.ts";
import { buttonLink, divider, emblem, lead, notice, submit } from "../../http/marks.ts";
import { type PageContext, pathTo, pathWithNext } from "../../http/page-context.ts";
import { linkTo } from "../../i18n/rich.ts";
import { displayEmail, maskEmail } from "../../lib/email-address.ts";

/** What the password form shows. `next` is a checked path of this origin; `signedInAs` is the address of the current session. */
interface SignInView {
  email: string;
  next: string | null;
  problem: "invalid-email" | "refused" | null;
  signedInAs: string | null;
  signInLinks: boolean;
}

/** The password form. */
export function signIn(page: PageContext, view: SignInView): Page {
  const { words, productName: product } = page;
  const { email, next, signedInAs } = view;
  const reset = pathWithNext(page, "/forgot-password", next);
  const error = errorOf(page, view, reset);
  const already = signedInAs !== null && {
    email: displayEmail(maskEmail(signedInAs)),
    account: linkTo(pathTo(page, "/users/me")),
  };
  const byLink = html`${icon("email")}${words.signIn.byLink}`;
  const body = html`${lead(words.signIn.new({ product, signUp: linkTo(pathWithNext(page, "/sign-up", next)) }))}
<form method="post" action="${pathTo(page, "/sign-in")}" novalidate>
${nextField(next)}${emailField(page, { value: email, error })}
${currentPasswordField({
  name: "password",
  label: words.password.label,
  error,
  beside: html`<a href="${reset}">${words.signIn.forgot}</a>`,
})}
${submit(words.signIn.button, { busy: words.busy.signIn })}
</form>
${
  view.signInLinks
    ? html`${divider(words.signIn.or)}
${buttonLink(pathWithNext(page, "/sign-in-link", next), byLink, { kind: "second" })}`
    : ""
}`;
  return {
    title: words.signIn.title({ product }),
    documentTitle: words.signIn.shortTitle,
    body,
    above: html`${errorSummary(page, error)}${already ? notice("info", words.signIn.already(already)) : ""}`,
    hasError: error !== null,
  };
}

function errorOf({ words }: PageContext, { problem, email }: SignInView, reset: string): FieldError | null {
  if (problem === "invalid-email") return emailError(words, email);
  if (problem === null) return null;
  const { error, errorSummary: summary } = words.signIn;
  return { field: "password", sentence: error({ reset: linkTo(reset) }), summary };
}

/** What the browser did that was given a session and did not keep its cookie: the key of the sentence for each method. */
const COOKIE_WORDS = {
  password: "signIn",
  "sign-in-link": "signInLink",
  "password-reset": "reset",
  "sign-up": "signUp",
  "email-change": "emailChange",
} as const;

/** Whether there is a page about the cookie of this method. */
export function hasCookieWords(method: string | undefined): method is keyof typeof COOKIE_WORDS {
  return method !== undefined && Object.hasOwn(COOKIE_WORDS, method);
}

/** The browser did not send back the cookie that it was just given. `next`: as on the sign-in page. */
export function cookieBlocked(page: PageContext, view: { by: keyof typeof COOKIE_WORDS; next: string | null }): Page {
  const { cookies } = page.words;
  const body = html`${lead(cookies[COOKIE_WORDS[view.by]])}
<p>${cookies.next}</p>
${buttonLink(pathWithNext(page, "/sign-in", view.next), cookies.button)}`;
  return { title: cookies.title, body, above: emblem("problem", "warn") };
}

export const signInPages = { cookieBlocked, signIn };
