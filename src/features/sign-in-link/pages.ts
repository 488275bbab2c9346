import { html } from "hono/html";
import {
  codeError,
  codeField,
  emailError,
  emailField,
  errorSummary,
  nextField,
  otherAccountWarning,
} from "../../http/components.ts";
import type { Page } from "../../http/layout.ts";
import { type PageContext, pathTo, pathWithNext } from "../../http/page-context.ts";
import { displayEmail, maskEmail } from "../../lib/email-address.ts";

/** The form that requests a sign-in link. */
export function signInLink(
  page: PageContext,
  view: { email: string; problem: "invalid-email" | null; signedInAs: string | null; next: string | null },
): Page {
  const mistake = view.problem && emailError(view.email);
  const home = pathTo(page, "/users/me");
  const body = html`${errorSummary(mistake)}
${view.signedInAs ? html`<div class="done"><p>You are signed in as ${displayEmail(maskEmail(view.signedInAs))}. <a href="${home}">Go to your account</a>, or sign in as someone else.</p></div>` : ""}
<p>Tell us your email address, and we send you a link that signs you in. No password needed.</p>
<form method="post" action="${pathTo(page, "/sign-in-link")}" novalidate>
${nextField(view.next)}${emailField(view.email, mistake)}
<button class="wide-button">Send me a link</button>
</form>
<div class="links">
<p>Have your password? <a href="${pathWithNext(page, "/sign-in", view.next)}">Sign in with it</a></p>
<p>New here? <a href="${pathWithNext(page, "/sign-up", view.next)}">Create an account</a></p>
</div>`;
  return { title: "Sign in by a link", body };
}

/** What the page behind a sign-in link shows. */
export interface ConfirmSignInView {
  token: string;
  email: string;
  /** True in any browser except the one that requested the link. */
  needsCode: boolean;
  problem: { kind: "invalid-code" } | { kind: "wrong-code"; attemptsLeft: number } | null;
  /** The address of another account that is signed in in this browser. */
  signedInAs: string | null;
}

/** Behind the link: one button and, in another browser, the code of the same email. GET changes nothing. */
export function confirmSignIn(page: PageContext, view: ConfirmSignInView): Page {
  const mistake = codeError(view.problem);
  const email = displayEmail(maskEmail(view.email));
  const body = html`${errorSummary(mistake)}
${otherAccountWarning(view.signedInAs, view.email)}
${view.needsCode ? html`<p>You asked for this link in another browser. To sign in here, type the code from the same mail.</p>` : html`<p>One tap, and you are signed in.</p>`}
<form method="post" action="${pathTo(page, "/sign-in-link/confirm")}" novalidate>
<input type="hidden" name="token" value="${view.token}">
${view.needsCode ? codeField("Code from the mail", mistake) : ""}
<button class="wide-button">Sign in as ${email}</button>
</form>
<div class="links">
${view.needsCode ? html`<p>No code at hand? <a href="${pathTo(page, "/sign-in-link")}">Ask for a new link here</a></p>` : ""}
<p>Was it not you who asked? Then close this page: nothing has happened.</p>
</div>`;
  return { title: "Sign in", body };
}

export const signInLinkPages = { confirmSignIn, signInLink };
