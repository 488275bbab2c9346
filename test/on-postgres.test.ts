import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

/** What touches the store, and why it runs on one engine all the same. */
const ON_ONE_ENGINE: Record<string, string> = {
  "store/sqlite": "is about SQLite's files",
  "store/postgres": "is about PostgreSQL, and runs there",
  "store/prepared-statements": "runs on PostgreSQL",
  instances: "runs on PostgreSQL",
  locks: "runs on PostgreSQL",
  housekeeping: "runs on PostgreSQL",
  "pages-and-worker": "runs on PostgreSQL",
  "database-outage": "runs on PostgreSQL",
  secrets: "reads the bytes of SQLite's files; what stands in the tables is read on both by dump",
  "hostile-clients": "is about sockets",
  backup: "is about SQLite's files; and how a copy of one is put back",
  server: "is about processes and signals, which the engine does not touch; crash and instances start them on both",
  "server-refusals": "is about settings, and about SQLite files that cannot be used",
  http: "is about sockets",
  "library-docs": "is about pages of the documentation",
  "bad-input": "is about what never gets as far as the store",
  "browser-accessibility": "is about pages in a browser",
  "browser-double-click": "is about pages in a browser; races has the same on both",
  "browser-double-tap": "is about pages in a browser; sign-in-link and its races have the same on both",
  "browser-journey": "is about pages in a browser",
  "browser-scanner": "is about pages in a browser",
  "browser-sign-in-link": "is about pages in a browser",
};

describe("Every test that touches the store", () => {
  const tests = globSync("**/*.test.ts", { cwd: import.meta.dirname })
    .map((path) => path.replaceAll("\\", "/").replace(/\.test\.ts$/, ""))
    .filter((name) => !name.startsWith("on-postgres"));

  it("runs on both engines", () => {
    const touching = tests.filter((name) => /open-(store|app)|support\/(process|browser|wire)/.test(textOf(name)));
    const missing = touching.filter((name) => !(name in ON_ONE_ENGINE) && !isOnPostgres(name));

    assert.ok(touching.length > 20);
    assert.deepEqual(missing, []);
  });

  it("runs there as it is here", () => {
    const twins = globSync("on-postgres/**/*.test.ts", { cwd: import.meta.dirname });

    for (const path of twins) {
      const name = path.replaceAll("\\", "/").replace(/^on-postgres\/|\.test\.ts$/g, "");
      const up = "../".repeat(name.split("/").length);
      const text = readFileSync(join(import.meta.dirname, path), "utf8");
      assert.equal(text, `import "${up}support/use-postgres.ts";\nimport "${up}${name}.test.ts";\n`, path);
      assert.ok(tests.includes(name), path);
    }
  });
});

function isOnPostgres(name: string): boolean {
  return existsSync(join(import.meta.dirname, `on-postgres/${name}.test.ts`));
}

function textOf(name: string): string {
  return readFileSync(join(import.meta.dirname, `${name}.test.ts`), "utf8");
}
