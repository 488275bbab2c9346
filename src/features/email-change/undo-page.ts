import { html } from "hono/html";
import { supportHref } from "../../brand/brand.ts";
import { timeZoneField } from "../../http/fields.ts";
import type { Page } from "../../http/layout.ts";
import { bulletList, emblem, foot, lead, submit } from "../../http/marks.ts";
import { type PageContext, pathTo } from "../../http/page-context.ts";
import { linkTo } from "../../i18n/rich.ts";
import { displayEmail, maskEmail } from "../../lib/email-address.ts";

/** Behind "This wasn't me" in the notice to the old address: what the button does, and the button. */
export function undoEmailChange(page: PageContext, view: { token: string; email: string }): Page {
  const { undo, secure, busy } = page.words;
  const body = html`<p>${undo.intro({ email: displayEmail(maskEmail(view.email)) })}</p>
${bulletList(undo.addressBack, secure.endSessions, undo.turnOff, secure.sendLink)}
<form method="post" action="${pathTo(page, "/address-undo")}">
<input type="hidden" name="token" value="${view.token}">
${timeZoneField}${submit(secure.button, { busy: busy.wait, kind: "danger" })}
</form>
${foot(secure.wasYou)}`;
  return { title: undo.title, body, above: emblem("shield", "bad") };
}

/** After the button was pressed. If the address has another account by now, the user must contact the operator. */
export function emailChangeUndone(page: PageContext, view: { restored: boolean }): Page {
  const { undo, secure } = page.words;
  if (!view.restored) {
    const body = html`${lead(undo.locked)}
<p>${undo.lockedNext({ product: page.productName, support: linkTo(supportHref(page.brand)) })}</p>`;
    return { title: undo.lockedTitle, body, above: emblem("shield", "warn") };
  }
  const body = html`${lead(undo.done)}
<p>${secure.doneNext}</p>
${foot(secure.again({ reset: linkTo(pathTo(page, "/forgot-password")) }))}`;
  return { title: undo.doneTitle, body, above: emblem("tick", "good") };
}
