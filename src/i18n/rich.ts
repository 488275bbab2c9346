import { escapeHtml } from "../lib/escape-html.ts";
import type { Direction } from "./languages.ts";

/** A piece of a sentence. `isolate`: its direction is its own (`auto`), or left to right whatever it holds (`ltr`). */
type Part =
  | { kind: "words"; text: string }
  | { kind: "isolate"; text: string; dir: "auto" | "ltr" }
  | { kind: "sentence"; inner: Rich }
  | { kind: "strong"; inner: Rich }
  | { kind: "link"; label: Rich; href: string }
  | { kind: "time"; at: number; text: string; form: string };

/** The values of inline `style` attributes, for emails. Pages have none: their policy forbids inline styles. */
export interface InlineStyles {
  link?: string;
  strong?: string;
}

/**
 * A sentence with names, addresses or links in it: one value that is text for an email and markup for a page. Everything that
 * is set into a sentence is escaped, and isolated so that it does not change the direction of its surroundings.
 */
export class Rich {
  /** Tells Hono's `html` tag that `toString` returns escaped markup. */
  readonly isEscaped = true;
  readonly #parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /** Escaped markup. */
  toString(): string {
    return this.html();
  }

  /** Escaped markup, with inline styles for an email. */
  html(styles: InlineStyles = {}): string {
    return this.#parts.map((part) => markup(part, styles)).join("");
  }

  /** Plain text. In a right-to-left text, names are isolated with U+2066 or U+2068 and U+2069 (Unicode UAX #9). */
  text(dir: Direction): string {
    return this.#parts.map((part) => plain(part, dir)).join("");
  }
}

/** What can be set into a sentence: a string is foreign text, such as the product's name. */
export type Slot = Rich | string;

/** A link slot: the sentence says which of its words are the link. */
export type LinkSlot = (label: Slot) => Rich;

/** A sentence: rich`Signed in as ${address(v.email)}`. */
export function rich(words: TemplateStringsArray, ...slots: Slot[]): Rich {
  const parts = words.flatMap((text, i): Part[] => {
    const slot = slots[i];
    return slot === undefined ? [{ kind: "words", text }] : [{ kind: "words", text }, partOf(slot)];
  });
  return new Rich(parts);
}

/** Words of importance: rich`${strong`Wasn’t you?`} Secure your account.` */
export function strong(words: TemplateStringsArray, ...slots: Slot[]): Rich {
  return new Rich([{ kind: "strong", inner: rich(words, ...slots) }]);
}

/** Text that is left to right in every language: a link, a code, a reference, a path. */
export function ltr(text: string): Rich {
  return new Rich([{ kind: "isolate", text, dir: "ltr" }]);
}

/** An email address: important, and left to right in every language. */
export function address(email: string): Rich {
  return strong`${ltr(email)}`;
}

/** A link of a sentence. In plain text the address stands in brackets after the label, or alone if the label is the address. */
export function link({ label, href }: { label: Slot; href: string }): Rich {
  return new Rich([{ kind: "link", label: typeof label === "string" ? labelOf(label, href) : label, href }]);
}

function labelOf(label: string, href: string): Rich {
  return label === href ? ltr(href) : new Rich([{ kind: "words", text: label }]);
}

/** A link slot that leads to `href`; if it is null, its words stay plain. */
export function linkTo(href: string | null): LinkSlot {
  return (label) => (href === null ? wordsOf(label) : link({ label, href }));
}

function wordsOf(label: Slot): Rich {
  return typeof label === "string" ? new Rich([{ kind: "words", text: label }]) : label;
}

/** A moment in words, which the page's script words again in the reader's time zone. `form` names the words it uses. */
export function time({ at, text, form }: { at: number; text: string; form: string }): Rich {
  return new Rich([{ kind: "time", at, text, form }]);
}

/** Foreign text inside a plain sentence of a right-to-left language (U+2068 … U+2069). */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

function partOf(slot: Slot): Part {
  return typeof slot === "string" ? { kind: "isolate", text: slot, dir: "auto" } : { kind: "sentence", inner: slot };
}

function markup(part: Part, styles: InlineStyles): string {
  switch (part.kind) {
    case "words":
      return escapeHtml(part.text);
    case "isolate":
      return `<bdi${part.dir === "ltr" ? ' dir="ltr"' : ""}>${escapeHtml(part.text)}</bdi>`;
    case "sentence":
      return part.inner.html(styles);
    case "strong":
      return `<strong${styleOf(styles.strong)}>${part.inner.html(styles)}</strong>`;
    case "link":
      return `<a href="${escapeHtml(part.href)}"${styleOf(styles.link)}>${part.label.html(styles)}</a>`;
    case "time":
      return `<time datetime="${new Date(part.at).toISOString()}" data-form="${escapeHtml(part.form)}">${escapeHtml(part.text)}</time>`;
  }
}

function plain(part: Part, dir: Direction): string {
  switch (part.kind) {
    case "words":
    case "time":
      return part.text;
    case "isolate":
      if (dir === "ltr") return part.text;
      return part.dir === "ltr" ? `\u2066${part.text}\u2069` : isolate(part.text);
    case "sentence":
    case "strong":
      return part.inner.text(dir);
    case "link": {
      const label = part.label.text("ltr");
      if (label === part.href) return ltr(part.href).text(dir);
      return `${part.label.text(dir)} (${ltr(part.href).text(dir)})`;
    }
  }
}

function styleOf(style: string | undefined): string {
  return style === undefined ? "" : ` style="${escapeHtml(style)}"`;
}
