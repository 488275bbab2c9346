import { domainToASCII, domainToUnicode } from "node:url";
import { displayDomain } from "./display-domain.ts";

/**
 * The result of normalising a typed address. `invalid-email` is a typing mistake; `malformed` is what no browser's address
 * field produces: control characters, or several addresses in one field.
 */
export type NormalisedEmail = { kind: "address"; email: string } | { kind: "invalid-email" } | { kind: "malformed" };

/** RFC 5321 §4.5.3.1, in octets. An internationalised domain is never longer than its ASCII form. */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 253;
const MAX_LABEL = 63;
const MAX_ADDRESS = 254;

const DOT_ATOM = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const CONTROL = /\p{Cc}|\p{Zl}|\p{Zp}/u;
const ASCII = /^[\0-\x7f]*$/;
/** What cannot be seen at the ends of a pasted text: spaces of every kind, zero-width characters, marks of direction, fillers. */
const INVISIBLE = /[\p{Zs}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
/** What ends a sentence or a list, and starts no domain. */
const PUNCTUATION = /[,;.:!?]/;
/** What people and programs put around an address. */
const WRAPPINGS = ["<>", "()", "[]", '""', "''", "\u201c\u201d", "\u201e\u201c", "\u2018\u2019", "\u00ab\u00bb"];
/** `mailto:<anna@example.com>,` in quotes and brackets is fewer layers. Bounded, because each takes linear time. */
const MAX_LAYERS = 8;

/**
 * Normalises an address to its one spelling, for look-up, limits and duplicates. The database never folds case: each engine
 * does it differently. The local part is an ASCII dot-atom (RFC 5322), folded in ASCII only; the domain may be an IDN, and
 * is returned in its `xn--` form. What is invisible or wraps a pasted address is removed: a user cannot see or would not expect
 * that it is wrong. Lengths are checked first: UTS-46 takes quadratic time.
 */
export function normaliseEmail(typed: string): NormalisedEmail {
  // A caller in JavaScript may pass any JSON value.
  if (typeof typed !== "string" || CONTROL.test(typed) || !typed.isWellFormed()) return { kind: "malformed" };
  const isList = typed.indexOf("@") !== typed.lastIndexOf("@") && /[,;<>\s]/.test(trimInvisible(typed));
  if (isList) return { kind: "malformed" };
  const trimmed = unwrap(typed);
  const at = trimmed.lastIndexOf("@");
  if (at < 1 || at > MAX_LOCAL || trimmed.length - at - 1 > MAX_DOMAIN) return { kind: "invalid-email" };

  const local = foldAscii(trimmed.slice(0, at));
  const domain = normaliseDomain(trimmed.slice(at + 1));
  if (!DOT_ATOM.test(local) || domain === null) return { kind: "invalid-email" };

  const email = `${local}@${domain}`;
  return email.length <= MAX_ADDRESS ? { kind: "address", email } : { kind: "invalid-email" };
}

/** `anna@example.com` for `anna+shop@example.com`. Only for counting: whether both reach one mailbox depends on the provider. */
export function baseAddress(email: string): string {
  const plus = email.indexOf("+");
  return plus < 1 ? email : email.slice(0, plus) + email.slice(email.lastIndexOf("@"));
}

/** What is wrong with a typed address. `character`: one that an address cannot contain; `format`: anything else. */
export type EmailProblem =
  | { kind: "empty" | "no-at" | "space" | "several" | "too-long" | "domain" | "format" }
  | { kind: "character"; character: string };

/** Names what is wrong with an address for which `normaliseEmail` returned `invalid-email`. */
export function emailProblem(typed: string): EmailProblem {
  const text = unwrap(typed);
  const at = text.lastIndexOf("@");
  if (text === "") return { kind: "empty" };
  if (at < 0) return { kind: "no-at" };
  if (at !== text.indexOf("@")) return { kind: "several" };
  if (/\s/.test(text)) return { kind: "space" };
  const local = text.slice(0, at);
  if (local.length > MAX_LOCAL || text.length > MAX_ADDRESS) return { kind: "too-long" };
  const character = /[^A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]/u.exec(local)?.[0];
  if (character !== undefined && !INVISIBLE.test(character)) return { kind: "character", character };
  return { kind: DOT_ATOM.test(foldAscii(local)) ? "domain" : "format" };
}

/** The address in `Anna <anna@example.com>`, `mailto:anna@example.com`, `(anna@example.com)` or `anna@example.com,`. */
function unwrap(typed: string): string {
  let text = trimInvisible(typed);
  for (let layers = 0; layers < MAX_LAYERS; layers += 1) {
    const inner = trimInvisible(withoutLayer(text));
    if (inner === text) break;
    text = inner;
  }
  return text;
}

function withoutLayer(text: string): string {
  // RFC 6068. Its parameters, such as a subject, follow a question mark.
  if (/^mailto:/i.test(text)) return text.slice("mailto:".length).split("?", 1)[0] ?? "";
  if (PUNCTUATION.test(text.slice(-1))) return text.slice(0, -1);
  if (WRAPPINGS.some(([open, close]) => text.length > 1 && text[0] === open && text.at(-1) === close)) {
    return text.slice(1, -1);
  }
  // A display name (RFC 5322). A name with an @ made it a list above.
  const name = text.endsWith(">") ? text.lastIndexOf("<") : -1;
  return name > 0 ? text.slice(name) : text;
}

/** A pattern such as / +$/ would take quadratic time. */
function trimInvisible(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && INVISIBLE.test(pointAt(text, start))) start += pointAt(text, start).length;
  while (start < end && INVISIBLE.test(pointBefore(text, end))) end -= pointBefore(text, end).length;
  return text.slice(start, end);
}

function pointAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

function pointBefore(text: string, end: number): string {
  const last = text.slice(end - 1, end);
  return /[\udc00-\udfff]/.test(last) ? text.slice(end - 2, end) : last;
}

/** An address as people write it, also a masked one. Any other text is returned unchanged. */
export function displayEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 0 ? email : email.slice(0, at + 1) + displayDomain(email.slice(at + 1));
}

/** Masks an address for others: `a•••@example.com`. The number of dots does not reveal the length. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, 1)}•••${email.slice(at)}`;
}

/** Lower case for A to Z only: `toLowerCase` would turn the Kelvin sign into a k, and one user into another. */
function foldAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function normaliseDomain(typed: string): string | null {
  const labels = typed.split(".");
  if (labels.some((label) => label.length > MAX_LABEL)) return null;
  const ascii = domainToASCII(typed).split(".");
  if (labels.length < 2 || ascii.length !== labels.length) return null;

  const plain = labels.every((label, i) => isPlainSpelling(label, ascii[i] ?? ""));
  const tld = ascii.at(-1) ?? "";
  if (!plain || /^\d+$/.test(tld)) return null;
  return ascii.join(".");
}

/** UTS-46 maps many look-alikes to plain letters. Only the plain letters themselves, or a plain IDN label, are accepted. */
function isPlainSpelling(label: string, ascii: string): boolean {
  if (!LABEL.test(ascii)) return false;
  if (ASCII.test(label)) return foldAscii(label) === ascii && (!ascii.startsWith("xn--") || isRealPunycode(ascii));

  const plain = label.toLowerCase();
  const isOneSpelling = label === label.normalize("NFC") && [...label].every(isLetterOrItsCapital);
  return isOneSpelling && isRealPunycode(ascii) && domainToUnicode(ascii) === plain;
}

/** Whether an `xn--` label encodes a label outside ASCII, in its only spelling. */
function isRealPunycode(ascii: string): boolean {
  const plain = domainToUnicode(ascii);
  return ascii.startsWith("xn--") && !ASCII.test(plain) && domainToASCII(plain) === ascii;
}

/** False for characters that only look like a capital: the Kelvin, Ohm and Ångström signs, and the dotted I. */
function isLetterOrItsCapital(point: string): boolean {
  const lower = point.toLowerCase();
  return lower === point || lower.toUpperCase() === point;
}
