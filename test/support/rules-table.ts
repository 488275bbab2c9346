import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, rowsUnder, textOf } from "./documentation.ts";
import { RULES } from "./rules.ts";

/** Where the table of rules stands. It is written by `node test/support/rules-table.ts`. */
export const RULES_PAGE = "docs/rules.md";

/** A test that the threat table names. */
export interface NamedTest {
  file: string;
  it: string;
}

/** The tests in a cell, written as `[file](path): "what it does"`. */
export function testsNamedIn(cell = ""): NamedTest[] {
  const named = [...cell.matchAll(/\[[^\]]+\]\((test\/[^)]+)\): "([^"]+)"/g)];
  return named.map(([, file = "", it = ""]) => ({ file, it }));
}

/** The rules that a line of the threat table shows, as they stand in brackets: `A link is guessed (T1, K2)`. */
export function rulesNamedIn(threat = ""): string[] {
  return [...threat.matchAll(/\(([A-Z]\d(?:, [A-Z]\d)*)\)/g)].flatMap(([, names = ""]) => names.split(", "));
}

/** The tests of each rule: those in every line of the threat table that names it. */
export function testsOfRules(): Map<string, NamedTest[]> {
  const tests = new Map<string, NamedTest[]>(Object.keys(RULES).map((rule) => [rule, []]));
  for (const [threat, , cell] of rowsUnder("SECURITY.md", "threat")) {
    for (const rule of rulesNamedIn(threat)) {
      const known = tests.get(rule) ?? [];
      const more = testsNamedIn(cell).filter((one) => !known.some((it) => it.file === one.file && it.it === one.it));
      tests.set(rule, [...known, ...more]);
    }
  }
  return tests;
}

/** The whole page, as it must be. */
export function rulesPage(): string {
  const rows = [...testsOfRules()].map(([rule, tests]) => {
    const cells = tests.map(({ file, it }) => `[${nameOf(file)}](../${file}): "${it}" *${enginesOf(file)}*`);
    return `| ${rule} | ${RULES[rule]} | ${cells.join("<br>")} |\n`;
  });
  return `${HEAD}${rows.join("")}`;
}

const HEAD = `# The rules and their tests

Written by \`node test/support/rules-table.ts\` from the [threat table](../SECURITY.md#what-stands-against-which-threat), and
held against it by a test: change it there. Behind each test stands where it runs: on SQLite and PostgreSQL *both*, on one
of them, or without a database (*none*).

| rule | what it says | tests |
| ---- | ------------ | ----- |
`;

function enginesOf(file: string): "both" | "PostgreSQL" | "SQLite" | "none" {
  if (existsSync(join(ROOT, file.replace("test/", "test/on-postgres/")))) return "both";
  const text = textOf(file);
  const touches = /open-(store|app)|watched-app|support\/(process|browser|wire|sight|desk)/.test(text);
  if (!touches) return "none";
  return /startPostgres|usePostgres|freshPostgres|use-postgres/.test(text) ? "PostgreSQL" : "SQLite";
}

function nameOf(file: string): string {
  return file.replace(/^test\/|\.test\.ts$/g, "");
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(ROOT, RULES_PAGE), rulesPage());
