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
  timeZoneField,
} from "../../http/fields.ts";
import type { Page } from "../../http/layout.ts";
import { foot, lead, submit } from "../../http/marks.ts";
import { type PageContext, pathTo, pathWithNext } from "../../http/page-context.ts";
import { linkTo } from "../../i18n/rich.ts";
import type { PasswordProblem } from "../../passwords/policy.ts";

/** Asks for the address of a new account. */
export function signUp(
  page: PageContext,
  view: { email: string; problem: "invalid-email" | null; next: string | null },
): Page {
  const { words } = page;
  const error = view.problem && emailError(words, view.email);
  const body = html`${lead(words.signUp.intro)}
<form method="post" action="${pathTo(page, "/sign-up")}" novalidate>
${nextField(view.next)}${timeZoneField}${emailField(page, { value: view.email, error, autocomplete: "email" })}
${submit(words.signUp.button, { busy: words.busy.send })}
</form>
${foot(words.signUp.have({ signIn: linkTo(pathWithNext(page, "/sign-in", view.next)) }))}`;
  return { title: words.signUp.title, body, above: errorSummary(page, error), hasError: error !== null };
}

/** Behind the link of a sign-up: the first password. */
export function choosePassword(
  page: PageContext,
  view: { token: string; email: string; minLength: number; problem: PasswordProblem | null; signedInAs: string | null },
): Page {
  const { words } = page;
  const error = passwordError(words, view.problem);
  const body = html`${lead(words.choose.intro)}
${otherAccountWarning(page, view.signedInAs, view.email)}<form method="post" action="${pathTo(page, "/sign-up/confirm")}" novalidate>
<input type="hidden" name="token" value="${view.token}">
${timeZoneField}${fixedEmail(page, view.email)}
${newPasswordField(page, { minLength: view.minLength, error })}
${submit(words.choose.button, { busy: words.busy.create })}
</form>`;
  return { title: words.choose.title, body, above: errorSummary(page, error), hasError: error !== null };
}

export const signUpPages = { choosePassword, signUp };
