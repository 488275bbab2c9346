const LONGEST = 1_000;

/**
 * Text of another system (an SMTP reply, a provider's error) as it may be stored, logged and shown on a terminal: one line
 * of well-formed Unicode without control, escape, format or bidirectional characters, at most 1,000 characters.
 */
export function cleanForeignText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim()
    .slice(0, LONGEST)
    .toWellFormed();
}
