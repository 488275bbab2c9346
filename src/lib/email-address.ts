import { domainToASCII, domainToUnicode } from "node:url";

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

/**
 * Normalises an address to its one spelling, for look-up, limits and duplicates. The database never folds case: each engine
 * does it differently. The local part is an ASCII dot-atom (RFC 5322), folded in ASCII only; the domain may be an IDN, and
 * is returned in its `xn--` form. Lengths are checked first: UTS-46 takes quadratic time.
 */
export function normaliseEmail(typed: string): NormalisedEmail {
  // A caller in JavaScript may pass any JSON value.
  if (typeof typed !== "string" || CONTROL.test(typed) || !typed.isWellFormed()) return { kind: "malformed" };
  const trimmed = trimSpaces(typed);
  const at = trimmed.lastIndexOf("@");
  const isList = at !== trimmed.indexOf("@") && /[,;<>\s]/.test(typed.trim());
  if (isList) return { kind: "malformed" };
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

/** Trims U+0020. A pattern such as / +$/ would take quadratic time. */
function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === " ") start += 1;
  while (end > start && text[end - 1] === " ") end -= 1;
  return text.slice(start, end);
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
