import { html } from "hono/html";
import { linkTo } from "../i18n/rich.ts";
import { currentPasswordField, emailField, type FieldError, hiddenEmail, timeZoneField } from "./fields.ts";
import type { Html } from "./html.ts";
import { submit } from "./marks.ts";
import { type PageContext, pathTo } from "./page-context.ts";

/** Help below the password of a signed-in user, who may have none after signing in by link. */
export function forgotHelp(page: PageContext): Html {
  const reset = linkTo(pathTo(page, "/forgot-password"));
  return html`<p class="hint below">${page.words.password.forgot({ reset })}</p>\n`;
}

/** The form that requests another address for the account: on the account page, and again after a refusal. */
export function emailChangeForm(
  page: PageContext,
  { email, typed, error }: { email: string; typed: string; error: FieldError | null },
): Html {
  const { words } = page;
  return html`<p>${words.emailChange.note}</p>
<form id="email-form" method="post" action="${pathTo(page, "/users/me/email")}" novalidate>
${hiddenEmail(email)}
${timeZoneField}${emailField(page, { id: "new-email", label: words.emailChange.new, value: typed, error, autocomplete: "email" })}
${currentPasswordField({
  id: "email-password",
  name: "current_password",
  label: words.password.yourLabel,
  error,
  below: forgotHelp(page),
})}
${submit(words.emailChange.button, { busy: words.busy.send })}
</form>`;
}
