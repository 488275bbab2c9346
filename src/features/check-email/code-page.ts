import { html } from "hono/html";
import type { RequestPurpose } from "../../core/purposes.ts";
import { requestAgainForm } from "../../http/components.ts";
import type { Page } from "../../http/layout.ts";
import { type PageContext, pathTo, pathWithNext } from "../../http/page-context.ts";

const WORDS = {
  "no-request": {
    title: "This code does not work here",
    sentence: "A code works only in the browser in which you asked for its mail, and only for a while.",
  },
  "not-again": {
    title: "It cannot be sent again",
    sentence:
      "Only the browser in which you asked for a mail can have it sent again, and only for a while. Please ask for a new one.",
  },
  used: {
    title: "This has been used",
    sentence: "What you asked for was already used, with its code or its link. If you need another mail, ask for one.",
  },
  "too-many-tries": {
    title: "Too many wrong codes",
    sentence: "For your safety, no code from these emails works any more. Ask for a new email, with a new code.",
  },
};

/** Why no code is accepted or no email is sent again, and what to do next. */
export function codeEnded(
  page: PageContext,
  view: { why: keyof typeof WORDS; again: { purpose: RequestPurpose; email: string; next: string | null } | null },
): Page {
  const { title, sentence } = WORDS[view.why];
  const body = html`<p>${sentence}</p>
${view.again ? requestAgainForm(page, view.again) : html`<p><a class="button wide-button" href="${pathTo(page, "/sign-in")}">Start again</a></p>`}
<div class="links"><p>${view.again ? html`<a href="${pathWithNext(page, "/sign-in", view.again.next)}">Sign in</a>` : html`<a href="${pathTo(page, "/forgot-password")}">Forgot your password?</a>`}</p></div>`;
  return { title, body };
}
