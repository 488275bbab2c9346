import { isCommonPassword } from "./common-passwords.ts";
import { isSequence, isShortUnitRepeated, repeatedUnit } from "./patterns.ts";
import { PASSWORD_MAX_BYTES, preparePassword } from "./prepare.ts";

/** Why a password is refused. The page has a sentence for each kind. */
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
 * every code point counts, and the block list is compared with the whole password, never with a part. A password that only
 * repeats a unit is judged as that unit. `breached` is looked up elsewhere.
 */
export function passwordProblem(password: string, context: PasswordContext): PasswordProblem | null {
  if (password === "") return { kind: "empty" };
  // Lone surrogates become U+FFFD in UTF-8, so that two different passwords would hash alike; NUL ends strings elsewhere.
  if (!password.isWellFormed() || password.includes("\0")) return { kind: "ill-formed" };
  if (Buffer.byteLength(password) > PASSWORD_MAX_BYTES) return { kind: "too-long", maxBytes: PASSWORD_MAX_BYTES };

  const prepared = preparePassword(password);
  const points = [...prepared];
  if (points.length < context.minLength) return { kind: "too-short", minLength: context.minLength };
  if (points.every((point) => point === points[0])) return { kind: "one-character" };

  const folded = prepared.toLowerCase();
  if (isSequence(folded)) return { kind: "row" };
  const known = knownWord(folded, context) ?? knownWord(repeatedUnit(folded), context);
  if (known) return { kind: known };
  return isShortUnitRepeated(folded) ? { kind: "repeated" } : null;
}

/** What an attacker tries first: the user's address, the product's name and common passwords. */
function knownWord(folded: string, { email, productName }: PasswordContext) {
  const address = email.toLowerCase();
  const product = productName.normalize("NFC").toLowerCase();
  if (folded === address) return "own-address";
  if (folded === address.slice(0, address.lastIndexOf("@"))) return "local-part";
  if (folded === product || folded === product.replace(/\s/g, "")) return "product-name";
  return isCommonPassword(folded) ? "common" : null;
}
