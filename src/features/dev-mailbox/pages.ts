import { html } from "hono/html";
import type { Html } from "../../http/html.ts";
import { icon } from "../../http/icons.ts";
import type { Page } from "../../http/layout.ts";
import { emblem, lead } from "../../http/marks.ts";
import { type PageContext, pathTo } from "../../http/page-context.ts";
import { englishOnly } from "../../i18n/english-only.ts";
import { linkTo } from "../../i18n/rich.ts";
import { when } from "../../i18n/when.ts";
import type { MailboxMail } from "../../mail/mailbox.ts";

const words = englishOnly.mailbox;

/** The emails of the development mailbox, newest first. */
export function mailbox(page: PageContext, view: { mails: MailboxMail[] }): Page {
  const { mails } = view;
  if (mails.length === 0) {
    const empty = words.empty({ signUp: linkTo(pathTo(page, "/sign-up")) });
    return { title: words.title, body: inEnglish(lead(empty)), above: emblem("email") };
  }
  const body = inEnglish(html`${lead(words.intro)}
${list(page, mails, null)}`);
  return { title: words.title, body, wide: true };
}

/** One email: as HTML, wide, narrow and in the dark, as text and as source. Beside it, on wide screens, the others. */
export function mailboxMail(page: PageContext, view: { mail: MailboxMail; mails: MailboxMail[] }): Page {
  const { mail } = view;
  const body = inEnglish(html`<div class="mailbox">
<nav aria-label="${words.title}">${list(page, view.mails, mail.id)}</nav>
<div>
<dl><dt>${words.to}</dt><dd><bdi>${mail.to}</bdi></dd><dt>${words.sent}</dt><dd>${moment(page, mail.at)}</dd></dl>
<fieldset class="views"><legend class="hidden">${words.view}</legend>${VIEWS.map(
    (name, at) =>
      html`<label><input type="radio" name="view" value="${name}"${at === 0 ? html` checked` : ""}>${words[name]}</label>`,
  )}</fieldset>
<iframe title="${words.frame}" sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation" srcdoc="${inTopWindow(mail.html)}"></iframe>
<pre class="text">${textWithLinks(mail.text)}</pre>
<pre class="source">${mail.source}</pre>
</div>
</div>`);
  const back = html`<p lang="en" dir="ltr"><a class="button second compact" href="${pathTo(page, "/mailbox")}">${words.back}</a></p>
`;
  return { title: mail.subject, body, above: back, wide: true };
}

/** Which part of an email the stylesheet shows. */
const VIEWS = ["html", "narrow", "dark", "text", "source"] as const;

function list(page: PageContext, mails: MailboxMail[], openId: string | null): Html {
  const rows = mails.map(
    ({ id, subject, to, at }) =>
      html`<li>${icon("email")}<div><a class="what" href="${pathTo(page, `/mailbox/${id}`)}"${id === openId ? html` aria-current="page"` : ""}><bdi>${subject}</bdi></a><div class="when">${words.row({ to, when: moment(page, at) })}</div></div></li>`,
  );
  return html`<ul class="rows">${rows}</ul>`;
}

function moment(page: PageContext, at: number) {
  return when(page.words, { locale: page.locale, at, now: page.now, timeZone: null });
}

/** Only developers read these pages, so they are not translated. */
function inEnglish(content: Html): Html {
  return html`<div lang="en" dir="ltr">${content}</div>`;
}

/** Links of the email open in the window, not inside the frame that shows it. */
function inTopWindow(mail: string): string {
  return mail.replace("<head>", '<head><base target="_top">');
}

function textWithLinks(text: string) {
  return text.split(/(https?:\/\/\S+)/).map((part, i) => (i % 2 === 1 ? html`<a href="${part}">${part}</a>` : part));
}

export const mailboxPages = { mailbox, mailboxMail };
