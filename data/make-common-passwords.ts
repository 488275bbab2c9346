import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/**
 * Writes `common-passwords.txt.br` from a list of passwords, one per line, most used first: see README.md beside it. Of the
 * first 50,000 lines it keeps passwords of at least 8 code points, the smallest minimum that can be configured. Of the rest it
 * keeps those of at least 15, the default minimum. Passwords are folded as the policy folds them.
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
console.log(`${text.split("\n").length} passwords, ${packed.length} bytes`);
