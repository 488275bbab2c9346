import { html } from "hono/html";
import { emailChangeForm, forgotHelp } from "../../http/email-change-form.ts";
import {
  currentPasswordField,
  errorSummary,
  type FieldError,
  hiddenEmail,
  newPasswordField,
  passwordError,
  timeZoneField,
} from "../../http/fields.ts";
import type { Html } from "../../http/html.ts";
import { type IconName, icon } from "../../http/icons.ts";
import type { Page } from "../../http/layout.ts";
import { continueLink, notice, type Sentence, submit } from "../../http/marks.ts";
import { type PageContext, pathTo } from "../../http/page-context.ts";
import { browserName } from "../../i18n/browser.ts";
import { linkTo } from "../../i18n/rich.ts";
import type { Words } from "../../i18n/shape.ts";
import { displayEmail } from "../../lib/email-address.ts";
import type { PasswordProblem } from "../../passwords/policy.ts";
import type { Session } from "../../sessions/store.ts";
import { sessionRows } from "./session-rows.ts";

/** What the account page shows. */
export interface AccountView {
  email: string;
  /** Whether the accounts table can change an address. */
  canChangeEmail: boolean;
  /** Whether the account has a password, which changing it or the address requires. */
  hasPassword: boolean;
  /** What was just done. Null: nothing. */
  done: AccountOutcome | null;
  /** Where the browser that requested the email was going, if this is another one. A stranger may have chosen it. */
  next: string | null;
  sessions: Session[];
  /** The id of the session of this browser. */
  currentId: string;
  minLength: number;
  /** Whether the form for a new password is open at first. */
  isChangingPassword: boolean;
  problem: { field: "current_password" } | { field: "password"; problem: PasswordProblem } | null;
}

/** What was just done: a session was started, another address was requested, or sessions were ended. */
export type AccountOutcome =
  | { kind: "signed-in"; by: Session["method"] }
  /** The link in the email to the new address confirms it. */
  | { kind: "email-change-requested" }
  | { kind: "ended-one"; browser: string }
  | { kind: "ended-others" };

/** The account page: address and password, each with its form, and the sessions. */
export function account(page: PageContext, view: AccountView): Page {
  const { words } = page;
  const error = errorOf(words, view.problem);
  const done = error === null && view.done !== null ? sentenceFor(words, view.done) : null;
  const body = html`${view.next === null ? "" : notice("info", continueLink(page, view.next))}
<ul class="rows">
${emailRow(page, view)}
${passwordRow(page, view, error)}
</ul>
<section class="section">
<h2>${words.me.sessions}</h2>
${sessionRows(page, view)}
</section>
<section class="section">
<form method="post" action="${pathTo(page, "/sign-out")}"><button class="link" data-busy="${words.busy.signOut}">${words.me.signOut}</button></form>
</section>`;
  const above = html`${errorSummary(page, error)}${done === null ? "" : notice("good", done, { status: true })}`;
  return { title: words.me.title, body, above, hasError: error !== null, wide: true };
}

function errorOf(words: Words, problem: AccountView["problem"]): FieldError | null {
  if (problem === null) return null;
  const { field } = problem;
  return field === "password" ? passwordError(words, problem.problem) : { field, sentence: words.me.wrongCurrent };
}

/** The confirmation of what was just done. Signing in needs none. */
function sentenceFor(words: Words, done: AccountOutcome): Sentence | null {
  switch (done.kind) {
    case "email-change-requested":
      return words.emailChange.askedUnnamed;
    case "ended-one":
      return words.me.endedOne({ browser: browserName(words, done.browser) });
    case "ended-others":
      return words.me.endedOthers;
    case "signed-in":
      return sentenceAfter(words, done.by);
  }
}

function sentenceAfter({ me }: Words, method: Session["method"]): string | null {
  switch (method) {
    case "password-reset":
      return me.doneReset;
    case "password-change":
      return me.doneChange;
    case "sign-up":
      return me.doneSignUp;
    case "password":
    case "sign-in-link":
    case "email-change":
    case "app":
      return null;
  }
}

function emailRow(page: PageContext, view: AccountView): Html {
  const { words } = page;
  const { email } = view;
  const value = html`<bdi dir="ltr">${displayEmail(email)}</bdi>`;
  const change = {
    id: "change-email",
    label: words.me.changeEmailLabel,
    isOpen: false,
    form: emailChangeForm(page, { email, typed: "", error: null }),
  };
  return row(page, { icon: "email", label: words.email.label, value }, view.canChangeEmail ? change : null);
}

/** Below a password that does not exist, a link to choose one stands instead of the form. */
function passwordRow(page: PageContext, view: AccountView, error: FieldError | null): Html {
  const { words } = page;
  const { me, password } = words;
  const reset = linkTo(pathTo(page, "/forgot-password"));
  const value = view.hasPassword ? html`<span aria-hidden="true">••••••••</span>` : me.choosePassword({ reset });
  const label = view.hasPassword ? password.label : me.noPassword;
  const form = html`<p>${me.passwordNote}</p>
<form id="password-form" method="post" action="${pathTo(page, "/users/me/password")}" novalidate>
${hiddenEmail(view.email)}
${timeZoneField}${currentPasswordField({ name: "current_password", label: password.currentLabel, error, below: forgotHelp(page) })}
${newPasswordField(page, { minLength: view.minLength, error })}
${submit(me.passwordButton, { busy: words.busy.save })}
</form>`;
  const isOpen = error !== null || view.isChangingPassword;
  const change = { id: "change-password", label: me.changePasswordLabel, isOpen, form };
  return row(page, { icon: "key", label, value }, view.hasPassword || error !== null ? change : null);
}

/** A fact about the account. `change`: the form that opens below it, with what screen readers call its button. */
function row(
  { words }: PageContext,
  fact: { icon: IconName; label: string; value: Sentence },
  change: { id: string; label: string; isOpen: boolean; form: Html } | null,
): Html {
  return html`<li>${icon(fact.icon)}<div><div class="when">${fact.label}</div><div class="what">${fact.value}</div></div>${
    change === null
      ? ""
      : html`
<details id="${change.id}"${change.isOpen ? html` open` : ""}><summary class="button second compact" aria-label="${change.label}">${words.me.change}</summary>
<div class="change">${change.form}</div></details>`
  }</li>`;
}

export const accountPages = { account };
