import { html } from "hono/html";
import { type PageContext, pathTo } from "./page-context.ts";
import { SCRIPT_PATH } from "./script.ts";
import { STYLE_PATH } from "./style.ts";

/** Escaped markup: what the `html` tag returns. Strings put into the tag are escaped, so a page cannot forget to. */
export type Html = ReturnType<typeof html>;

/** A page without its frame. */
export interface Page {
  title: string;
  body: Html;
  /** Room for tables; the forms stay narrow. */
  wide?: boolean;
}

/** The one frame around every page. */
export function layout(frame: PageContext, { title, body, wide = false }: Page): Html {
  return html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} – ${frame.productName}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${pathTo(frame, STYLE_PATH)}">
<script src="${pathTo(frame, SCRIPT_PATH)}" defer></script>
</head>
<body>
<header class="brand"><a href="${pathTo(frame, "/")}">${frame.productName}</a></header>
<main class="${wide ? "card wide" : "card"}">
<h1>${title}</h1>
${body}
</main>
${frame.hasMailbox ? html`<footer class="hint">Development: no mail leaves this machine. <a href="${pathTo(frame, "/mailbox")}">Open the mailbox</a></footer>` : ""}
</body>
</html>`;
}
