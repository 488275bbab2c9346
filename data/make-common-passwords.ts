import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/**
 * Makes `common-passwords.txt.br` of a list of passwords, the most used first, one a line: see README.md beside it. Kept
 * are those long enough to be taken anywhere (8 code points), folded as the policy folds: the first 50,000 lines of the
 * list, and, of all of it, whatever has the 15 code points that we ask for unless told.
 */
const [, , source = ""] = process.argv;
const MOST_USED = 50_000;
const SHORTEST = 8;
const LONG = 15;

const lines = readFileSync(source, "utf8").split(/\r?\n/);
const kept = lines
  .map((line) => line.normalize("NFC").toLowerCase())
  .filter((line, rank) => [...line].length >= (rank < MOST_USED ? SHORTEST : LONG));
const text = [...new Set(kept)].sort().join("\n");
const packed = brotliCompressSync(text, {
  params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length, [constants.BROTLI_PARAM_LGWIN]: 22 },
});
writeFileSync(join(import.meta.dirname, "common-passwords.txt.br"), packed);
console.log(`${text.split("\n").length} passwords in ${packed.length} bytes`);
