import { html } from "hono/html";
import type { Html } from "../../http/html.ts";
import { type IconName, icon } from "../../http/icons.ts";
import { type PageContext, pathTo } from "../../http/page-context.ts";
import { browserName } from "../../i18n/browser.ts";
import { ago, date } from "../../i18n/format.ts";
import { type Rich, time } from "../../i18n/rich.ts";
import type { Words } from "../../i18n/shape.ts";
import { parseBrowser } from "../../lib/user-agent.ts";
import type { Session } from "../../sessions/store.ts";

/** The sessions of the account: this browser first, then by last seen. */
export function sessionRows(page: PageContext, view: { sessions: Session[]; currentId: string }): Html {
  const { words } = page;
  const isHere = ({ id }: Session) => id === view.currentId;
  const others = view.sessions.filter((session) => !isHere(session));
  const endOthers = html`
<form method="post" action="${pathTo(page, "/users/me/sessions/end")}"><input type="hidden" name="id" value="others"><button class="second" data-busy="${words.busy.signOut}">${words.me.endOthers}</button></form>`;
  return html`<ul class="rows">
${view.sessions.filter(isHere).map((session) => thisBrowser(page, session))}
${others.map((session) => otherBrowser(page, session))}
</ul>${others.length > 1 ? endOthers : ""}`;
}

function thisBrowser(page: PageContext, session: Session): Html {
  const { words } = page;
  const date = day(page, session.createdAt);
  return html`<li>${device(words, session)}<div><div class="what">${browserName(words, session.browser)} <span class="badge">${words.me.thisBrowser}</span></div><div class="when">${words.me.activeNow({ date })}</div></div></li>`;
}

function otherBrowser(page: PageContext, session: Session): Html {
  const { words } = page;
  const browser = browserName(words, session.browser);
  const seen = agoOrDay(page, session.lastSeenAt);
  const about = words.me.lastActive({
    seen: time({ at: session.lastSeenAt, text: seen, form: "ago" }),
    date: day(page, session.createdAt),
  });
  return html`<li>${device(words, session)}<div><div class="what">${browser}</div><div class="when">${about}</div></div>
<form method="post" action="${pathTo(page, "/users/me/sessions/end")}"><input type="hidden" name="id" value="${session.id}"><button class="second compact" data-busy="${words.busy.signOut}" aria-label="${words.me.endOneLabel({ browser, seen })}">${words.me.endOne}</button></form></li>`;
}

const DEVICES: Record<string, "phone" | "tablet"> = { iPhone: "phone", Android: "phone", iPad: "tablet" };

/** The icon of the kind of device, with its name for screen readers. */
function device({ browser: words }: Words, session: Session): Html {
  const { system } = parseBrowser(session.browser);
  const name = system === null ? "unknown" : (DEVICES[system] ?? "computer");
  const image: IconName = name === "unknown" ? "globe" : name;
  const label = name === "unknown" ? words.unknownDevice : words[name];
  return html`<span class="device">${icon(image)}<span class="hidden">${label}</span></span>`;
}

function agoOrDay({ locale, now }: PageContext, at: number): string {
  return ago(locale, { at, now }) ?? date(locale, { at, timeZone: null });
}

function day({ locale }: PageContext, at: number): Rich {
  return time({ at, text: date(locale, { at, timeZone: null }), form: "date" });
}
