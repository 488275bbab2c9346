import type { Scheme, Theme } from "../brand/theme.ts";
import { contentHash } from "../lib/secrets.ts";

/** The one stylesheet, for a theme. Logical properties throughout, so that it serves right-to-left languages too. */
export function stylesheet(theme: Theme): string {
  return `:root {
  color-scheme: light dark;
${properties(theme.light)}
  --shadow: 0 1px 2px rgb(16 24 40 / 5%), 0 16px 40px -16px rgb(16 24 40 / 14%);
  --radius: ${theme.radius}px;
${CONSTANTS}
}
@media (prefers-color-scheme: dark) {
:root {
${properties(theme.dark)}
  --shadow: none;
}
}
${RULES}`;
}

/** The path of a stylesheet: it changes with the content, so that browsers may cache it for ever. */
export function stylePath(css: string): string {
  return `/latchkey-${contentHash(css)}.css`;
}

/** `badGround` becomes `--bad-ground`. */
function properties(scheme: Scheme): string {
  return Object.entries(scheme)
    .map(([name, value]) => `  --${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${value};`)
    .join("\n");
}

/** Fonts, and the scales of space and type: 4 px steps and four sizes. */
const CONSTANTS = `  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK JP", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", Menlo, Consolas, "Liberation Mono", monospace;
  --s1: .25rem; --s2: .5rem; --s3: .75rem; --s4: 1rem; --s5: 1.25rem; --s6: 1.5rem; --s8: 2rem; --s10: 2.5rem; --s16: 4rem;
  --t-s: .875rem; --t-m: 1rem; --t-l: 1.125rem; --t-xl: 1.5rem;
  --control: 3rem;`;

const RULES = `
*, *::before, *::after { box-sizing: border-box; }
/* Also for buttons, whose display is set below. */
[hidden] { display: none !important; }
/* Inherited: addresses and product names have no spaces, and stand in headings, buttons, badges and cells too. */
html { overflow-wrap: anywhere; font: 100%/1.5 var(--font); color: var(--ink); background: var(--ground); -webkit-text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; min-height: 100dvh; display: grid; grid-template-rows: 1fr auto; }
.stage { display: grid; align-content: start; justify-items: center; padding: clamp(1rem, 9vh, 6rem) var(--s4) var(--s8); }
.card { inline-size: 100%; max-inline-size: 27.5rem; background: var(--card); border: 1px solid var(--hair); border-radius: calc(var(--radius) * 1.6); padding: var(--s10); box-shadow: var(--shadow); }
.card.wide { max-inline-size: 42rem; }
@media (max-width: 30rem) { html { background: var(--card); } .stage { padding: 0 0 var(--s6); } .card { border: 0; border-radius: 0; box-shadow: none; padding: var(--s6) var(--s5); } }

.brand { display: inline-flex; align-items: center; gap: var(--s3); min-block-size: 2.75rem; margin-block-end: var(--s5); color: inherit; text-decoration: none; font-weight: 600; }
.brand img, .brand svg { flex: none; block-size: 2rem; inline-size: auto; max-inline-size: 12rem; display: block; }
.emblem { inline-size: 3rem; block-size: 3rem; border-radius: 50%; display: grid; place-items: center; background: var(--info-ground); color: var(--accent-text); margin-block-end: var(--s4); }
.emblem.good { background: var(--good-ground); color: var(--good); } .emblem.bad { background: var(--bad-ground); color: var(--bad); } .emblem.warn { background: var(--warn-ground); color: var(--warn); }
.emblem svg, .icon { inline-size: 1.5rem; block-size: 1.5rem; flex: none; }
[dir="rtl"] .mirrored { transform: scaleX(-1); }
h1 { margin: 0 0 var(--s2); font-size: var(--t-xl); line-height: 1.3; font-weight: 650; letter-spacing: -.015em; text-wrap: balance; }
h2 { margin: 0 0 var(--s3); font-size: var(--t-l); line-height: 1.35; font-weight: 650; }
:lang(ar) h1, :lang(ja) h1, :lang(zh) h1 { letter-spacing: 0; }
p { margin: 0 0 var(--s4); text-wrap: pretty; }
.lead { color: var(--quiet); margin-block-end: var(--s6); } .lead strong { color: var(--ink); font-weight: 600; }
.small, .hint { font-size: var(--t-s); line-height: 1.45; color: var(--quiet); }
a { color: var(--accent-text); text-underline-offset: .18em; text-decoration-thickness: from-font; }
:focus-visible { outline: 3px solid var(--accent-text); outline-offset: 2px; border-radius: 6px; }

.field { margin-block-end: var(--s5); }
.label-row { display: flex; justify-content: space-between; align-items: baseline; gap: var(--s3); flex-wrap: wrap; }
label { font-weight: 600; display: inline-block; margin-block-end: var(--s1); }
.label-row a { font-size: var(--t-s); padding-block: .6875rem; margin-block: -.6875rem; }
.hint { margin: 0 0 var(--s2); } .error { margin: 0 0 var(--s2); color: var(--bad); font-weight: 600; display: flex; gap: var(--s2); } .error a { color: inherit; }
.box { position: relative; display: flex; }
input { inline-size: 100%; min-block-size: var(--control); padding: .625rem .875rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); }
input:focus-visible { outline-offset: -1px; border-radius: var(--radius); }
input[aria-invalid="true"] { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad); }
input[readonly] { background: var(--sunken); border-style: dashed; color: var(--quiet); }
.box:has(.toggle) input { padding-inline-end: 5rem; }
.toggle { position: absolute; inset-block: 2px; inset-inline-end: 2px; min-block-size: 0; min-inline-size: 4.25rem; padding: 0 .75rem; border: 0; background: transparent; color: var(--accent-text); font-size: var(--t-s); border-radius: calc(var(--radius) - 2px); }
input.code { font: 500 1.5rem/1.2 var(--mono); letter-spacing: .18em; text-align: center; direction: ltr; min-block-size: 3.5rem; }
input[type="email"], input[type="password"] { direction: ltr; } [dir="rtl"] input[type="email"], [dir="rtl"] input[type="password"] { text-align: end; }
.meter { display: flex; align-items: center; gap: var(--s2); margin: var(--s2) 0 0; font-size: var(--t-s); color: var(--quiet); } .meter.ok { color: var(--good); }
.caps { margin: var(--s2) 0 0; font-size: var(--t-s); color: var(--warn); font-weight: 600; }

button, .button { display: inline-flex; align-items: center; justify-content: center; gap: var(--s2); min-block-size: var(--control); padding: .5rem 1.25rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; border: 1px solid transparent; border-radius: var(--radius); background: var(--accent); color: var(--accent-ink); }
button:hover, .button:hover { background: color-mix(in oklab, var(--accent), var(--ink) 12%); } button:active { background: color-mix(in oklab, var(--accent), var(--ink) 22%); }
.full { inline-size: 100%; }
.second { background: var(--card); color: var(--ink); border-color: var(--line); } .second:hover { background: var(--sunken); }
.link { background: none; border: 0; padding: 0; min-block-size: 2.75rem; color: var(--accent-text); text-decoration: underline; } .link:hover { background: none; }
.danger { background: var(--bad); color: var(--card); } .danger:hover { background: color-mix(in oklab, var(--bad), var(--ink) 12%); } .danger:active { background: color-mix(in oklab, var(--bad), var(--ink) 22%); }
.compact { min-block-size: 2.75rem; padding: .25rem .875rem; font-size: var(--t-s); }
button[aria-busy="true"] { cursor: progress; opacity: .75; }
button:disabled { background: var(--sunken); color: var(--quiet); border-color: var(--hair); cursor: default; }
.or { display: flex; align-items: center; gap: var(--s3); margin: var(--s5) 0; color: var(--quiet); font-size: var(--t-s); } .or::before, .or::after { content: ""; flex: 1; border-block-start: 1px solid var(--hair); }
.bullets { margin: 0 0 var(--s6); padding-inline-start: 1.25em; } .bullets li { margin-block-end: var(--s2); }
.hint.below { margin: var(--s2) 0 0; } .reference bdi { font-family: var(--mono); -webkit-user-select: all; user-select: all; }
.foot { margin-block-start: var(--s6); padding-block-start: var(--s5); border-block-start: 1px solid var(--hair); } .foot p { margin: 0; } .foot p + p { margin-block-start: var(--s2); }
.foot a, details summary { display: inline-flex; align-items: center; min-block-size: 2.75rem; }

.notice { display: flex; gap: var(--s3); padding: var(--s4); margin-block-end: var(--s5); border: 1px solid var(--info-line); background: var(--info-ground); border-radius: var(--radius); } .notice p { margin: 0; } .notice > div { min-inline-size: 0; }
.notice.good { background: var(--good-ground); border-color: var(--good-line); } .notice.good .icon { color: var(--good); }
.notice.warn { background: var(--warn-ground); border-color: var(--warn-line); } .notice.warn .icon { color: var(--warn); }
.notice.bad .icon { color: var(--bad); } .notice.bad { background: var(--bad-ground); border-color: var(--bad); border-inline-start-width: 4px; } .notice.bad h2 { font-size: var(--t-m); margin: 0 0 var(--s1); } .notice.bad a { color: var(--bad); font-weight: 500; } .notice.bad ul { margin: 0; padding: 0; list-style: none; }
.rows { list-style: none; margin: 0; padding: 0; } .rows > li { display: grid; grid-template-columns: auto 1fr auto; gap: var(--s1) var(--s3); align-items: center; padding-block: var(--s4); border-block-start: 1px solid var(--hair); }
.rows .icon { color: var(--quiet); } .rows .what { font-weight: 600; } .rows .when { font-size: var(--t-s); color: var(--quiet); }
@media (max-width: 24rem) { .rows > li { grid-template-columns: auto 1fr; } .rows > li > form, .rows > li > a { grid-column: 2; justify-self: start; } }
/* "Change" stands beside the fact and keeps its place when the form opens below. */
.rows > li > div { min-inline-size: 0; } .rows > li:has(> details) { position: relative; grid-template-columns: auto 1fr; } .rows > li:has(> details) > div { padding-inline-end: 8rem; }
.rows details { grid-column: 1 / -1; } .rows summary { position: absolute; inset-block-start: var(--s4); inset-inline-end: 0; max-inline-size: 7.5rem; } .change { padding-block-start: var(--s4); padding-inline-start: 2.25rem; max-inline-size: 27.5rem; }
.rows + form { margin-block-start: var(--s4); }
@media (max-width: 24rem) { .rows > li:has(> details) > div { padding: 0; } .rows summary { position: static; margin-inline-start: 2.25rem; max-inline-size: none; } .change { padding-inline-start: 0; } }
.badge { display: inline-block; font-size: .75rem; font-weight: 600; padding: .0625rem .5rem; border-radius: 99px; background: var(--good-ground); color: var(--good); border: 1px solid var(--good-line); margin-inline-start: var(--s1); white-space: nowrap; }
.again { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s3); }
ul.small { margin: 0 0 var(--s4); padding-inline-start: 1.25em; } ul.small li { margin-block-end: var(--s2); overflow-wrap: anywhere; }

.mailbox dl { display: grid; grid-template-columns: auto 1fr; gap: var(--s1) var(--s4); margin: 0 0 var(--s4); font-size: var(--t-s); } .mailbox dt { color: var(--quiet); } .mailbox dd { margin: 0; overflow-wrap: anywhere; }
.mailbox > nav { display: none; } .mailbox > div { min-inline-size: 0; } .rows a.what { color: var(--ink); } .rows a.what:visited { color: var(--quiet); } .rows a[aria-current] { color: var(--accent-text); }
.views { display: flex; flex-wrap: wrap; gap: var(--s2); margin: 0 0 var(--s4); padding: 0; border: 0; }
.views label { min-inline-size: 2.75rem; display: inline-flex; align-items: center; gap: var(--s2); min-block-size: 2.75rem; margin: 0; padding: .25rem .875rem; border: 1px solid var(--line); border-radius: var(--radius); font-size: var(--t-s); cursor: pointer; }
.views label { position: relative; } .views input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; margin: 0; padding: 0; opacity: 0; cursor: pointer; } .views label:has(:focus-visible) { outline: 3px solid var(--accent-text); outline-offset: 2px; } .views label:has(:checked) { background: var(--info-ground); border-color: var(--accent-text); }
iframe { display: block; inline-size: 100%; block-size: 44rem; border: 1px solid var(--hair); border-radius: var(--radius); background: var(--card); color-scheme: light; }
.mailbox:has([value="narrow"]:checked) iframe { inline-size: 320px; } .mailbox:has([value="dark"]:checked) iframe { color-scheme: dark; }
pre { display: none; margin: 0; padding: var(--s4); border: 1px solid var(--hair); border-radius: var(--radius); background: var(--sunken); font: var(--t-s)/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
.mailbox:has([value="text"]:checked) pre.text, .mailbox:has([value="source"]:checked) pre.source { display: block; } .mailbox:has([value="text"]:checked, [value="source"]:checked) iframe { display: none; }
@media (min-width: 64rem) { .card:has(.mailbox) { max-inline-size: 76rem; } .mailbox { display: grid; grid-template-columns: 20rem 1fr; gap: var(--s8); align-items: start; } .mailbox > nav { display: block; position: sticky; inset-block-start: var(--s4); max-block-size: calc(100vh - 2rem); overflow: auto; } }

.section { margin-block-start: var(--s8); }
footer.site { display: flex; flex-wrap: wrap; justify-content: center; gap: 0 var(--s5); padding: var(--s3) var(--s4) var(--s5); font-size: var(--t-s); color: var(--quiet); } footer.site a, footer.site summary { color: var(--quiet); min-block-size: 2.75rem; display: inline-flex; align-items: center; }
.development { border-block-start: 6px solid; border-image: repeating-linear-gradient(-45deg, var(--warn) 0 8px, transparent 8px 16px) 6; padding: var(--s3) var(--s4); text-align: center; font-size: var(--t-s); } .development p { margin: 0; } .development a { display: inline-flex; align-items: center; min-block-size: 2.75rem; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
footer.site summary { gap: var(--s2); cursor: pointer; } .languages ul { margin: 0; padding: 0; list-style: none; columns: 2; } @media (prefers-reduced-motion: no-preference) { button, .button { transition: background-color .12s; } }
@media (forced-colors: active) { .card, input, button, .button, .notice, .badge { border: 1px solid; } .emblem { border: 1px solid; } }
@media print { body { display: block; } .card { border: 0; box-shadow: none; max-inline-size: none; } button, footer.site, form { display: none; } a[href^="http"]::after { content: " (" attr(href) ")"; } }
`;
