import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";

/** One a line, folded and sorted; its source and licence stand in data/README.md. The same path from `src` and `dist`. */
const LIST = new URL("../../data/common-passwords.txt.br", import.meta.url);

let list: Set<string> | undefined;

/**
 * Whether a password, in NFC and lower case, is one of those that people use most. The list is read at its first use, so
 * that a start costs nothing.
 */
export function isCommonPassword(folded: string): boolean {
  list ??= new Set(brotliDecompressSync(readFileSync(LIST)).toString().split("\n"));
  return list.has(folded);
}
