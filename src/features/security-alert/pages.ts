import { html } from "hono/html";
import { timeZoneField } from "../../http/fields.ts";
import type { Page } from "../../http/layout.ts";
import { bulletList, emblem, foot, lead, submit } from "../../http/marks.ts";
import { type PageContext, pathTo } from "../../http/page-context.ts";
import { linkTo } from "../../i18n/rich.ts";
import { displayEmail, maskEmail } from "../../lib/email-address.ts";

/** Behind "This wasn't me" in a notice: what the button does, and the button. */
export function securityAlert(page: PageContext, view: { token: string; email: string }): Page {
  const { words } = page;
  const { secure } = words;
  const body = html`<p>${secure.intro({ email: displayEmail(maskEmail(view.email)) })}</p>
${bulletList(secure.endSessions, secure.turnOff, secure.sendLink)}
<form method="post" action="${pathTo(page, "/objection")}">
<input type="hidden" name="token" value="${view.token}">
${timeZoneField}${submit(secure.button, { busy: words.busy.wait, kind: "danger" })}
</form>
${foot(secure.wasYou)}`;
  return { title: secure.title, body, above: emblem("shield", "bad") };
}

/** After the button was pressed. */
export function securityAlertDone(page: PageContext, _view: Record<string, never>): Page {
  const { secure } = page.words;
  const body = html`${lead(secure.done)}
<p>${secure.doneNext}</p>
${foot(secure.again({ reset: linkTo(pathTo(page, "/forgot-password")) }))}`;
  return { title: secure.doneTitle, body, above: emblem("tick", "good") };
}

export const securityAlertPages = { securityAlert, securityAlertDone };
