import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { describe, it } from "node:test";
import { PURPOSES } from "../../src/core/purposes.ts";
import { bare, rowsUnder, textOf } from "../support/documentation.ts";
import { openApp } from "../support/open-app.ts";

const LIBRARY = textOf("docs/library.md");

describe("The page for apps", () => {
  it("lists every member of the object and no others", async () => {
    const { latchkey } = await openApp();

    const told = rowsUnder("docs/library.md", "on the object").flatMap(([cell]) => namesIn(cell, /`(\w+)/g));

    assert.deepEqual(told.sort(), Object.keys(latchkey).sort());
  });

  it("lists every method of a visit and no others", async () => {
    const visit = (await openApp()).visit();
    const flows = Object.entries(visit).flatMap(([name, flow]) =>
      typeof flow === "function" ? [name] : Object.keys(flow).map((method) => `${name}.${method}`),
    );

    const told = rowsUnder("docs/library.md", "flow").flatMap(([cell]) => namesIn(cell, /`([\w.]+)\(/g));

    assert.deepEqual(told.sort(), flows.sort());
  });

  it("has every reason for which a password is refused, and no other", () => {
    const type = /type PasswordProblem =([\s\S]*?)\n\n/.exec(textOf("src/passwords/policy.ts"))?.[1] ?? "";
    const kinds = namesIn(type, /kind: "([\w-]+)"/g);
    const fields = namesIn(type, /; (\w+): /g);
    const sentence = /^- `problem` says ([\s\S]*?)\n- /m.exec(LIBRARY)?.[1] ?? "";

    assert.ok(kinds.length > 10);
    assert.deepEqual(namesIn(sentence, /`([\w-]+)`/g), [...kinds, ...fields, "breachLookup"].sort());
  });

  it("has every method on which an app is asked, and no other", () => {
    const type = /type SignInMethod =([^;]+);/.exec(textOf("src/core/context.ts"))?.[1] ?? "";
    const methods = namesIn(type, /"([\w-]+)"/g).filter((method) => method !== "app");
    const sentence = /on every method \(([^)]*)\)/.exec(LIBRARY)?.[1] ?? "";

    assert.deepEqual(namesIn(sentence, /`([\w-]+)`/g), methods);
  });
});

describe("The paths at which a link stands", () => {
  const paths = Object.values(PURPOSES)
    .map(({ linkPath }) => linkPath)
    .map((path) => `${path}/`)
    .sort();

  it("are all told to apps", () => {
    const sentence = /^in the mails lead to [\s\S]*?below `baseUrl`/m.exec(LIBRARY)?.[0] ?? "";

    assert.deepEqual(namesIn(sentence, /`(\/[\w-]+\/)`/g), paths);
  });

  it("are all told to operators, for whom they are keys, and are kept out of the proxy's log", () => {
    const page = textOf("docs/operating.md");
    const sentence = /what stands behind ([\s\S]*?) is a key/.exec(page)?.[1] ?? "";
    const proxy = /location ~ \^\/\(([\w|-]+)\)\//.exec(page)?.[1] ?? "";

    assert.deepEqual(namesIn(sentence, /`(\/[\w-]+\/)`/g), paths);
    assert.deepEqual(
      proxy
        .split("|")
        .map((name) => `/${name}/`)
        .sort(),
      paths,
    );
  });
});

describe("The page for whoever tests", () => {
  it("has every variable, with its sizes and the tests that read it", () => {
    const there: Record<string, { sizes: Set<string>; tests: Set<string> }> = {};
    for (const path of globSync("test/**/*.test.ts", { cwd: `${import.meta.dirname}/../..` })) {
      for (const [, name = "", sizes = ""] of textOf(path).matchAll(/\.env\.(LATCHKEY_TEST_\w+)(?: \|\| ([^;]+);)?/g)) {
        there[name] ??= { sizes: new Set(), tests: new Set() };
        for (const size of namesIn(sizes, /([\d_]+)/g)) there[name].sizes.add(size.replace("_", ","));
        there[name].tests.add(path.replace(/^test\/|\.test\.ts$/g, ""));
      }
    }
    const told = rowsUnder("docs/testing.md", "variable").map(([name = "", sizes = "", , tests = ""]) => {
      return [bare(name), namesIn(sizes, /([\d,]+)/g), bare(tests).split(", ").sort()];
    });

    const all = Object.entries(there).map(([name, { sizes, tests }]) => [name, [...sizes].sort(), [...tests].sort()]);
    assert.ok(all.length > 8);
    assert.deepEqual(told.sort(), all.sort());
  });
});

/** What the group of a pattern finds in a text: each once, sorted. */
function namesIn(text = "", pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].sort();
}
