import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { decodeText } from "../lib/decode-text.ts";

/** What a `.env` file sets, and what in it is not read as it may have been meant. */
export interface Dotenv {
  values: Record<string, string>;
  warnings: string[];
}

/** A comment, an assignment or nothing; `export` as shells write it. */
const LINE = /^(#.*|(export\s+)?[A-Za-z_]\w*\s*=.*)?$/;

/** A value that begins with a quoted part and goes on with something else than a comment. */
const QUOTED_AND_MORE = /^(?:export\s+)?([A-Za-z_]\w*)[^\S\n]*=[^\S\n]*("[^"\n]*"[^\S\n]*[^"#\s].*)$/gm;

/** Node reads these before it runs any of our code. */
const READ_BY_NODE: Record<string, string> = {
  NODE_EXTRA_CA_CERTS: "Set it in the environment, or use SMTP_CA_FILE for the mail server's certificate.",
  NODE_OPTIONS: "Set it in the environment.",
};

/** Reads `.env` in the current folder. A missing file sets nothing. */
export function readDotenv(path = ".env"): Dotenv {
  return existsSync(path) ? parseDotenv(decodeText(readFileSync(path))) : { values: {}, warnings: [] };
}

/** Parses the text of a `.env` file with any line ends, indentation and invisible characters. Quotes work as in Node. */
export function parseDotenv(text: string): Dotenv {
  const normalised = text
    .replace(/\r\n?/g, "\n")
    .replace(/\p{Cf}/gu, "")
    .replace(/^[^\S\n]+/gm, "");
  const values = parseEnv(normalised) as Record<string, string>;

  // Node ends a value at its closing quote. A sender such as "Acme, Ltd" <a@acme.example> goes on after it.
  for (const [, name = "", value = ""] of normalised.matchAll(QUOTED_AND_MORE)) {
    values[name] = value.replace(/\s#.*$/, "").trim();
  }

  const warnings: string[] = [];
  // A quoted value may span lines, as a private key does. Only its first line is an assignment.
  const unquoted = normalised.replace(
    /(=[^\S\n]*)(["'`])[\s\S]*?\2/g,
    (value, equals) => equals + value.replace(/[^\n]/g, ""),
  );
  for (const [i, line] of unquoted.split("\n").entries()) {
    if (!LINE.test(line)) warnings.push(`.env line ${i + 1} is ignored: it is not NAME=value.`);
    const [, cut] = /^(?:export\s+)?(\w+)\s*=[^#]*[^\s#=]#/.exec(line) ?? [];
    if (cut) warnings.push(`${cut} in .env ends before the #. Put the value in quotes to keep it whole.`);
  }
  for (const [name, advice] of Object.entries(READ_BY_NODE)) {
    if (values[name]) warnings.push(`${name} in .env has no effect: Node reads it earlier. ${advice}`);
  }
  return { values, warnings };
}
