import { html } from "hono/html";
import { PURPOSES, type RequestPurpose } from "../../core/purposes.ts";
import {
  codeError,
  codeField,
  errorSummary,
  type FieldError,
  requestAgainForm,
  timeZoneField,
} from "../../http/fields.ts";
import type { Html } from "../../http/html.ts";
import { icon } from "../../http/icons.ts";
import type { Page } from "../../http/layout.ts";
import { divider, emblem, foot, lead, notice, submit } from "../../http/marks.ts";
import { type PageContext, pathTo, pathWithNext } from "../../http/page-context.ts";
import { link, linkTo, type Rich } from "../../i18n/rich.ts";
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
  /** What to search the mailbox for. Null: the host app writes this email itself. */
  subject: string | null;
  sender: string;
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
  const { words } = page;
  const { asked } = view;
  if (asked && !asked.takesCode) return over(page, asked);

  const error = errorOf(page, view);
  const sentAgain = asked !== null && view.isSentAgain && !error;
  return {
    title: words.check.title,
    body: asked ? askedFor(page, asked, error) : nothingAsked(page, view.signInLinks),
    above: html`${errorSummary(page, error)}${sentAgain ? notice("good", sentAgainText(page, asked), { status: true }) : ""}${emblem("email")}`,
    hasError: error !== null,
  };
}

/** The page after the email was used, or after too many wrong codes. */
function over(page: PageContext, asked: Asked): Page {
  const { words } = page;
  const body = html`${lead(words.check.over({ email: displayEmail(asked.email) }))}
${requestAgainForm(page, asked)}
${foot(words.dead.knowPassword({ signIn: linkTo(pathWithNext(page, "/sign-in", asked.next)) }))}`;
  return { title: words.check.overTitle, body, above: emblem("email") };
}

function errorOf({ words }: PageContext, { asked, problem }: CheckEmailView): FieldError | null {
  if (problem?.kind !== "too-soon") return codeError(words, problem);
  return { field: "send-again", sentence: words.check.tooSoon(asked?.waitSeconds ?? 0) };
}

function sentAgainText({ words }: PageContext, { purpose, email }: Asked): Rich | string {
  return purpose === "sign-up" ? words.check.sentAgainSignUp : words.check.sentAgain({ email: displayEmail(email) });
}

const SENTENCES = { "password-reset": "reset", "sign-in-link": "signIn", "sign-up": "signUp" } as const;

function askedFor(page: PageContext, asked: Asked, error: FieldError | null): Html {
  const { words, productName: product } = page;
  const { purpose, webmail, next } = asked;
  const email = displayEmail(asked.email);
  const change = link({
    label: words.check.changeAddress,
    href: pathWithNext(page, PURPOSES[purpose].requestPath, next),
  });
  return html`${lead(html`${words.check[SENTENCES[purpose]]({ email, product })} ${change}`)}
${webmail ? html`${webmailButton(page, webmail)}${divider(words.check.orCode)}` : ""}
<form method="post" action="${pathTo(page, "/code")}" novalidate>
${codeField(page, error)}
${submit(words.check.button, { busy: words.busy.check })}
</form>
<div class="foot">
<h2>${words.check.helpTitle}</h2>
<ul class="small">
<li>${asked.subject === null ? words.check.helpSpam : words.check.helpSearch({ subject: asked.subject, sender: asked.sender })}</li>
<li>${words.check.helpTypo}</li>
<li>${words.check.helpAgain}</li>
</ul>
${sendAgainForm(page, asked)}
</div>`;
}

/** Opens in another tab: the code is entered on this page. */
function webmailButton({ words }: PageContext, { name, url }: Webmail): Html {
  return html`<a class="button second full" href="${url}" target="_blank" rel="noreferrer">${words.check.webmail({ webmail: name })}${icon("external")}<span class="hidden"> ${words.frame.newTab}</span></a>
`;
}

/** The server enforces the wait; the script only counts it down. The page may be older than another request of the browser. */
function sendAgainForm(page: PageContext, { purpose, email, waitSeconds }: Asked): Html {
  const { words } = page;
  return html`<form method="post" action="${pathTo(page, "/check-email")}" class="again" id="send-again">
<input type="hidden" name="purpose" value="${purpose}">
<input type="hidden" name="email" value="${email}">
${timeZoneField}<button class="second compact" data-busy="${words.busy.send}"${waitSeconds > 0 ? html` data-wait="${waitSeconds}"` : ""}>${words.check.resend}</button>
${waitSeconds > 0 ? html`<span class="small" data-wait-note>${words.check.resendIn(waitSeconds)}</span>` : ""}
</form>`;
}

/** In a browser without a request, such as one that blocks cookies. */
function nothingAsked(page: PageContext, signInLinks: boolean): Html {
  const { check } = page.words;
  const again = (label: string, purpose: RequestPurpose) =>
    link({ label, href: pathTo(page, PURPOSES[purpose].requestPath) });
  return html`${lead(check.unknown)}
<p>${check.unknownNext}</p>
<h2>${check.helpTitle}</h2>
<p>${check.helpSpam}</p>
${foot(
  again(check.againReset, "password-reset"),
  signInLinks ? again(check.againSignIn, "sign-in-link") : "",
  again(check.againSignUp, "sign-up"),
)}`;
}

export const checkEmailPages = { checkEmail, codeEnded };
