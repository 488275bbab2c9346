import { html } from "hono/html";
import { type Frame, pathTo } from "../frame.ts";
import type { Page } from "../layout.ts";

/** After every form that asks for a mail. The same for every address, so it says nothing about who has an account. */
export function checkEmail(frame: Frame, _view: Record<string, never>): Page {
  const body = html`<p>If we can help with the address you gave, a mail with a link is on its way. It usually arrives within a minute.</p>
<p>Open the link in it to go on. You can close this page.</p>
<h2>Nothing there?</h2>
<ul class="plain">
<li>Look in the spam or junk folder.</li>
<li>Check whether the address had a slip, or whether you signed up with another one.</li>
<li>Ask again. Every link that we send works until one of them is used.</li>
</ul>
<div class="links">
<p><a href="${pathTo(frame, "/forgot-password")}">Ask for another link to reset your password</a></p>
<p><a href="${pathTo(frame, "/sign-up")}">Ask for another link to create an account</a></p>
</div>`;
  return { title: "Check your email", body };
}
