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
import { emblem, foot, lead, submit } from "../../http/marks.ts";
import { type PageContext, pathTo, pathWithNext } from "../../http/page-context.ts";
import { link } from "../../i18n/rich.ts";
import type { PasswordProblem } from "../../passwords/policy.ts";

/** Asks for the address whose password is forgotten. */
export function forgotPassword(
  page: PageContext,
  view: { email: string; problem: "invalid-email" | null; next: string | null },
): Page {
  const { words } = page;
  const error = view.problem && emailError(words, view.email);
  const body = html`${lead(words.forgot.intro)}
<form method="post" action="${pathTo(page, "/forgot-password")}" novalidate>
${nextField(view.next)}${timeZoneField}${emailField(page, { value: view.email, error })}
${submit(words.forgot.button, { busy: words.busy.send })}
</form>
${foot(link({ label: words.forgot.back, href: pathWithNext(page, "/sign-in", view.next) }))}`;
  return {
    title: words.forgot.title,
    body,
    above: html`${errorSummary(page, error)}${emblem("key")}`,
    hasError: error !== null,
  };
}

/** Behind the link: the account's address, one new password, and the token hidden. */
export function resetPassword(
  page: PageContext,
  view: {
    token: string;
    email: string;
    minLength: number;
    problem: PasswordProblem | null;
    signedInAs: string | null;
    /** Whether the account was created by an invitation and has no password yet. */
    isInvited: boolean;
  },
): Page {
  const { words } = page;
  const { title, intro, button } = view.isInvited ? words.invited : words.reset;
  const error = passwordError(words, view.problem);
  const body = html`${lead(intro)}
${otherAccountWarning(page, view.signedInAs, view.email)}<form method="post" action="${pathTo(page, "/reset-password")}" novalidate>
<input type="hidden" name="token" value="${view.token}">
${timeZoneField}${fixedEmail(page, view.email)}
${newPasswordField(page, { minLength: view.minLength, error })}
${submit(button, { busy: words.busy.save })}
</form>`;
  return { title, body, above: errorSummary(page, error), hasError: error !== null };
}

export const passwordResetPages = { forgotPassword, resetPassword };
