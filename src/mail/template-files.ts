import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { linkUrl, type Purpose } from "../core/purposes.ts";
import { browserName } from "../i18n/browser.ts";
import { duration, moment } from "../i18n/format.ts";
import { groupDigits } from "../lib/code-digits.ts";
import { decodeText } from "../lib/decode-text.ts";
import { escapeHtml } from "../lib/escape-html.ts";
import type { Letter } from "./letter.ts";
import type { Letterhead } from "./letterhead.ts";
import { type Templates, templates } from "./templates.ts";
import type { EmailView } from "./views.ts";

type Kind = EmailView["kind"];
type Part = keyof Letter;

/** What each kind of email offers to its files besides `product`, `baseUrl`, `support` and `address`. */
const PLACEHOLDERS: Record<Kind, readonly string[]> = {
  "password-reset": ["link", "expires", "code", "codeExpires", "browser", "when"],
  "sign-in-link": ["link", "expires", "code", "codeExpires", "browser", "when"],
  "sign-up": ["link", "expires", "code", "codeExpires", "browser", "when"],
  "already-signed-up": ["browser", "when"],
  "unknown-address": ["browser", "when"],
  "new-password-needed": ["link", "expires"],
  invitation: ["link", "expires"],
  "password-changed": ["link", "expires", "browser", "when"],
  "signed-in-by-link": ["link", "expires", "browser", "when"],
  "email-change": ["link", "expires", "from", "browser", "when"],
  "email-in-use": ["browser", "when"],
  "email-changed": ["link", "expires", "from", "to", "browser", "when"],
  "email-change-undone": ["from", "to", "browser", "when"],
};

const COMMON = ["product", "baseUrl", "support", "address"];

const EXTENSIONS: Record<string, Part> = { html: "html", txt: "text", subject: "subject" };

/** `{{name}}`, and `{{#name}}` … `{{/name}}` around what is left out where the value is empty. */
const TAG = /\{\{\s*([#/]?)\s*([\w-]*)\s*\}\}/g;
const SECTION = /\{\{\s*#\s*([\w-]+)\s*\}\}([\s\S]*?)\{\{\s*\/\s*\1\s*\}\}/g;

/** The files of one folder, by kind and part. */
type Files = Partial<Record<Kind, Partial<Record<Part, string>>>>;

/** A folder with templates that can't be used. Every problem names its file. */
export class TemplateFilesError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join(" "));
    this.name = "TemplateFilesError";
    this.problems = problems;
  }
}

/**
 * Reads `password-reset.html`, `.txt` and `.subject` and so on from a folder, and for one language from a folder of its tag in
 * it (`de/password-reset.html`). A part without a file is the built-in one. Values are always escaped; links and codes may
 * stand in `href` and in text only. Throws TemplateFilesError with every problem.
 */
export function readTemplateFiles(folder: string): Templates {
  const problems: string[] = [];
  const general = readFolder(folder, "", problems);
  const languages = new Map<string, Files>();
  for (const name of listed(folder, problems)) {
    if (isFolder(join(folder, name)))
      languages.set(name.toLowerCase(), readFolder(join(folder, name), `${name}/`, problems));
  }
  if (problems.length > 0) throw new TemplateFilesError(problems);

  const own = Object.keys(PLACEHOLDERS).map((kind) => {
    const builtIn = templates[kind as Kind] as (view: EmailView, sender: Letterhead) => Letter | Promise<Letter>;
    const write = async (view: EmailView, sender: Letterhead): Promise<Letter> => {
      const files = { ...general[view.kind], ...languages.get(sender.language.toLowerCase())?.[view.kind] };
      const letter = await builtIn(view, sender);
      const values = valuesOf(view, sender);
      return {
        subject: files.subject === undefined ? letter.subject : oneLine(fill(files.subject, values, String)),
        text: files.text === undefined ? letter.text : fill(files.text, values, String),
        html: files.html === undefined ? letter.html : fill(files.html, values, escapeHtml),
      };
    };
    return [kind, write];
  });
  return Object.fromEntries(own) as Templates;
}

function readFolder(folder: string, prefix: string, problems: string[]): Files {
  const files: Files = {};
  for (const name of listed(folder, problems)) {
    if (isFolder(join(folder, name)) || name.startsWith(".")) continue;
    const [, kind = "", extension = ""] = /^(.*)\.(\w+)$/.exec(name) ?? [];
    const part = EXTENSIONS[extension];
    if (!part || !(kind in PLACEHOLDERS)) {
      problems.push(
        `${prefix}${name}: no email has this name. Use a kind such as password-reset, and .html, .txt or .subject.`,
      );
      continue;
    }
    const content = decodeText(readFileSync(join(folder, name)));
    problems.push(...problemsOf(content, kind as Kind, part).map((problem) => `${prefix}${name}: ${problem}`));
    files[kind as Kind] = { ...files[kind as Kind], [part]: content };
  }
  return files;
}

function listed(folder: string, problems: string[]): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    problems.push(`${folder} can't be read.`);
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}

function problemsOf(content: string, kind: Kind, part: Part): string[] {
  const known = [...COMMON, ...PLACEHOLDERS[kind]];
  const tags = [...content.matchAll(TAG)].map(([, , name = ""]) => name);
  const problems = tags
    .filter((name) => !known.includes(name))
    .map((name) => `unknown placeholder {{${name}}}; use one of ${known.join(", ")}.`);
  if (/\{\{\{|\}\}\}/.test(content) || content.replace(TAG, "").includes("{{"))
    problems.push("a placeholder is written {{name}}. There is no raw output.");
  const balanced = content.replace(SECTION, "$2");
  if (/\{\{\s*[#/]/.test(balanced)) problems.push("a section {{#…}} is not closed by the {{/…}} of the same name.");
  if (part === "subject") {
    if (tags.some((name) => name === "link" || name === "code")) problems.push("a subject holds no link and no code.");
    if (oneLine(content) === "") problems.push("the subject is empty.");
    return problems;
  }
  if (PLACEHOLDERS[kind].includes("link") && !tags.includes("link"))
    problems.push("the placeholder {{link}} is missing.");
  if (part === "html") problems.push(...placeProblems(content));
  return problems;
}

/** Links and codes in `href` and in text only: in `src` an email program would fetch them, elsewhere in a tag they do nothing. */
function placeProblems(html: string): string[] {
  const tags = html.match(/<[^>]*>/g) ?? [];
  const wrong = tags.filter((tag) =>
    /\{\{\s*(link|code)\s*\}\}/.test(tag.replace(/\bhref\s*=\s*("|')\s*\{\{\s*link\s*\}\}\s*\1/gi, "")),
  );
  const raw = /<(style|script)\b[^>]*>[^<]*\{\{/i.test(html)
    ? ["placeholders can't stand in <style> or <script>."]
    : [];
  return [
    ...raw,
    ...wrong.map((tag) => `{{link}} may stand in href="{{link}}" and in text only, not in ${tag.slice(0, 60)}.`),
  ];
}

/** The purpose of the link of each kind that has one. */
const LINK_PURPOSES: Partial<Record<Kind, Purpose>> = {
  "password-reset": "password-reset",
  "sign-in-link": "sign-in-link",
  "sign-up": "sign-up",
  "new-password-needed": "password-reset",
  invitation: "password-reset",
  "password-changed": "security-alert",
  "signed-in-by-link": "security-alert",
  "email-change": "email-change",
};

function valuesOf(view: EmailView, sender: Letterhead): Record<string, string> {
  const { brand, baseUrl, locale, timeZone } = sender;
  const values: Record<string, string> = {
    product: brand.name,
    baseUrl,
    support: brand.supportUrl ?? brand.supportEmail ?? "",
    address: brand.address ?? "",
  };
  const link = linkOf(view);
  if (link) {
    values.link = linkUrl(sender, link.purpose, link.token);
    values.expires = duration(locale, link.lifetimeMs);
  }
  if ("code" in view && view.code) {
    values.code = groupDigits(view.code.digits);
    values.codeExpires = duration(locale, view.code.lifetimeMs);
  }
  const at = Object.entries(view).find(([name]) => /^(requested|changed|signedIn|undone)At$/.test(name))?.[1];
  if (typeof at === "number") values.when = moment(locale, { at, timeZone });
  if ("browser" in view) values.browser = browserName(sender.words, view.browser);
  if ("from" in view) values.from = view.from;
  if ("to" in view) values.to = view.to;
  return values;
}

function linkOf(view: EmailView): { purpose: Purpose; token: string; lifetimeMs: number } | null {
  if (view.kind === "email-changed") {
    const { does, token, lifetimeMs } = view.button;
    return { purpose: does === "undo" ? "email-change-undo" : "security-alert", token, lifetimeMs };
  }
  const purpose = LINK_PURPOSES[view.kind];
  if (purpose === undefined) return null;
  if ("alertToken" in view) return { purpose, token: view.alertToken, lifetimeMs: view.alertLifetimeMs };
  return "token" in view ? { purpose, token: view.token, lifetimeMs: view.lifetimeMs } : null;
}

function fill(template: string, values: Record<string, string>, encode: (value: string) => string): string {
  const kept = template.replace(SECTION, (_, name: string, inner: string) => (values[name] ? inner : ""));
  return kept.replace(TAG, (_, __, name: string) => encode(values[name] ?? ""));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
