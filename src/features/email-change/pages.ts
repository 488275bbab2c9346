import { html } from "hono/html";
import { emailChangeForm } from "../../http/email-change-form.ts";
import { currentPasswordField, emailError, errorSummary, type FieldError, timeZoneField } from "../../http/fields.ts";
import type { Page } from "../../http/layout.ts";
import { buttonLink, emblem, foot, lead, submit } from "../../http/marks.ts";
import { type PageContext, pathTo } from "../../http/page-context.ts";
import { link, linkTo } from "../../i18n/rich.ts";
import type { Words } from "../../i18n/shape.ts";
import { displayEmail, maskEmail } from "../../lib/email-address.ts";
import { emailChangeUndone, undoEmailChange } from "./undo-page.ts";

/** Why a request for another address was rejected. `field` is the id of an input. */
export type EmailChangeProblem =
  | { field: "new-email"; why: "invalid-email" | "same-address"; typed: string }
  | { field: "email-password"; typed: string };

function emailChangeError(words: Words, problem: EmailChangeProblem): FieldError {
  const { field } = problem;
  if (field === "email-password") return { field, sentence: words.emailChange.wrongPassword };
  if (problem.why === "same-address") return { field, sentence: words.emailChange.same };
  return emailError(words, problem.typed, field);
}

/** The form again, after a request for another address that was refused. */
export function changeEmail(page: PageContext, view: { email: string; problem: EmailChangeProblem }): Page {
  const { words } = page;
  const { email, problem } = view;
  const error = emailChangeError(words, problem);
  const body = html`${lead(words.emailChange.current({ email: displayEmail(email) }))}
${emailChangeForm(page, { email, typed: problem.typed, error })}
${foot(link({ label: words.problem.toAccount, href: pathTo(page, "/users/me") }))}`;
  return { title: words.emailChange.title, body, above: errorSummary(page, error), hasError: true };
}

/** What the page behind the link shows. */
export interface ConfirmEmailChangeView {
  token: string;
  /** The current address of the account; `email` is the new one. */
  from: string;
  email: string;
  /** True in any browser that is not signed in to the account. */
  needsPassword: boolean;
  problem: "wrong-password" | null;
}

/** Behind the link: what would change, and one button. Nothing happens before it is pressed. */
export function confirmEmailChange(page: PageContext, view: ConfirmEmailChangeView): Page {
  const { words } = page;
  const { address } = words;
  const error = view.problem && { field: "password", sentence: address.wrongPassword };
  const from = displayEmail(maskEmail(view.from));
  const to = displayEmail(maskEmail(view.email));
  const password = currentPasswordField({
    name: "password",
    label: words.password.yourLabel,
    error,
    // A reset ends this link like all others, so the help says so. A signed-in browser needs no reset.
    below: html`<p class="hint below">${address.forgot({ reset: linkTo(pathTo(page, "/forgot-password")) })}</p>\n`,
  });
  const body = html`<p>${address.what({ from, to })}</p>
<p>${view.needsPassword ? address.everywhere : address.everywhereElse}</p>
<form method="post" action="${pathTo(page, "/address-change")}" novalidate>
<input type="hidden" name="token" value="${view.token}">
${timeZoneField}${view.needsPassword ? password : ""}
${submit(address.button, { busy: words.busy.save })}
</form>
${foot(words.confirm.notYou)}`;
  const above = view.needsPassword ? errorSummary(page, error) : emblem("email");
  return { title: address.title, body, above, hasError: error !== null };
}

/** After the button was pressed. `email` is the new address, or null in a browser that is not signed in. */
export function emailChanged(page: PageContext, view: { email: string | null; signedIn: boolean }): Page {
  const { address } = page.words;
  const email = view.email !== null && displayEmail(maskEmail(view.email));
  const sentence = email && (view.signedIn ? address.doneElse({ email }) : address.done({ email }));
  const body = html`${sentence ? html`${lead(sentence)}<p>${address.told}</p>` : lead(address.told)}
${
  view.signedIn
    ? buttonLink(pathTo(page, "/users/me"), address.toAccount)
    : buttonLink(pathTo(page, "/sign-in"), address.signIn)
}`;
  return { title: address.doneTitle, body, above: emblem("tick", "good") };
}

export const emailChangePages = { changeEmail, confirmEmailChange, emailChanged, emailChangeUndone, undoEmailChange };
