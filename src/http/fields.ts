import { html } from "hono/html";
import { PURPOSES, type RequestPurpose } from "../core/purposes.ts";
import type { Words } from "../i18n/shape.ts";
import { displayEmail, type EmailProblem, emailProblem, maskEmail } from "../lib/email-address.ts";
import type { PasswordProblem } from "../passwords/policy.ts";
import type { Html } from "./html.ts";
import { icon } from "./icons.ts";
import { notice, type Sentence, submit } from "./marks.ts";
import { type PageContext, pathTo } from "./page-context.ts";

/** What is wrong with a field. */
export interface FieldError {
  /** The id of the field. */
  field: string;
  sentence: Sentence;
  /** In the error summary; the same unless given. Without links: the whole entry is a link to the field. */
  summary?: string;
}

/** The error summary above the title, which links to the field. Empty without an error. */
export function errorSummary({ words }: PageContext, error: FieldError | null): Html | "" {
  if (!error) return "";
  return html`<div class="notice bad summary" role="alert" tabindex="-1">${icon("problem")}<div><h2>${words.error.heading}</h2><ul><li><a href="#${error.field}">${error.summary ?? error.sentence}</a></li></ul></div></div>
`;
}

/** The parts of a field around its input. `hint` and `error` describe the input. */
function field(
  { id, label, hint, error }: { id: string; label: Sentence; hint?: Sentence | undefined; error: FieldError | null },
  { input, beside = "", below = "" }: { input: Html; beside?: Html | ""; below?: Html | "" },
): Html {
  const labelled = html`<label for="${id}">${label}</label>`;
  return html`<div class="field">
${beside === "" ? labelled : html`<div class="label-row">${labelled}${beside}</div>`}
${hint === undefined ? "" : html`<p class="hint" id="${id}-hint">${hint}</p>`}
${errorText(id, error)}
${input}
${below}</div>`;
}

/** The error text of a field. Empty without an error in it. */
function errorText(id: string, error: FieldError | null): Html | "" {
  if (error?.field !== id) return "";
  return html`<p class="error" id="${id}-error">${icon("problem")}<span>${error.sentence}</span></p>`;
}

/** The attributes that tie an input to its hint and its error. */
function described(id: string, { hint, error }: { hint: boolean; error: FieldError | null }): Html | "" {
  const isWrong = error?.field === id;
  const ids = [...(hint ? [`${id}-hint`] : []), ...(isWrong ? [`${id}-error`] : [])];
  if (ids.length === 0) return "";
  return html`aria-describedby="${ids.join(" ")}"${isWrong ? html` aria-invalid="true"` : ""}`;
}

/** A field for an email address. `autocomplete`: `username` where the address signs in, so that password managers know it. */
export function emailField(
  page: PageContext,
  {
    value,
    error,
    id = "email",
    label = page.words.email.label,
    autocomplete = "username",
  }: {
    value: string;
    error: FieldError | null;
    id?: string;
    label?: string;
    autocomplete?: "username" | "email";
  },
): Html {
  const input = html`<input id="${id}" name="email" type="email" value="${displayEmail(value)}" autocomplete="${autocomplete}" inputmode="email" enterkeyhint="send" autocapitalize="none" spellcheck="false" required ${described(id, { hint: false, error })}>`;
  return field({ id, label, error }, { input });
}

/** The address that a form is about: visible, recognised by password managers, read-only and not submitted. */
export function fixedEmail({ words }: PageContext, value: string): Html {
  const input = html`<input id="email" type="email" value="${displayEmail(value)}" autocomplete="username" readonly>`;
  return field({ id: "email", label: words.email.label, error: null }, { input });
}

/** The address for password managers in a form that does not show it. */
export function hiddenEmail(value: string): Html {
  return html`<input type="email" value="${value}" autocomplete="username" readonly hidden aria-hidden="true">`;
}

/** A field for a new password. No `maxlength`: a pasted password must not be cut off. */
export function newPasswordField(
  { words }: PageContext,
  {
    minLength,
    error,
    label = words.password.newLabel,
  }: { minLength: number; error: FieldError | null; label?: string },
): Html {
  const id = "password";
  const hint = words.password.hint(minLength);
  const input = html`<input id="${id}" name="password" type="password" autocomplete="new-password" passwordrules="minlength: ${minLength};" enterkeyhint="go" required data-min-length="${minLength}" ${described(id, { hint: true, error })}>`;
  return field({ id, label, hint, error }, { input });
}

/** A field for an existing password. `beside`: next to the label; `below`: help below the field. */
export function currentPasswordField({
  name,
  label,
  error,
  id = name,
  beside = "",
  below = "",
}: {
  name: string;
  label: string;
  error: FieldError | null;
  id?: string;
  beside?: Html | "";
  below?: Html | "";
}): Html {
  const input = html`<input id="${id}" name="${name}" type="password" autocomplete="current-password" enterkeyhint="go" required ${described(id, { hint: false, error })}>`;
  return field({ id, label, error }, { input, beside, below });
}

/** The field for a code: one input, into which it can be pasted with or without its space. */
export function codeField({ words }: PageContext, error: FieldError | null): Html {
  const id = "code";
  const input = html`<input id="${id}" name="code" class="code" type="text" inputmode="numeric" autocomplete="one-time-code" enterkeyhint="go" autocapitalize="none" spellcheck="false" dir="ltr" required ${described(id, { hint: true, error })}>`;
  return field({ id, label: words.code.label, hint: words.code.hint, error }, { input });
}

/** Why a code was refused. Null if no code was refused. */
export function codeError(words: Words, problem: { kind: string; attemptsLeft?: number } | null): FieldError | null {
  if (problem?.kind === "invalid-code") return { field: "code", sentence: words.code.errorFormat };
  if (problem?.kind !== "wrong-code") return null;
  return { field: "code", sentence: words.code.errorWrong(problem.attemptsLeft ?? 0) };
}

/** Why a new password was refused. Null if none was. */
export function passwordError({ password }: Words, problem: PasswordProblem | null): FieldError | null {
  return problem && { field: "password", sentence: sentenceFor(password, problem) };
}

const PASSWORD_SENTENCES = {
  empty: "empty",
  "too-long": "tooLong",
  "ill-formed": "illFormed",
  "own-address": "ownAddress",
  "local-part": "localPart",
  "product-name": "productName",
  "one-character": "oneCharacter",
  repeated: "repeated",
  row: "row",
  common: "common",
  breached: "breached",
} as const satisfies Record<Exclude<PasswordProblem["kind"], "too-short">, keyof Words["password"]>;

function sentenceFor(words: Words["password"], problem: PasswordProblem): string {
  return problem.kind === "too-short" ? words.tooShort(problem.minLength) : words[PASSWORD_SENTENCES[problem.kind]];
}

/** What is wrong with a typed address. */
export function emailError({ error }: Words, typed: string, field = "email"): FieldError {
  const problem = emailProblem(typed);
  const sentence = problem.kind === "character" ? error.emailCharacter(problem) : error[EMAIL_SENTENCES[problem.kind]];
  return { field, sentence };
}

const EMAIL_SENTENCES = {
  empty: "emailEmpty",
  "no-at": "emailNoAt",
  space: "emailSpace",
  several: "emailSeveral",
  "too-long": "emailTooLong",
  domain: "emailDomain",
  format: "email",
} as const satisfies Record<Exclude<EmailProblem["kind"], "character">, keyof Words["error"]>;

/** The time zone of the browser, which the script fills in: emails and notices state times in it. */
export const timeZoneField: Html = html`<input type="hidden" name="tz">
`;

/** The path to open after sign-in, in a form. `next` has been checked. Empty without one. */
export function nextField(next: string | null): Html | "" {
  return next === null ? "" : html`<input type="hidden" name="next" value="${next}">\n`;
}

/** One button that requests a new email to the address that this browser requested before. */
export function requestAgainForm(
  page: PageContext,
  { purpose, email, next }: { purpose: RequestPurpose; email: string; next: string | null },
  { kind = "primary", label = page.words.again.button }: { kind?: "primary" | "second"; label?: string } = {},
): Html {
  return html`<form method="post" action="${pathTo(page, PURPOSES[purpose].requestPath)}">
<input type="hidden" name="email" value="${email}">
${nextField(next)}${timeZoneField}${submit(label, { busy: page.words.busy.send, kind })}
</form>
`;
}

/** Warns that another account is signed in in this browser and that the button signs it out. Empty otherwise. */
export function otherAccountWarning({ words }: PageContext, signedInAs: string | null, email: string): Html | "" {
  if (signedInAs === null) return "";
  const masked = (address: string) => displayEmail(maskEmail(address));
  return notice("warn", words.other.signedIn({ current: masked(signedInAs), next: masked(email) }));
}
