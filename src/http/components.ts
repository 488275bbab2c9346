import { html } from "hono/html";
import { PURPOSES, type RequestPurpose } from "../core/purposes.ts";
import { words } from "../i18n/en.ts";
import { displayEmail, type EmailProblem, emailProblem, maskEmail } from "../lib/email-address.ts";
import type { PasswordProblem } from "../passwords/policy.ts";
import type { Html } from "./html.ts";
import { type PageContext, pathTo } from "./page-context.ts";

/** What is wrong with a field, in a sentence for the user. */
export interface FieldError {
  field: string;
  sentence: string;
}

/** What is wrong with a typed address, in a sentence for the user. */
export function emailError(typed: string, field = "email"): FieldError {
  return { field, sentence: emailSentence(emailProblem(typed)) };
}

function emailSentence(problem: EmailProblem): string {
  switch (problem.kind) {
    case "empty":
      return words.error.emailEmpty;
    case "no-at":
      return words.error.emailNoAt;
    case "space":
      return words.error.emailSpace;
    case "several":
      return words.error.emailSeveral;
    case "too-long":
      return words.error.emailTooLong;
    case "character":
      return words.error.emailCharacter(problem);
    case "domain":
      return words.error.emailDomain;
    case "format":
      return words.error.email;
  }
}

/** The error summary above a form, which links to the field. Empty without an error. */
export function errorSummary(mistake: FieldError | null): Html | "" {
  if (!mistake) return "";
  return html`<div class="problem" role="alert" tabindex="-1"><p><a href="#${mistake.field}">${mistake.sentence}</a></p></div>`;
}

/** The email field, as password managers recognise it. */
export function emailField(value: string, mistake: FieldError | null): Html {
  return html`<div class="field">
<label for="email">Email address</label>
${fieldErrorText("email", mistake)}
<input id="email" name="email" type="email" value="${displayEmail(value)}" autocomplete="username" autocapitalize="none" spellcheck="false" required ${ariaInvalid("email", mistake)}>
</div>`;
}

/** The address that a form is about: visible, recognised by password managers, read-only and not submitted. */
export function fixedEmail(value: string): Html {
  return html`<div class="field">
<label for="email">Email address</label>
<input id="email" type="email" value="${displayEmail(value)}" autocomplete="username" readonly>
</div>`;
}

/** The field for a new password. No `maxlength`: a pasted password must not be cut off. */
export function newPasswordField(minLength: number, mistake: FieldError | null): Html {
  return html`<div class="field">
<label for="password">New password</label>
<p class="help" id="password-help">At least ${minLength} characters. A few words in a row work well, and so does whatever a password manager makes.</p>
${fieldErrorText("password", mistake)}
<input id="password" name="password" type="password" autocomplete="new-password" passwordrules="minlength: ${minLength};" required aria-describedby="password-help${mistake?.field === "password" ? " password-error" : ""}" ${mistake?.field === "password" ? html`aria-invalid="true"` : ""}>
</div>`;
}

/** The field for an existing password. `below`: help for a user who does not remember it. */
export function currentPasswordField(
  name: string,
  label: string,
  mistake: FieldError | null,
  below: Html | "" = "",
): Html {
  return html`<div class="field">
<label for="${name}">${label}</label>
${fieldErrorText(name, mistake)}
<input id="${name}" name="${name}" type="password" autocomplete="current-password" required ${ariaInvalid(name, mistake)}>
${below}</div>`;
}

/** Help below the password field of a signed-in user, who may have no password after signing in by link. */
export function passwordHelp(page: PageContext): Html {
  return html`<p class="help below">Don’t know it? <a href="${pathTo(page, "/forgot-password")}">Set a new one by mail</a></p>
`;
}

/** The form that requests another address for the account: on the account page, and again after a refusal. */
export function emailChangeForm(
  page: PageContext,
  { email, typed }: { email: string; typed: string },
  mistake: FieldError | null,
): Html {
  const id = "email-password";
  return html`<p class="quiet">We send a link to the new address. Your account moves there once you confirm it, and you are signed out everywhere else.</p>
<form id="email-form" method="post" action="${pathTo(page, "/users/me/email")}" novalidate>
<input type="email" value="${email}" autocomplete="username" readonly hidden aria-hidden="true">
<div class="field">
<label for="new-email">New email address</label>
${fieldErrorText("new-email", mistake)}
<input id="new-email" name="email" type="email" value="${displayEmail(typed)}" autocomplete="email" autocapitalize="none" spellcheck="false" required ${ariaInvalid("new-email", mistake)}>
</div>
<div class="field">
<label for="${id}">Your password</label>
${fieldErrorText(id, mistake)}
<input id="${id}" name="current_password" type="password" autocomplete="current-password" required ${ariaInvalid(id, mistake)}>
${passwordHelp(page)}</div>
<button>Send a link to the new address</button>
</form>`;
}

/** The path to open after sign-in, in a form. `next` has been checked. Empty without one. */
export function nextField(next: string | null): Html | "" {
  return next === null ? "" : html`<input type="hidden" name="next" value="${next}">\n`;
}

/** The link to the page that the user was on the way to. `next` has been checked. Its query could hold a stranger's words. */
export function continueLink(next: string): Html {
  return html`<a href="${next}">Continue to ${next.replace(/[?#].*$/, "")}</a>`;
}

/** The field for a code: one input, into which it can be pasted with or without its space. */
export function codeField(label: string, mistake: FieldError | null): Html {
  return html`<div class="field">
<label for="code">${label}</label>
${fieldErrorText("code", mistake)}
<input id="code" name="code" class="code" type="text" inputmode="numeric" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required ${ariaInvalid("code", mistake)}>
</div>`;
}

/** Why a code was refused, in a sentence. Null if no code was refused. */
export function codeError(problem: { kind: string; attemptsLeft?: number } | null): FieldError | null {
  if (problem?.kind === "invalid-code") return { field: "code", sentence: "The code in the mail has eight digits." };
  if (problem?.kind !== "wrong-code") return null;
  const { attemptsLeft = 0 } = problem;
  const left = attemptsLeft === 1 ? "You have one more try." : `You have ${attemptsLeft} more tries.`;
  return { field: "code", sentence: `That is not the code of our mail. ${left}` };
}

/** Warns that another account is signed in in this browser and that the button signs it out. Empty otherwise. */
export function otherAccountWarning(signedInAs: string | null, email: string): Html | "" {
  if (signedInAs === null) return "";
  return html`<div class="note"><p>In this browser you are signed in as ${displayEmail(maskEmail(signedInAs))}. Going on signs that account out here, and ${displayEmail(maskEmail(email))} in.</p></div>`;
}

/** One button that requests a new email to the address that this browser requested before. */
export function requestAgainForm(
  page: PageContext,
  { purpose, email, next }: { purpose: RequestPurpose; email: string; next: string | null },
  isSecond = false,
): Html {
  return html`<form method="post" action="${pathTo(page, PURPOSES[purpose].requestPath)}">
<input type="hidden" name="email" value="${email}">
${nextField(next)}<button class="wide-button${isSecond ? " second" : ""}">Send a new mail to ${displayEmail(email)}</button>
</form>`;
}

/** Why a new password was refused, in a sentence. */
export function passwordError(problem: PasswordProblem | null): FieldError | null {
  return problem && { field: "password", sentence: passwordSentence(problem) };
}

function passwordSentence(problem: PasswordProblem): string {
  switch (problem.kind) {
    case "empty":
      return "Please choose a new password.";
    case "too-short":
      return `That password is too short. It needs at least ${problem.minLength} characters.`;
    case "too-long":
      return `That password is too long. It may have up to ${problem.maxBytes} bytes.`;
    case "ill-formed":
      return "That password holds characters that cannot be stored. Please choose another one.";
    case "own-address":
      return "That password is your email address, which others know. Please choose another one.";
    case "local-part":
      return "That password is the first part of your email address, which others know. Please choose another one.";
    case "product-name":
      return "That password is the name of this service, which others would try first. Please choose another one.";
    case "one-character":
      return "That password is one character over and over, which others would try first. Please choose another one.";
    case "repeated":
      return "That password is a short piece over and over, which others would try early. Please choose another one.";
    case "row":
      return "That password is a row of the alphabet or the keyboard, which others would try early. Please choose another one.";
    case "common":
      return "That password is one of those that people use most, which others would try first. Please choose another one.";
    case "breached":
      return "That password was in a leak of another service, so others may have it. Please choose another one.";
  }
}

/** The error text of a field. Empty without an error. */
export function fieldErrorText(field: string, mistake: FieldError | null): Html | "" {
  return mistake?.field === field ? html`<p class="error" id="${field}-error">${mistake.sentence}</p>` : "";
}

/** The ARIA attributes that tie a field to its error text. */
export function ariaInvalid(field: string, mistake: FieldError | null): Html | "" {
  return mistake?.field === field ? html`aria-invalid="true" aria-describedby="${field}-error"` : "";
}
