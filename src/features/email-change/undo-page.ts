import { html } from "hono/html";
import type { Page } from "../../http/layout.ts";
import { type PageContext, pathTo } from "../../http/page-context.ts";
import { displayEmail, maskEmail } from "../../lib/email-address.ts";

/** Behind "This wasn't me" in the notice to the old address: what the button does, and the button. */
export function undoEmailChange(page: PageContext, view: { token: string; email: string }): Page {
  const body = html`<p>If it was not you who changed the address of your account, take it back to <strong>${displayEmail(maskEmail(view.email))}</strong>. The button does four things:</p>
<ul class="plain">
<li>It sets the address back.</li>
<li>It signs out every browser, yours too.</li>
<li>It makes the password and all other links useless.</li>
<li>It mails you a link to set a new password.</li>
</ul>
<form method="post" action="${pathTo(page, "/address-undo")}">
<input type="hidden" name="token" value="${view.token}">
<button class="wide-button">This wasn’t me</button>
</form>
<div class="links"><p>It was you after all? Then close this page: nothing has happened.</p></div>`;
  return { title: "Was this not you?", body };
}

/** After the button was pressed. If the address has another account by now, the user must contact the operator. */
export function emailChangeUndone(page: PageContext, view: { restored: boolean }): Page {
  if (!view.restored) {
    const body = html`<div class="done"><p>All browsers are signed out, and neither the password nor the address that was set works any more.</p></div>
<p>But your old address has another account by now, so it could not be given back. The account that was taken is locked until the ${page.productName} team gives it an address. Contact them for help.</p>`;
    return { title: "Your account is locked", body };
  }
  const body = html`<div class="done"><p>The account has its old address again. All browsers are signed out, and the old password no longer works.</p></div>
<p>A mail with a link to set a new password is on its way to you. If someone else may read your mail, change the password of your mailbox first.</p>
<div class="links"><p>Nothing there? <a href="${pathTo(page, "/forgot-password")}">Ask for another link</a></p></div>`;
  return { title: "Your account is yours again", body };
}
