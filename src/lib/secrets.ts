import { createHash, randomBytes } from "node:crypto";

const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** A new secret for a link or a cookie: 256 bits from the CSPRNG as 43 characters of base64url (RFC 4648 §5). */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * Whether the string has the one exact shape of a token. `Buffer.from(x, "base64url")` accepts padding, junk and four
 * spellings of the last character. A secret must have only one spelling, so the shape is checked and the string digested.
 */
export function isTokenShaped(value: string): boolean {
  return typeof value === "string" && TOKEN_SHAPE.test(value);
}

/**
 * The token at the start of a link's last part, without what a mail program appended: punctuation, a bracket, a space, a
 * slash, parameters. Only a character that no token contains ends it, so that a longer token is another token.
 */
export function leadingToken(part: string): string {
  return /^[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/.exec(part)?.[0] ?? part;
}

/**
 * What is stored instead of a token: SHA-256 over the purpose and the string, in hex. A fast hash is enough, because
 * 256 random bits cannot be guessed; the purpose inside makes a token of one kind unknown everywhere else.
 */
export function digest(purpose: string, token: string): string {
  return createHash("sha256").update(`${purpose}\n${token}`).digest("hex");
}

/** A short hash of a file's content, for cacheable file names. Not for security. */
export function contentHash(content: string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 8);
}
