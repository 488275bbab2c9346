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

/** Asks for the address whose password is forgotten. */
export function forgotPassword(
  page: PageContext,
  view: { email: string; problem: "invalid-email" | null; next: string | null },
): Page {
  const mistake = view.problem && emailError(view.email);
  const body = html`${errorSummary(mistake)}
<p>It happens. Tell us your email address, and we send you a link to set a new password.</p>
<form method="post" action="${pathTo(page, "/forgot-password")}" novalidate>
${nextField(view.next)}${emailField(view.email, mistake)}
<button class="wide-button">Send me a link</button>
</form>
<div class="links"><p>Remembered it? <a href="${pathWithNext(page, "/sign-in", view.next)}">Sign in</a></p></div>`;
  return { title: "Forgot your password?", body };
}

/** Behind the link: the account's address, one new password, and the token hidden. */
export function resetPassword(
  page: PageContext,
  view: { token: string; email: string; minLength: number; problem: PasswordProblem | null; signedInAs: string | null },
): Page {
  const mistake = passwordError(view.problem);
  const body = html`${errorSummary(mistake)}
${otherAccountWarning(view.signedInAs, view.email)}
<p>You will be signed in here, and signed out everywhere else.</p>
<form method="post" action="${pathTo(page, "/reset-password")}" novalidate>
<input type="hidden" name="token" value="${view.token}">
${fixedEmail(view.email)}
${newPasswordField(view.minLength, mistake)}
<button class="wide-button">Save password and sign in</button>
</form>`;
  return { title: "Set a new password", body };
}

export const passwordResetPages = { forgotPassword, resetPassword };
