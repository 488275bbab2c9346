import { html } from "hono/html";
import { PURPOSES, type RequestPurpose } from "../../core/purposes.ts";
import { codeError, codeField, errorSummary, type FieldError, requestAgainForm } from "../../http/components.ts";
import type { Html } from "../../http/html.ts";
import type { Page } from "../../http/layout.ts";
import { type PageContext, pathTo, pathWithNext } from "../../http/page-context.ts";
import { displayEmail } from "../../lib/email-address.ts";
import { codeEnded } from "./code-page.ts";
import type { Webmail } from "./webmail.ts";

/** The request of this browser. */
interface Asked {
  purpose: RequestPurpose;
  email: string;
  /** Until another email can be requested. */
  waitSeconds: number;
  /** False after the email was used, or after too many wrong codes. */
  takesCode: boolean;
  webmail: Webmail | null;
  /** The path to open after the link or code was used. */
  next: string | null;
}

/** The data of the page after every request form: only what this browser requested, and nothing about the account. */
export interface CheckEmailView {
  /** Null if this browser has no live request. */
  asked: Asked | null;
  problem: { kind: "invalid-code" } | { kind: "wrong-code"; attemptsLeft: number } | { kind: "too-soon" } | null;
  isSentAgain: boolean;
  signInLinks: boolean;
}

/** The page after every request form. The same for every address, so it does not reveal whether an account exists. */
export function checkEmail(page: PageContext, view: CheckEmailView): Page {
  const { asked } = view;
  if (asked && !asked.takesCode) return over(page, asked);

  const mistake = mistakeOf(view);
  const body = html`${errorSummary(mistake)}
${view.isSentAgain && !mistake ? html`<div class="done" role="status"><p>If we can help, another mail is on its way. The earlier one works too.</p></div>` : ""}
${
  asked
    ? askedFor(page, asked, mistake)
    : html`<p>If we can help with the address you gave, a mail with a link is on its way. It usually arrives within a minute.</p>
<p>Open the link in it to go on. You can close this page.</p>`
}
<h2>Nothing there?</h2>
<ul class="plain">
<li>Look in the spam or junk folder.</li>
<li>Check whether the address had a slip, or whether you signed up with another one.</li>
<li>Ask again. Every mail that we send works until one of them is used.</li>
</ul>
${asked ? sendAgainForm(page, asked) : askLinks(page, view.signInLinks)}`;
  return { title: "Check your email", body };
}

/** The page after the email was used, or after too many wrong codes. */
function over(page: PageContext, asked: Asked): Page {
  const body = html`<p>What you asked for with <strong>${displayEmail(asked.email)}</strong> is done, or too many codes were wrong. If you need another mail, ask for one.</p>
${requestAgainForm(page, asked)}
<div class="links"><p><a href="${pathWithNext(page, "/sign-in", asked.next)}">Sign in</a></p></div>`;
  return { title: "This mail is done with", body };
}

function mistakeOf({ asked, problem }: CheckEmailView): FieldError | null {
  if (problem?.kind === "too-soon") {
    return {
      field: "send-again",
      sentence: `Please wait ${inSeconds(asked?.waitSeconds ?? 0)} before we send it again.`,
    };
  }
  return codeError(problem);
}

function askedFor(page: PageContext, { email, purpose, webmail, next }: Asked, mistake: FieldError | null): Html {
  return html`<p>If we can help with <strong>${displayEmail(email)}</strong>, a mail with a link and a code is on its way. It usually arrives within a minute. Open its link, or type its code here.</p>
${webmail ? html`<p><a class="button second wide-button" href="${webmail.url}" rel="noreferrer">Open ${webmail.name}</a></p>` : ""}
<form method="post" action="${pathTo(page, "/code")}" novalidate>
${codeField("Code from the mail", mistake)}
<button class="wide-button">Continue here</button>
</form>
<p class="links"><a href="${pathWithNext(page, PURPOSES[purpose].requestPath, next)}">Wrong address? Change it</a></p>`;
}

/** The server enforces the wait; the script only counts it down. */
function sendAgainForm(page: PageContext, { purpose, email, waitSeconds }: Asked): Html {
  return html`<form method="post" action="${pathTo(page, "/check-email")}" class="again" id="send-again">
<input type="hidden" name="purpose" value="${purpose}">
<input type="hidden" name="email" value="${email}">
<button class="second"${waitSeconds > 0 ? html` data-wait="${waitSeconds}"` : ""}>Send again</button>
${waitSeconds > 0 ? html`<span class="quiet" data-wait-note>in ${inSeconds(waitSeconds)}</span>` : ""}
</form>`;
}

function askLinks(page: PageContext, signInLinks: boolean): Html {
  return html`<div class="links">
<p><a href="${pathTo(page, "/forgot-password")}">Ask for another link to reset your password</a></p>
${signInLinks ? html`<p><a href="${pathTo(page, "/sign-in-link")}">Ask for another link to sign in</a></p>` : ""}
<p><a href="${pathTo(page, "/sign-up")}">Ask for another link to create an account</a></p>
</div>`;
}

function inSeconds(seconds: number): string {
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

export const checkEmailPages = { checkEmail, codeEnded };
