import { html } from "hono/html";
import { SCRIPT_PATH, STYLE_PATH } from "./assets.ts";
import { pathTo, type Site } from "./site.ts";

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
export function layout(site: Site, { title, body, wide = false }: Page): Html {
  return html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} – ${site.productName}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${pathTo(site, STYLE_PATH)}">
<script src="${pathTo(site, SCRIPT_PATH)}" defer></script>
</head>
<body>
<header class="brand"><a href="${pathTo(site, "/")}">${site.productName}</a></header>
<main class="${wide ? "card wide" : "card"}">
<h1>${title}</h1>
${body}
</main>
${site.mailbox ? html`<footer class="hint">Development: no mail leaves this machine. <a href="${pathTo(site, "/mailbox")}">Open the mailbox</a></footer>` : ""}
</body>
</html>`;
}
