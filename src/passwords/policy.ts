import { isCommonPassword } from "./common-passwords.ts";
import { isSequence, isShortUnitRepeated, repeatedUnit } from "./patterns.ts";

/** Longest password taken, in bytes of UTF-8: far beyond any real one, and short enough to hash without harm. */
export const PASSWORD_MAX_BYTES = 1_024;

/** Why a password is refused. Each word is a reason that the page says in a sentence. */
export type PasswordProblem =
  | { kind: "empty" }
  | { kind: "too-short"; minLength: number }
  | { kind: "too-long"; maxBytes: number }
  | { kind: "ill-formed" }
  | { kind: "own-address" }
  | { kind: "local-part" }
  | { kind: "product-name" }
  | { kind: "one-character" }
  | { kind: "repeated" }
  | { kind: "row" }
  | { kind: "common" }
  | { kind: "breached" };

export interface PasswordContext {
  /** In code points. */
  minLength: number;
  email: string;
  productName: string;
}

/**
 * What is wrong with a new password, or null. Length and a block list, no composition rules (NIST SP 800-63B-4 §3.1.1.2);
 * every code point counts, and the block list is held against the whole password, never against a part. A password that
 * only repeats a piece is worth what the piece is worth. Whether it is `breached` is asked elsewhere.
 */
export function passwordProblem(password: string, context: PasswordContext): PasswordProblem | null {
  if (password === "") return { kind: "empty" };
  // Lone surrogates become U+FFFD in UTF-8, so that two different passwords would hash alike; NUL ends strings elsewhere.
  if (!password.isWellFormed() || password.includes("\0")) return { kind: "ill-formed" };
  if (Buffer.byteLength(password) > PASSWORD_MAX_BYTES) return { kind: "too-long", maxBytes: PASSWORD_MAX_BYTES };

  const points = [...password.normalize("NFC")];
  if (points.length < context.minLength) return { kind: "too-short", minLength: context.minLength };
  if (points.every((point) => point === points[0])) return { kind: "one-character" };

  const folded = password.normalize("NFC").toLowerCase();
  if (isSequence(folded)) return { kind: "row" };
  const known = knownWord(folded, context) ?? knownWord(repeatedUnit(folded), context);
  if (known) return { kind: known };
  return isShortUnitRepeated(folded) ? { kind: "repeated" } : null;
}

/** What others would try first: the person's address, the product's name, and the passwords that are used most. */
function knownWord(folded: string, { email, productName }: PasswordContext) {
  const address = email.toLowerCase();
  const product = productName.normalize("NFC").toLowerCase();
  if (folded === address) return "own-address";
  if (folded === address.slice(0, address.lastIndexOf("@"))) return "local-part";
  if (folded === product || folded === product.replace(/\s/g, "")) return "product-name";
  return isCommonPassword(folded) ? "common" : null;
}
