import { html } from "hono/html";
import type { Page } from "../../http/layout.ts";
import { type PageContext, pathTo } from "../../http/page-context.ts";
import type { MailboxMail } from "../../mail/mailbox.ts";

const time = new Intl.DateTimeFormat("en", { timeStyle: "medium" });

/** The emails of the development mailbox, newest first. */
export function mailbox(page: PageContext, view: { mails: MailboxMail[] }): Page {
  const rows = view.mails.map(
    (mail) =>
      html`<li><a class="row-link" href="${pathTo(page, `/mailbox/${mail.id}`)}"><strong>${mail.subject}</strong></a><span class="quiet">to ${mail.to}, ${time.format(mail.at)}</span></li>`,
  );
  const body = html`<p class="quiet">What would have been mailed. This page exists in development only.</p>
${rows.length > 0 ? html`<ul class="rows">${rows}</ul>` : html`<p>No mail yet. <a href="${pathTo(page, "/sign-up")}">Create an account</a>, and its first mail arrives here.</p>`}`;
  return { title: "Mailbox", body, wide: true };
}

/** One email: as HTML, as text and as source. */
export function mailboxMail(page: PageContext, view: { mail: MailboxMail }): Page {
  const { mail } = view;
  const body = html`<dl><dt>To</dt><dd>${mail.to}</dd><dt>At</dt><dd>${time.format(mail.at)}</dd></dl>
<h2>HTML</h2>
<iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation" srcdoc="${inTopWindow(mail.html)}"></iframe>
<h2>Text</h2>
<pre class="text">${textWithLinks(mail.text)}</pre>
<details><summary>Source</summary>
<pre class="source">${mail.source}</pre></details>
<div class="links"><p><a href="${pathTo(page, "/mailbox")}">All mails</a></p></div>`;
  return { title: mail.subject, body, wide: true };
}

/** Links of the email open in the window, not inside the frame that shows it. */
function inTopWindow(mail: string): string {
  return mail.replace("<head>", '<head><base target="_top">');
}

function textWithLinks(text: string) {
  return text.split(/(https?:\/\/\S+)/).map((part, i) => (i % 2 === 1 ? html`<a href="${part}">${part}</a>` : part));
}

export const mailboxPages = { mailbox, mailboxMail };
