import { html, raw } from "hono/html";
import { type Brand, supportHref } from "../brand/brand.ts";
import type { Logo } from "../brand/logo.ts";
import { englishOnly } from "../i18n/english-only.ts";
import { linkTo } from "../i18n/rich.ts";
import { escapeHtml } from "../lib/escape-html.ts";
import type { Html } from "./html.ts";
import { icon } from "./icons.ts";
import { type PageContext, pathTo } from "./page-context.ts";
import { SCRIPT_PATH, scriptWords } from "./script.ts";

/** The content of a page, without the layout. */
export interface Page {
  /** The heading. */
  title: string;
  body: Html;
  /** The document's title without the product's name, where it differs from the heading. */
  documentTitle?: string;
  /** Whether the page reports a mistake: the document's title then says so first. */
  hasError?: boolean;
  /** What stands above the heading, such as an error summary, a notice or an emblem. */
  above?: Html | "";
  /** Wider, for lists and tables. */
  wide?: boolean;
}

/** The HTML document around every page. `address`: the path that the script gives to the page. */
export function layout(page: PageContext, content: Page, address?: string): Html {
  const { title, body, documentTitle = title, hasError = false, above = "", wide = false } = content;
  const { words, brand } = page;
  const name = { title: documentTitle, product: brand.name };
  const { light, dark } = brand.theme;
  return html`<!doctype html>
<html lang="${page.language}" dir="${page.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="${light.ground}" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="${dark.ground}" media="(prefers-color-scheme: dark)">
<meta name="robots" content="noindex">
<title>${hasError ? words.frame.documentTitleError(name) : words.frame.documentTitle(name)}</title>
<link rel="icon" href="${favicon(page)}">
<link rel="stylesheet" href="${pathTo(page, page.stylePath)}">
<script src="${pathTo(page, SCRIPT_PATH)}" defer></script>
</head>
<body${address === undefined ? "" : html` data-address="${address}"`} data-locale="${page.locale}" data-words="${scriptWords(words)}">
<div class="stage">
<main class="${wide ? "card wide" : "card"}">
${brandMark(page)}
${above}<h1>${title}</h1>
${body}
</main>
</div>
${siteFooter(page)}${page.hasMailbox ? developmentBar(page) : ""}
</body>
</html>`;
}

/** The logo, or the first letter of the name with the name. Leads to the first page. */
function brandMark(page: PageContext): Html {
  const { name, logo, logoDark } = page.brand;
  if (logo === null) {
    return html`<a class="brand" href="${pathTo(page, "/")}">${raw(letterTile(page.brand, "var(--accent)", "var(--accent-ink)"))}<span><bdi>${name}</bdi></span></a>`;
  }
  const light = html`<img src="${logoUrl(page, logo)}" alt="${name}"${logoDark === null ? html` class="chip"` : ""}>`;
  if (logoDark === null) return html`<a class="brand" href="${pathTo(page, "/")}">${light}</a>`;
  return html`<a class="brand" href="${pathTo(page, "/")}"><picture><source srcset="${logoUrl(page, logoDark)}" media="(prefers-color-scheme: dark)">${light}</picture></a>`;
}

/** The address of a logo, for an attribute. */
export function logoUrl(page: Pick<PageContext, "baseUrl">, logo: Logo): string {
  return "url" in logo ? logo.url : pathTo(page, logo.path);
}

/** A rounded square with the first letter of the name. */
function letterTile({ initial, theme: { radius } }: Brand, fill: string, ink: string): string {
  return `<svg viewBox="0 0 32 32" role="presentation" aria-hidden="true"><rect width="32" height="32" rx="${Math.min(16, radius * 0.8)}" fill="${fill}"/><text x="16" y="22.500" text-anchor="middle" font-family="system-ui, sans-serif" font-size="18" font-weight="650" fill="${ink}">${escapeHtml(initial)}</text></svg>`;
}

/** The logo, or the letter as a `data:` URI. */
function favicon(page: PageContext): string {
  const { logo, theme } = page.brand;
  if (logo !== null) return logoUrl(page, logo);
  const svg = letterTile(page.brand, theme.light.accent, theme.light.accentInk);
  return `data:image/svg+xml,${encodeURIComponent(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))}`;
}

function siteFooter(page: PageContext): Html | "" {
  const { words, brand, languages } = page;
  const help = supportHref(brand);
  if (languages.length < 2 && help === null && brand.links.length === 0) return "";
  return html`<footer class="site">
${languages.length > 1 ? languageSwitcher(page) : ""}
${help === null ? "" : html`<a href="${help}">${words.frame.help}</a>`}
${brand.links.map(({ label, url }) => html`<a href="${url}">${label}</a>`)}
</footer>
`;
}

function languageSwitcher({ words, language, languages }: PageContext): Html {
  const current = languages.find(({ tag }) => tag === language);
  const items = languages.map(
    ({ tag, name, dir, query }) =>
      html`<li><a href="${query}" lang="${tag}" dir="${dir}" hreflang="${tag}"${tag === language ? html` aria-current="true"` : ""}>${name}</a></li>`,
  );
  return html`<details class="languages"><summary>${icon("globe")}<span class="hidden">${words.frame.language}: </span>${current?.name ?? language}</summary><ul>${items}</ul></details>`;
}

function developmentBar(page: PageContext): Html {
  return html`<aside class="development" lang="en" dir="ltr"><p>${englishOnly.developmentBar({ mailbox: linkTo(pathTo(page, "/mailbox")) })}</p></aside>`;
}
