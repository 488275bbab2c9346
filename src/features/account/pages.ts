import { html } from "hono/html";
import {
  continueLink,
  currentPasswordField,
  emailChangeForm,
  errorSummary,
  type FieldError,
  newPasswordField,
  passwordError,
  passwordHelp,
} from "../../http/components.ts";
import type { Html } from "../../http/html.ts";
import type { Page } from "../../http/layout.ts";
import { type PageContext, pathTo } from "../../http/page-context.ts";
import { displayEmail } from "../../lib/email-address.ts";
import type { PasswordProblem } from "../../passwords/policy.ts";
import type { Session } from "../../sessions/store.ts";

/** What the account page shows. */
export interface AccountView {
  email: string;
  /** Whether the accounts table can change an address. */
  canChangeEmail: boolean;
  /** Whether another address has just been requested, which the link in the email to it confirms. */
  emailChangeRequested: boolean;
  /** Where the browser that requested the email was going, if this is another one. A stranger may have chosen it. */
  next: string | null;
  sessions: Session[];
  /** The id of the session of this browser. */
  currentId: string;
  /** How that session was started, if it was started within the last minute. */
  justStarted: Session["method"] | null;
  minLength: number;
  problem: { field: "current_password" } | { field: "password"; problem: PasswordProblem } | null;
}

const WRONG_CURRENT: FieldError = { field: "current_password", sentence: "That is not your current password." };

const since = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

/** The account page: the address, the sessions and the forms for password and address. */
export function account(page: PageContext, view: AccountView): Page {
  const mistake = mistakeOf(view.problem);
  const others = view.sessions.filter((session) => session.id !== view.currentId);
  const body = html`${errorSummary(mistake)}
${mistake ? "" : view.emailChangeRequested ? emailChangeRequested() : welcome(view.justStarted)}
${view.next === null ? "" : html`<div class="note"><p>${continueLink(view.next)}</p></div>\n`}<p>You are signed in as <strong>${displayEmail(view.email)}</strong>.</p>
<form method="post" action="${pathTo(page, "/sign-out")}"><button class="second">Sign out</button></form>

<h2>Where you are signed in</h2>
<ul class="rows">${view.sessions.map((session) => sessionRow(page, session, session.id === view.currentId))}</ul>
${others.length > 1 ? html`<form method="post" action="${pathTo(page, "/users/me/sessions/end")}"><input type="hidden" name="id" value="others"><button class="second">Sign out everywhere else</button></form>` : ""}

<h2 id="change-password">Change your password</h2>
<p class="quiet">You stay signed in here, and are signed out everywhere else.</p>
<form id="password-form" method="post" action="${pathTo(page, "/users/me/password")}" novalidate>
<input type="email" value="${view.email}" autocomplete="username" readonly hidden aria-hidden="true">
${currentPasswordField("current_password", "Current password", mistake, passwordHelp(page))}
${newPasswordField(view.minLength, mistake)}
<button>Change password</button>
</form>
${
  view.canChangeEmail
    ? html`<h2 id="change-email">Change your email address</h2>
${emailChangeForm(page, { email: view.email, typed: "" }, null)}`
    : ""
}`;
  return { title: "Your account", body };
}

function mistakeOf(problem: AccountView["problem"]): FieldError | null {
  if (problem === null) return null;
  switch (problem.field) {
    case "current_password":
      return WRONG_CURRENT;
    case "password":
      return passwordError(problem.problem);
  }
}

/** After another address was requested. The same for every address: nothing has changed yet. */
function emailChangeRequested(): Html {
  return html`<div class="done" role="status"><p>An email is on its way to your new address. Open the link in it to confirm the address; until then nothing changes. Nothing there? Check the address for a typing error, and ask again.</p></div>`;
}

/** The confirmation of the action that started the session. */
function welcome(method: AccountView["justStarted"]): Html | "" {
  switch (method) {
    case null:
    case "password":
    case "sign-in-link":
    case "email-change":
    case "app":
      return "";
    case "password-reset":
      return html`<div class="done"><p>Your new password is set. You were signed out everywhere else.</p></div>`;
    case "password-change":
      return html`<div class="done"><p>Your password is changed. You were signed out everywhere else.</p></div>`;
    case "sign-up":
      return html`<div class="done"><p>Welcome. Your account is ready.</p></div>`;
  }
}

function sessionRow(page: PageContext, session: Session, isHere: boolean): Html {
  return html`<li>
<span><strong>${session.browser}${isHere ? html` <span class="badge">this browser</span>` : ""}</strong><span class="quiet">since ${since.format(session.createdAt)} UTC</span></span>
${isHere ? "" : html`<form method="post" action="${pathTo(page, "/users/me/sessions/end")}"><input type="hidden" name="id" value="${session.id}"><button class="second small" aria-label="Sign out ${session.browser}">Sign out</button></form>`}
</li>`;
}

export const accountPages = { account };
