import { html, raw } from "hono/html";
import { supportHref } from "../brand/brand.ts";
import type { Scheme } from "../brand/theme.ts";
import { linkTo, ltr, type Rich } from "../i18n/rich.ts";
import { groupDigits } from "../lib/code-digits.ts";
import type { Letterhead } from "./letterhead.ts";
import { wrap } from "./wrap.ts";

/** An email without its envelope. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}

/** A sentence of an email. A `Rich` one is text in the one part and markup in the other. */
export type MailSentence = string | Rich;

/** The parts of an email, of Latchkey or of the host app. */
export interface LetterParts extends Letterhead {
  subject: string;
  /** Shown beside the subject by email programs. */
  preview: string;
  heading: string;
  paragraphs: readonly MailSentence[];
  /** The button, if there is one. `danger`: red, for "This wasn't me". */
  action?: { label: string; url: string; kind?: "primary" | "danger" } | undefined;
  /** In small print below the button, such as how long the link works. */
  afterAction?: readonly MailSentence[] | undefined;
  /** A code to type instead of opening the link, if a browser waits for it. */
  code?: { label: MailSentence; digits: string; note?: MailSentence | undefined } | undefined;
  /** Facts with their labels, such as the browser. */
  rows?: readonly { label: string; value: string }[] | undefined;
  /** Below the rule: what to do if it was not you. */
  notes: readonly MailSentence[];
  /** Links below the notes. */
  links?: readonly { label: string; url: string }[] | undefined;
  /** Why the email was sent, in the footer. */
  why?: MailSentence | undefined;
}

/** Renders text and HTML with the same content, both with the whole link on its own line. Nothing remote is loaded. */
export function letter(parts: LetterParts): Letter {
  return { subject: parts.subject, text: asText(parts), html: asHtml(parts) };
}

/** Blocks of lines, wrapped at 72 columns; links and codes are alone on their lines and never wrapped. */
function asText(parts: LetterParts): string {
  const { mail, dir, brand, baseUrl, action, code, rows = [], links = [], afterAction = [] } = parts;
  const plain = (sentence: MailSentence) => (typeof sentence === "string" ? sentence : sentence.text(dir));
  const paragraph = (sentence: MailSentence) => wrap(plain(sentence));
  const blocks = [
    paragraph(parts.heading),
    ...parts.paragraphs.map(paragraph),
    ...(action ? [`${mail.common.action({ label: action.label })}\n${action.url}`] : []),
    ...afterAction.map(paragraph),
    ...(code ? [paragraph(code.label), `    ${ltr(groupDigits(code.digits)).text(dir)}`] : []),
    ...(code?.note ? [paragraph(code.note)] : []),
    ...(rows.length > 0 ? [rows.map((row) => wrap(mail.common.row(row))).join("\n")] : []),
    ...parts.notes.map(paragraph),
    ...links.map(({ label, url }) => `${mail.common.action({ label })}\n${url}`),
    ...(parts.languageNote === null ? [] : [wrap(parts.languageNote)]),
  ];
  const footer = [
    brand.name,
    baseUrl,
    ...(brand.address === null ? [] : [brand.address]),
    ...[parts.why, support(parts)].flatMap((sentence) => (sentence ? [paragraph(sentence)] : [])),
  ];
  return `${blocks.join("\n\n")}\n\n-- \n${footer.join("\n")}\n`;
}

/** "Need help?" with the support page or address. Undefined if neither is configured. */
function support({ brand, mail }: LetterParts): Rich | undefined {
  const { supportUrl, supportEmail } = brand;
  const href = supportHref(brand);
  if (!href) return undefined;
  const label = supportUrl === null ? String(supportEmail) : supportUrl.replace(/^https?:\/\//, "").replace(/\/$/, "");
  return mail.common.support({ contact: supportUrl === null ? ltr(label) : linkTo(href)(ltr(label)) });
}

/** Addresses and product names have no spaces. The second spelling is for Gmail. */
const WRAP = "overflow-wrap:anywhere;word-break:break-word";
/** For Outlook's Word engine and old phones: no `system-ui`, no weights besides normal and bold. */
const FONT = `${WRAP};font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif`;
const MONO = "font-family:ui-monospace,Menlo,Consolas,monospace";

/** Fills the preview beside the subject, so that email programs show nothing of the text after it. */
const FILLER = "&#847;&zwnj;&nbsp;".repeat(60);

/** Tables and inline styles: email programs support little else. The classes are for the dark scheme. */
function asHtml(parts: LetterParts): string {
  const { mail, dir, language, brand, baseUrl, action, code, rows = [], links = [], afterAction = [] } = parts;
  const { light, dark, radius } = brand.theme;
  const align = dir === "rtl" ? "right" : "left";
  const ink = `${FONT};font-size:16px;line-height:24px;color:${light.ink};margin:0 0 16px`;
  const quiet = `${FONT};font-size:14px;line-height:21px;color:${light.quiet};margin:0 0 12px`;
  const note = `${FONT};font-size:14px;line-height:21px;color:${light.ink};margin:0 0 12px`;
  const foot = `${FONT};font-size:13px;line-height:19px;color:${light.quiet};margin:0 0 8px`;
  const linkStyle = `color:${light.accentText}`;
  const set = (sentence: MailSentence, link = linkStyle) =>
    typeof sentence === "string" ? sentence : raw(sentence.html({ link }));
  const p = (kind: "ink" | "quiet", style: string, sentence: MailSentence, link?: string) =>
    html`<p class="${kind}" style="${style}">${set(sentence, link)}</p>\n`;
  const wholeLink = (url: string) =>
    html`<p class="quiet" style="${quiet};word-break:break-all"><a class="link" dir="ltr" href="${url}" style="${linkStyle}">${url}</a></p>\n`;

  return String(html`<!doctype html>
<html lang="${language}" dir="${dir}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="x-apple-disable-message-reformatting">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${parts.subject}</title>
<!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript><style>td,p,h1,a,span{font-family:Segoe UI,Arial,sans-serif!important}</style><![endif]-->
<style>
${raw(emailStyles(dark))}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:${light.ground};-webkit-text-size-adjust:100%">
<div class="preview" style="display:none;max-height:0;overflow:hidden;mso-hide:all">${parts.preview}${raw(FILLER)}</div>
<div role="article" aria-roledescription="email" aria-label="${parts.subject}" lang="${language}" dir="${dir}">
<table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="${light.ground}" style="background:${light.ground}"><tr><td class="outer" align="center" style="padding:32px 16px">
<!--[if mso]><table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="${light.card}" style="max-width:560px;background:${light.card};border:1px solid ${light.hair};border-radius:${Math.round(radius * 1.6)}px"><tr><td class="pad" align="${align}" style="padding:36px 40px">
<p class="ink" style="${FONT};font-size:18px;line-height:24px;font-weight:bold;color:${light.ink};margin:0 0 28px"><span class="link" style="color:${light.accentText}">&#9632;</span>&nbsp;<bdi>${brand.name}</bdi></p>
<h1 class="ink" style="${FONT};font-size:24px;line-height:32px;font-weight:bold;color:${light.ink};margin:0 0 12px">${parts.heading}</h1>
${parts.paragraphs.map((sentence) => p("ink", ink, sentence))}${action ? button(action, brand.theme.light, radius) : ""}
${afterAction.map((sentence) => p("quiet", quiet, sentence))}${action ? html`${p("quiet", `${quiet};margin:0`, mail.common.copyLink)}${wholeLink(action.url)}` : ""}
${
  code
    ? html`${p("ink", `${ink};margin:24px 0 8px`, code.label)}<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%"><tr><td class="well" align="center" bgcolor="${light.sunken}" style="background:${light.sunken};border-radius:${radius}px;padding:16px"><span class="ink" dir="ltr" style="${MONO};font-size:28px;line-height:36px;font-weight:bold;letter-spacing:4px;color:${light.ink}">${raw(groupDigits(code.digits).replace(" ", "&nbsp;"))}</span></td></tr></table>
${code.note ? p("quiet", `${quiet};margin:8px 0 0`, code.note) : ""}`
    : ""
}
<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%" style="margin:28px 0 0"><tr><td class="rule" style="border-top:1px solid ${light.hair};padding:20px 0 0">
${
  rows.length > 0
    ? html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px">${rows.map(
        ({ label, value }) =>
          html`<tr><td class="quiet" style="${FONT};font-size:14px;line-height:21px;color:${light.quiet};padding:4px 0;padding-inline-end:16px;white-space:nowrap;vertical-align:top">${label}</td><td class="ink" style="${FONT};font-size:14px;line-height:21px;color:${light.ink};padding:4px 0"><bdi>${value}</bdi></td></tr>`,
      )}</table>`
    : ""
}
${parts.notes.map((sentence) => p("ink", note, sentence))}${links.map(({ label, url }) => html`<p class="ink" style="${note}"><a class="link" href="${url}" style="${linkStyle}">${label}</a></p>\n`)}${parts.languageNote === null ? "" : html`<p class="quiet" lang="en" dir="ltr" style="${quiet}">${parts.languageNote}</p>\n`}</td></tr></table>
</td></tr></table>
<!--[if mso]></td></tr></table><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px"><tr><td class="foot" align="${align}" style="padding:20px 40px 0">
<p class="quiet" style="${foot}"><bdi>${brand.name}</bdi>${brand.address === null ? "" : html` · <bdi>${brand.address}</bdi>`} · <a class="quiet" dir="ltr" href="${baseUrl}" style="color:${light.quiet}">${baseUrl.replace(/^https?:\/\//, "")}</a></p>
${[parts.why, support(parts)].map((sentence) => (sentence ? p("quiet", foot, sentence, `color:${light.quiet}`) : ""))}</td></tr></table>
</td></tr></table>
</div>
</body>
</html>
`);
}

/** A table cell with a background, which Outlook's Word engine can draw. */
function button({ label, url, kind = "primary" }: NonNullable<LetterParts["action"]>, light: Scheme, radius: number) {
  const [fill, text] = kind === "danger" ? [light.bad, "#ffffff"] : [light.accent, light.accentInk];
  const danger = kind === "danger" ? " danger" : "";
  return html`<table role="presentation" class="bt" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 16px"><tr><td class="button${danger}" bgcolor="${fill}" style="border-radius:${radius}px;background:${fill};mso-padding-alt:14px 24px"><a class="button-text${danger}" href="${url}" style="${FONT};display:inline-block;padding:14px 24px;font-size:16px;line-height:20px;font-weight:bold;color:${text};text-decoration:none;border-radius:${radius}px">${label}</a></td></tr></table>`;
}

/** Phones, and the dark scheme of email programs; `data-ogsc` and `data-ogsb` are those of Outlook. */
function emailStyles(dark: Scheme): string {
  return `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (max-width:480px){.pad{padding:24px 20px!important}.foot{padding:20px 20px 24px!important}.outer{padding:0!important}.card{border-radius:0!important;border:0!important}.bt{width:100%!important}.button-text{display:block!important;text-align:center!important}}
@media (prefers-color-scheme:dark){.ground{background:${dark.ground}!important}.card{background:${dark.card}!important;border-color:${dark.hair}!important}.well{background:${dark.sunken}!important}.ink{color:${dark.ink}!important}.quiet{color:${dark.quiet}!important}.rule{border-color:${dark.hair}!important}.link{color:${dark.accentText}!important}.button{background:${dark.accent}!important}.button-text{color:${dark.accentInk}!important}.button.danger{background:${dark.bad}!important}.button-text.danger{color:${dark.card}!important}}
[data-ogsc] .ink{color:${dark.ink}!important}[data-ogsc] .quiet{color:${dark.quiet}!important}[data-ogsb] .card{background:${dark.card}!important}`;
}
