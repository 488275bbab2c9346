import { contentHash } from "../lib/secrets.ts";

/** The one stylesheet. The custom properties at its top set the colours and fonts. */
export const style = `
:root {
  color-scheme: light dark;
  --accent: #2456d6;
  --on-accent: #fff;
  --radius: 12px;
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif;

  --ground: #f4f5f8;
  --card: #fff;
  --ink: #1a1d26;
  --quiet: #565d6d;
  --line: #8a91a1;
  --hair: #e3e6ec;
  --wrong: #b3261e;
  --wrong-ground: #fdf1f0;
  --good: #1a6e3c;
  --good-ground: #eef8f1;
}
@media (prefers-color-scheme: dark) {
  :root {
    --accent: #9db8ff;
    --on-accent: #0b1533;
    --ground: #111319;
    --card: #1a1d26;
    --ink: #eceef3;
    --quiet: #a9b0c0;
    --line: #757d8f;
    --hair: #2d3140;
    --wrong: #ffb4ab;
    --wrong-ground: #33191a;
    --good: #8fd9a8;
    --good-ground: #15291c;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { font: 100%/1.55 var(--font); color: var(--ink); background: var(--ground); -webkit-text-size-adjust: 100%; }
body { margin: 0; padding: 1rem; min-height: 100vh; display: flex; flex-direction: column; align-items: center; }
.brand { margin: clamp(1rem, 8vh, 5rem) 0 1.25rem; font-weight: 650; font-size: 1.125rem; letter-spacing: -0.01em; }
.brand a { color: inherit; text-decoration: none; display: inline-block; padding: 0.6rem 0.75rem; }
.card { width: 100%; max-width: 27rem; background: var(--card); border: 1px solid var(--hair); border-radius: var(--radius);
  padding: clamp(1.25rem, 5vw, 2.25rem); box-shadow: 0 1px 2px rgb(16 24 40 / 4%), 0 12px 32px -12px rgb(16 24 40 / 12%); }
.wide { max-width: 48rem; }
.card > :last-child { margin-bottom: 0; }
h1 { margin: 0 0 0.75rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.02em; text-wrap: balance; }
h2 { margin: 2.25rem 0 0.75rem; font-size: 1.125rem; line-height: 1.3; text-wrap: balance; }
p { margin: 0 0 1rem; text-wrap: pretty; overflow-wrap: anywhere; }
.quiet, .hint { color: var(--quiet); }
.quiet { font-size: 0.9375rem; }
ul.plain { margin: 0 0 1rem; padding-inline-start: 1.25rem; }
ul.plain li { margin-bottom: 0.375rem; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 6px; }

form { margin: 1.25rem 0 0; }
.field { margin-bottom: 1.125rem; }
label { display: block; font-weight: 600; margin-bottom: 0.25rem; }
.field .help, .field .error { margin: 0 0 0.375rem; font-size: 0.9375rem; }
.field .help { color: var(--quiet); }
.field .below { margin: 0.375rem 0 0; }
.field .below a { display: inline-block; padding: 0.625rem 0; min-height: 44px; }
.field .error { color: var(--wrong); font-weight: 600; }
input { width: 100%; min-height: 48px; padding: 0.5rem 0.75rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: 8px; }
input[readonly] { background: var(--ground); border-color: var(--hair); color: var(--quiet); }
input[aria-invalid] { border: 2px solid var(--wrong); }
input:focus-visible { outline-offset: 0; border-radius: 8px; }
/* A link to a field also scrolls its label into view. */
.field input { scroll-margin-top: 10rem; }
input.code { font-variant-numeric: tabular-nums; letter-spacing: 0.12em; font-size: 1.25rem; }
.or { margin: 0.75rem 0 0; }
.again { display: flex; flex-wrap: wrap; align-items: center; gap: 0.375rem; }
.with-button { display: flex; gap: 0.5rem; }
.with-button input { flex: 1; min-width: 0; }
button, .button { display: inline-flex; align-items: center; justify-content: center; min-height: 48px; padding: 0.5rem 1.25rem;
  font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; border-radius: 8px;
  border: 1px solid transparent; background: var(--accent); color: var(--on-accent); }
button:hover, .button:hover { filter: brightness(1.08); }
button:active, .button:active { filter: brightness(0.92); }
form[data-sent] button { cursor: progress; filter: saturate(0.4); }
button.wide-button, .button.wide-button { width: 100%; }
button.second, .button.second, button.show { background: transparent; color: var(--accent); border-color: var(--line); }
button.second:hover, .button.second:hover, button.show:hover { background: var(--ground); filter: none; }
.again button { padding-inline: 1rem; }
button.second:disabled, button.second:disabled:hover { background: var(--ground); border-color: var(--hair); color: var(--quiet); cursor: default; }
button.show { padding-inline: 0.875rem; }
button.small { min-height: 44px; padding: 0.25rem 0.875rem; font-size: 0.9375rem; }
.links { margin: 1.5rem 0 0; padding: 1rem 0 0; border-top: 1px solid var(--hair); font-size: 0.9375rem; }
.links a { display: inline-block; padding: 0.625rem 0; min-height: 44px; }
.links p { margin: 0; }
.links + h2 { margin-top: 1rem; }

.problem, .done, .note { margin: 1rem 0 1.25rem; padding: 0.75rem 1rem; border-radius: 8px; border: 1px solid; }
.problem { background: var(--wrong-ground); border-color: color-mix(in srgb, var(--wrong) 45%, transparent); }
.problem:focus-visible { outline: 2px solid var(--wrong); outline-offset: 0; border-radius: 8px; }
.done { background: var(--good-ground); border-color: color-mix(in srgb, var(--good) 45%, transparent); }
.note { background: var(--ground); border-color: var(--line); }
.problem p, .done p, .note p { margin: 0; }
.problem a { color: var(--wrong); font-weight: 500; display: inline-block; padding: 0.375rem 0; }

.rows { list-style: none; margin: 0 0 1rem; padding: 0; border-top: 1px solid var(--hair); }
.rows li { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: center; justify-content: space-between;
  padding: 0.75rem 0; border-bottom: 1px solid var(--hair); }
.rows form { margin: 0; }
.rows li > * { min-width: 0; overflow-wrap: anywhere; }
.rows li > span:first-child { flex: 1 1 9rem; }
.rows strong { display: block; font-weight: 600; }
.rows strong::first-letter { text-transform: uppercase; }
.rows .quiet { display: block; text-wrap: pretty; }
.rows .row-link { display: flex; align-items: center; min-height: 44px; flex: 1 1 16rem; }
.badge { display: inline-block; padding: 0 0.5rem; border-radius: 99px; background: var(--good-ground); color: var(--good);
  font-size: 0.8125rem; font-weight: 600; margin-inline-start: 0.125rem; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; }
.actions form { margin: 0; }
.hint { margin: 1.5rem 0; font-size: 0.9375rem; text-align: center; }
.hint a { display: block; width: fit-content; min-height: 44px; margin: 0 auto; padding: 0.625rem 0; }
pre { margin: 0 0 1rem; padding: 1rem; overflow: auto; background: var(--ground); border: 1px solid var(--hair); border-radius: 8px;
  font-size: 0.875rem; line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; }
summary { width: fit-content; min-height: 44px; padding: 0.625rem 0; font-weight: 600; color: var(--accent); cursor: pointer; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0.25rem 1rem; margin: 0 0 1.25rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 48rem; border: 1px solid var(--hair); border-radius: 8px; background: var(--ground); }

@media (prefers-reduced-motion: no-preference) { button, .button { transition: filter 120ms; } }
@media (forced-colors: active) { .card, input, button, .button, .problem, .done, .note { border: 1px solid; } }
`;

export const STYLE_PATH = `/latchkey-${contentHash(style)}.css`;
