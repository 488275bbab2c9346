/** Longest password accepted, in bytes of UTF-8. Normalising and hashing it stays cheap. */
export const PASSWORD_MAX_BYTES = 1_024;

/** Spaces outside ASCII become U+0020, then NFC: the OpaqueString profile of RFC 8265. Only for well-formed strings. */
export function preparePassword(password: string): string {
  return password.replace(/(?! )\p{Zs}/gu, " ").normalize("NFC");
}
