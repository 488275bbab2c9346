import { html } from "hono/html";
import {
  currentPasswordField,
  emailError,
  emailField,
  errorSummary,
  type FieldError,
  nextField,
} from "../../http/components.ts";
import type { Page } from "../../http/layout.ts";
import { type PageContext, pathTo, pathWithNext } from "../../http/page-context.ts";
import { outcomes as en } from "../../i18n/en-outcomes.ts";
import { displayEmail, maskEmail } from "../../lib/email-address.ts";

const REFUSED: FieldError = {
  field: "password",
  sentence: "That address and password do not match an account. Try again, or reset your password below.",
};

/** The password form. `next` is a checked path of this origin; `signedInAs` is the address of the current session. */
export function signIn(
  page: PageContext,
  view: {
    email: string;
    next: string | null;
    problem: "invalid-email" | "refused" | null;
    signedInAs: string | null;
    signInLinks: boolean;
  },
): Page {
  const mistake = view.problem && (view.problem === "refused" ? REFUSED : emailError(view.email));
  const home = pathTo(page, "/users/me");
  const body = html`${errorSummary(mistake)}
${view.signedInAs ? html`<div class="done"><p>You are signed in as ${displayEmail(maskEmail(view.signedInAs))}. <a href="${home}">Go to your account</a>, or sign in as someone else.</p></div>` : ""}
<form method="post" action="${pathTo(page, "/sign-in")}" novalidate>
${nextField(view.next)}${emailField(view.email, mistake)}
${currentPasswordField("password", "Password", mistake)}
<button class="wide-button">Sign in</button>
</form>
${view.signInLinks ? html`<p class="or"><a class="button second wide-button" href="${pathWithNext(page, "/sign-in-link", view.next)}">Mail me a sign-in link instead</a></p>` : ""}
<div class="links">
<p><a href="${pathWithNext(page, "/forgot-password", view.next)}">Forgot your password?</a></p>
<p>New here? <a href="${pathWithNext(page, "/sign-up", view.next)}">Create an account</a></p>
</div>`;
  return { title: "Sign in", body };
}

/** What the browser did that was given a session and did not keep its cookie. */
const COOKIE_WORDS = {
  password: en.cookies.signIn,
  "sign-in-link": en.cookies.signInLink,
  "password-reset": en.cookies.reset,
  "sign-up": en.cookies.signUp,
  "email-change": en.cookies.emailChange,
};

/** Whether there is a page about the cookie of this method. */
export function hasCookieWords(method: string | undefined): method is keyof typeof COOKIE_WORDS {
  return method !== undefined && Object.hasOwn(COOKIE_WORDS, method);
}

/** The browser did not send back the cookie that it was just given. `next`: as on the sign-in page. */
export function cookieBlocked(page: PageContext, view: { by: keyof typeof COOKIE_WORDS; next: string | null }): Page {
  const body = html`<p>${COOKIE_WORDS[view.by]}</p>
<p>${en.cookies.next}</p>
<p><a class="button wide-button" href="${pathWithNext(page, "/sign-in", view.next)}">${en.cookies.button}</a></p>`;
  return { title: en.cookies.title, body };
}

export const signInPages = { cookieBlocked, signIn };
