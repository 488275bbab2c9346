import { html } from "hono/html";
import {
  emailError,
  emailField,
  errorSummary,
  fixedEmail,
  newPasswordField,
  nextField,
  otherAccountWarning,
  passwordError,
} from "../../http/components.ts";
import type { Page } from "../../http/layout.ts";
import { type PageContext, pathTo, pathWithNext } from "../../http/page-context.ts";
import type { PasswordProblem } from "../../passwords/policy.ts";

/** Asks for the address of a new account. */
export function signUp(
  page: PageContext,
  view: { email: string; problem: "invalid-email" | null; next: string | null },
): Page {
  const mistake = view.problem && emailError(view.email);
  const body = html`${errorSummary(mistake)}
<p>Tell us your email address. We send you a link, and you choose a password there.</p>
<form method="post" action="${pathTo(page, "/sign-up")}" novalidate>
${nextField(view.next)}${emailField(view.email, mistake)}
<button class="wide-button">Send me a link</button>
</form>
<div class="links"><p>Have an account? <a href="${pathWithNext(page, "/sign-in", view.next)}">Sign in</a></p></div>`;
  return { title: "Create your account", body };
}

/** Behind the link of a sign-up: the first password. */
export function choosePassword(
  page: PageContext,
  view: { token: string; email: string; minLength: number; problem: PasswordProblem | null; signedInAs: string | null },
): Page {
  const mistake = passwordError(view.problem);
  const body = html`${errorSummary(mistake)}
${otherAccountWarning(view.signedInAs, view.email)}
<p>Your address is confirmed. One password, and your account is ready.</p>
<form method="post" action="${pathTo(page, "/sign-up/confirm")}" novalidate>
<input type="hidden" name="token" value="${view.token}">
${fixedEmail(view.email)}
${newPasswordField(view.minLength, mistake)}
<button class="wide-button">Create account</button>
</form>`;
  return { title: "Choose a password", body };
}

export const signUpPages = { choosePassword, signUp };
