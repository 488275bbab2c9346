import { randomInt } from "node:crypto";

export const CODE_DIGITS = 8;

/** A fresh code to be typed by hand: eight decimal digits from the CSPRNG. Short, so it needs a keyed digest and few attempts. */
export function newCode(): string {
  return String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0");
}

/** The code in two groups, for reading and typing: `1234 5678`. */
export function groupDigits(code: string): string {
  return `${code.slice(0, CODE_DIGITS / 2)} ${code.slice(CODE_DIGITS / 2)}`;
}

/**
 * Parses a typed or pasted code: spaces, dashes and invisible characters are removed, and digits of other scripts are
 * converted to ASCII. Returns null unless exactly eight digits remain.
 */
export function parseCode(typed: string): string | null {
  if (typeof typed !== "string" || typed.length > 64) return null;
  const digits = typed
    .normalize("NFKC")
    .replace(/[\s\p{Pd}\p{Cf}]/gu, "")
    .replace(/\p{Nd}/gu, asciiDigit);
  return /^[0-9]{8}$/.test(digits) ? digits : null;
}

/** The digits of a script are consecutive in Unicode, so the value of a digit is the number of digits before it. */
function asciiDigit(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  let zero = point;
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(point - zero);
}
