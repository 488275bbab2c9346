import { html } from "hono/html";
import {
  currentPasswordField,
  emailChangeForm,
  emailError,
  errorSummary,
  type FieldError,
} from "../../http/components.ts";
import type { Html } from "../../http/html.ts";
import type { Page } from "../../http/layout.ts";
import { type PageContext, pathTo } from "../../http/page-context.ts";
import { displayEmail, maskEmail } from "../../lib/email-address.ts";
import { emailChangeUndone, undoEmailChange } from "./undo-page.ts";

/** Why a request for another address was rejected. `field` is the id of an input. */
export type EmailChangeProblem =
  | { field: "new-email"; why: "invalid-email" | "same-address"; typed: string }
  | { field: "email-password"; typed: string };

/** The problem, in a sentence for the user. */
function emailChangeError(problem: EmailChangeProblem): FieldError {
  const { field } = problem;
  if (field === "email-password") return { field, sentence: "That is not your password." };
  if (problem.why === "same-address") return { field, sentence: "That is your address already." };
  return emailError(problem.typed, field);
}

/** The form again, after a request for another address that was refused. */
export function changeEmail(page: PageContext, view: { email: string; problem: EmailChangeProblem }): Page {
  const { problem } = view;
  const mistake = emailChangeError(problem);
  const body = html`${errorSummary(mistake)}
<p>The address of your account is <strong>${displayEmail(view.email)}</strong>.</p>
${emailChangeForm(page, { email: view.email, typed: problem.typed }, mistake)}
<div class="links"><p><a href="${pathTo(page, "/users/me")}">Go to your account</a></p></div>`;
  return { title: "Change your email address", body };
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
  const mistake = view.problem && { field: "password", sentence: "That is not the password of this account." };
  const body = html`${errorSummary(mistake)}
<p>The account of <strong>${displayEmail(maskEmail(view.from))}</strong> moves to <strong>${displayEmail(maskEmail(view.email))}</strong>. From then on this is the address to sign in with, and our mails go there.</p>
<p>All browsers are signed out${view.needsPassword ? "" : ", but you stay signed in here"}. We tell both addresses.</p>
<form method="post" action="${pathTo(page, "/address-change")}" novalidate>
<input type="hidden" name="token" value="${view.token}">
${view.needsPassword ? currentPasswordField("password", "Password of this account", mistake, withoutPassword(page)) : ""}
<button class="wide-button">Change the address</button>
</form>
<div class="links"><p>Was it not you who asked? Then close this page: nothing has happened.</p></div>`;
  return { title: "Confirm your new address", body };
}

/** A reset ends this link like all others, so the page says so. A signed-in browser needs no reset. */
function withoutPassword(page: PageContext): Html {
  return html`<p class="help below">Don’t know it? Open this link where you are signed in. A new password ends this link, so ask again after it. <a href="${pathTo(page, "/forgot-password")}">Set a new one by mail</a></p>
`;
}

/** After the button was pressed. `email` is the new address, or null in a browser that is not signed in. */
export function emailChanged(page: PageContext, view: { email: string | null; signedIn: boolean }): Page {
  const now =
    view.email === null
      ? "Your address is changed."
      : html`Your address is now <strong>${displayEmail(maskEmail(view.email))}</strong>.`;
  const body = html`<div class="done"><p>${now} ${view.signedIn ? "You were signed out everywhere else." : "All browsers were signed out."}</p></div>
${
  view.signedIn
    ? html`<p><a class="button wide-button" href="${pathTo(page, "/users/me")}">Go to your account</a></p>`
    : html`<p><a class="button wide-button" href="${pathTo(page, "/sign-in")}">Sign in with the new address</a></p>`
}
<div class="links"><p>A mail to each of the two addresses tells of it.</p></div>`;
  return { title: "Your address is changed", body };
}

export const emailChangePages = { changeEmail, confirmEmailChange, emailChanged, emailChangeUndone, undoEmailChange };
