import { domainToASCII, domainToUnicode } from "node:url";

/**
 * What became of an address that somebody typed. `mistake` is a slip of a person; `forged` is something that no single
 * address and no browser's address field contains: control characters, or several addresses in one.
 */
export type NormalisedEmail = { kind: "address"; email: string } | { kind: "invalid-email" } | { kind: "malformed" };

const DOT_ATOM = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const CONTROL = /\p{Cc}|\p{Zl}|\p{Zp}/u;
const ASCII = /^[\0-\x7f]*$/;

/**
 * Settles an address to its one spelling, used for looking up, limiting and telling duplicates apart. The database never
 * folds: it would do so differently on every engine. RFC 5321 lengths; the local part is an ASCII dot-atom (RFC 5322),
 * folded in ASCII only; the domain may be an IDN in its plain form, and comes back in its `xn--` spelling.
 */
export function normaliseEmail(typed: string): NormalisedEmail {
  // An app in JavaScript may hand over whatever its JSON held.
  if (typeof typed !== "string" || CONTROL.test(typed) || !typed.isWellFormed()) return { kind: "malformed" };
  const isList = /[,;<>\s]/.test(typed.trim()) && typed.split("@").length > 2;
  if (isList) return { kind: "malformed" };

  const trimmed = typed.replace(/^ +| +$/g, "");
  const at = trimmed.lastIndexOf("@");
  if (at < 1) return { kind: "invalid-email" };

  const local = foldAscii(trimmed.slice(0, at));
  const domain = settleDomain(trimmed.slice(at + 1));
  if (!DOT_ATOM.test(local) || local.length > 64 || domain === null) return { kind: "invalid-email" };

  const email = `${local}@${domain}`;
  return email.length <= 254 ? { kind: "address", email } : { kind: "invalid-email" };
}

/** The address as others may see it: `a•••@example.com`. The number of dots says nothing about the length. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, 1)}•••${email.slice(at)}`;
}

/** Lower case for A to Z alone: `toLowerCase` would turn the Kelvin sign into a k, and with it one person into another. */
function foldAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function settleDomain(typed: string): string | null {
  const labels = typed.split(".");
  const ascii = domainToASCII(typed).split(".");
  if (labels.length < 2 || ascii.length !== labels.length) return null;

  const plain = labels.every((label, i) => isPlainSpelling(label, ascii[i] ?? ""));
  const tld = ascii.at(-1) ?? "";
  if (!plain || /^\d+$/.test(tld)) return null;
  return ascii.join(".");
}

/** UTS-46 maps many look-alikes onto plain letters. Only the plain letters themselves, or a plain IDN label, are taken. */
function isPlainSpelling(label: string, ascii: string): boolean {
  if (!LABEL.test(ascii)) return false;
  if (ASCII.test(label)) return foldAscii(label) === ascii && (!ascii.startsWith("xn--") || isRealPunycode(ascii));

  const plain = label.toLowerCase();
  const isOneSpelling = label === label.normalize("NFC") && [...label].every(isLetterOrItsCapital);
  return isOneSpelling && isRealPunycode(ascii) && domainToUnicode(ascii) === plain;
}

/** Whether an `xn--` label stands for a plain label outside ASCII, and is the one way to write it. */
function isRealPunycode(ascii: string): boolean {
  const plain = domainToUnicode(ascii);
  return ascii.startsWith("xn--") && !ASCII.test(plain) && domainToASCII(plain) === ascii;
}

/** False for signs that only look like a capital: the Kelvin, Ohm and Ångström signs, and the dotted I. */
function isLetterOrItsCapital(point: string): boolean {
  const lower = point.toLowerCase();
  return lower === point || lower.toUpperCase() === point;
}
