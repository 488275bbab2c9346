import { html } from "hono/html";
import { type PageContext, pathTo } from "./page-context.ts";
import { SCRIPT_PATH } from "./script.ts";
import { STYLE_PATH } from "./style.ts";

/** Escaped markup: what the `html` tag returns. Strings put into the tag are escaped, so a page cannot forget to. */
export type Html = ReturnType<typeof html>;

/** The content of a page, without the layout. */
export interface Page {
  title: string;
  body: Html;
  /** Wider, for lists and tables. */
  wide?: boolean;
}

/** The HTML document around every page. */
export function layout(page: PageContext, { title, body, wide = false }: Page): Html {
  return html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} – ${page.productName}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${pathTo(page, STYLE_PATH)}">
<script src="${pathTo(page, SCRIPT_PATH)}" defer></script>
</head>
<body>
<header class="brand"><a href="${pathTo(page, "/")}">${page.productName}</a></header>
<main class="${wide ? "card wide" : "card"}">
<h1>${title}</h1>
${body}
</main>
${page.hasMailbox ? html`<footer class="hint">Development: no mail leaves this machine. <a href="${pathTo(page, "/mailbox")}">Open the mailbox</a></footer>` : ""}
</body>
</html>`;
}
