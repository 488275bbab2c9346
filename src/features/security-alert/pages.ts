import { html } from "hono/html";
import type { Page } from "../../http/layout.ts";
import { type PageContext, pathTo } from "../../http/page-context.ts";
import { displayEmail, maskEmail } from "../../lib/email-address.ts";

/** Behind "This wasn't me" in a notice: what the button does, and the button. */
export function securityAlert(page: PageContext, view: { token: string; email: string }): Page {
  const body = html`<p>If someone else did what our email told you about, shut them out of the account of <strong>${displayEmail(maskEmail(view.email))}</strong>. The button does three things:</p>
<ul class="plain">
<li>It signs out every browser, yours too.</li>
<li>It makes the password and all earlier links useless.</li>
<li>It mails you a link to set a new password.</li>
</ul>
<form method="post" action="${pathTo(page, "/objection")}">
<input type="hidden" name="token" value="${view.token}">
<button class="wide-button">This wasn’t me</button>
</form>
<div class="links"><p>It was you after all? Then close this page: nothing has happened.</p></div>`;
  return { title: "Was this not you?", body };
}

/** After the button was pressed. */
export function securityAlertDone(page: PageContext, _view: Record<string, never>): Page {
  const body = html`<div class="done"><p>All browsers are signed out, and the old password no longer works.</p></div>
<p>A mail with a link to set a new password is on its way to you. If someone else may read your mail, change the password of your mailbox first.</p>
<div class="links"><p>Nothing there? <a href="${pathTo(page, "/forgot-password")}">Ask for another link</a></p></div>`;
  return { title: "Your account is safe", body };
}

export const securityAlertPages = { securityAlert, securityAlertDone };
