import { html } from "hono/html";
import { groupDigits } from "../lib/code-digits.ts";

/** An email without its envelope. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}

/** The parts of an email, of Latchkey or of the host app. */
export interface LetterParts {
  subject: string;
  /** Shown beside the subject by email programs. */
  preview: string;
  heading: string;
  paragraphs: string[];
  /** The button, if there is one. */
  action?: { label: string; url: string };
  /** A code to type instead of opening the link, if a browser waits for it. */
  code?: { label: string; digits: string } | undefined;
  /** In small print: who requested it, and what to do if it was not you. */
  notes: string[];
  productName: string;
  baseUrl: string;
}

/** Renders text and HTML, both with the whole link on its own line. No images or other remote content. */
export function letter(parts: LetterParts): Letter {
  return { subject: parts.subject, text: asText(parts), html: asHtml(parts) };
}

function asText({ heading, paragraphs, action, code, notes, productName, baseUrl }: LetterParts): string {
  const link = action ? [`${action.label}:`, action.url] : [];
  const typed = code ? [code.label, groupDigits(code.digits)] : [];
  const blocks = [heading, ...paragraphs, ...link, ...typed, ...notes];
  return `${[...blocks, `-- \n${productName}\n${baseUrl}`].join("\n\n")}\n`;
}

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const INK = `${FONT};font-size:16px;line-height:1.55;color:#1a1d26;margin:0 0 16px`;
const QUIET = `${FONT};font-size:14px;line-height:1.5;color:#565d6d;margin:0 0 12px`;
const BUTTON = `${FONT};display:inline-block;padding:13px 22px;border-radius:8px;background:#2456d6;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none`;

/** One table and inline styles: email programs support little else. */
function asHtml({
  subject,
  preview,
  heading,
  paragraphs,
  action,
  code,
  notes,
  productName,
  baseUrl,
}: LetterParts): string {
  const link = action
    ? html`<p style="margin:8px 0 20px"><a href="${action.url}" class="button" style="${BUTTON}">${action.label}</a></p>
<p class="quiet" style="${QUIET}">If the button does not work, copy this whole line into your browser:</p>
<p class="quiet" style="${QUIET};word-break:break-all"><a href="${action.url}" class="link" style="color:#2456d6">${action.url}</a></p>`
    : "";
  const typed = code
    ? html`<p class="ink" style="${INK};margin:24px 0 4px">${code.label}</p>
<p class="ink" style="${INK};font-size:26px;font-weight:650;letter-spacing:2px;margin-bottom:8px">${groupDigits(code.digits)}</p>\n`
    : "";
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>
@media (prefers-color-scheme: dark) {
  .ground { background: #111319 !important; }
  .card { background: #1a1d26 !important; border-color: #2d3140 !important; }
  .line { border-color: #2d3140 !important; }
  .ink { color: #eceef3 !important; }
  .quiet { color: #a9b0c0 !important; }
  .link { color: #9db8ff !important; }
  .button { background: #9db8ff !important; color: #0b1533 !important; }
}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#f4f5f8">
<div style="display:none;max-height:0;overflow:hidden">${preview}</div>
<table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f5f8"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;background:#ffffff;border:1px solid #e3e6ec;border-radius:12px"><tr><td style="padding:32px">
<p class="quiet" style="${QUIET};font-weight:600">${productName}</p>
<h1 class="ink" style="${INK};font-size:22px;line-height:1.3;font-weight:650">${heading}</h1>
${paragraphs.map((paragraph) => html`<p class="ink" style="${INK}">${paragraph}</p>\n`)}${link}
${typed}
<div class="line" style="border-top:1px solid #e3e6ec;margin:20px 0 16px"></div>
${notes.map((note) => html`<p class="quiet" style="${QUIET}">${note}</p>\n`)}
<p class="quiet" style="${QUIET};margin:0"><a href="${baseUrl}" class="quiet" style="color:#565d6d">${baseUrl}</a></p>
</td></tr></table>
</td></tr></table>
</body>
</html>
`);
}
