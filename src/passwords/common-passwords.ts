import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";

/** One password per line, folded and sorted. Source and licence: data/README.md. The path is the same from `src` and `dist`. */
const LIST = new URL("../../data/common-passwords.txt.br", import.meta.url);

let list: Set<string> | undefined;

/**
 * Whether a password, in NFC and lower case, is on the list of common passwords. The list is read at its first use, to keep
 * the start short.
 */
export function isCommonPassword(folded: string): boolean {
  list ??= new Set(brotliDecompressSync(readFileSync(LIST)).toString().split("\n"));
  return list.has(folded);
}
