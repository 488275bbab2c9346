import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { describe, it } from "node:test";
import { PURPOSES } from "../../src/core/purposes.ts";
import { entriesUnder, namesIn, ROOT, textOf } from "../support/documentation.ts";
import { openApp } from "../support/open-app.ts";

const LIBRARY = textOf("docs/library.md");

describe("docs/library.md", () => {
  it("lists every member of the object and no other", async () => {
    const { latchkey } = await openApp();

    const stated = entriesUnder("docs/library.md", "The object").map(({ name }) => name.match(/^\w+/)?.[0]);

    assert.deepEqual(stated.sort(), Object.keys(latchkey).sort());
  });

  it("lists every flow of a request and no other", async () => {
    const visit = (await openApp()).visit();
    const flows = Object.entries(visit).flatMap(([name, flow]) =>
      typeof flow === "function" ? [name] : Object.keys(flow).map((method) => `${name}.${method}`),
    );

    const stated = entriesUnder("docs/library.md", "Flows").flatMap(({ name }) => namesIn(name, /^([\w.]+)\(/g));

    assert.deepEqual(stated.sort(), flows.sort());
  });

  it("lists every reason for which a password is refused, and no other", () => {
    const type = /type PasswordProblem =([\s\S]*?)\n\n/.exec(textOf("src/passwords/policy.ts"))?.[1] ?? "";
    const kinds = namesIn(type, /kind: "([\w-]+)"/g);
    const fields = namesIn(type, /; (\w+): /g);
    const sentence = /^\* `problem` says ([\s\S]*?)\n\* /m.exec(LIBRARY)?.[1] ?? "";

    assert.ok(kinds.length > 10);
    assert.deepEqual(namesIn(sentence, /`([\w.-]+)`/g), [...kinds, ...fields, "passwords.breachLookup"].sort());
  });

  it("names the path of every link in an email", () => {
    const sentence = /^The links in emails lead to [\s\S]*?below `baseUrl`/m.exec(LIBRARY)?.[0] ?? "";

    assert.deepEqual(namesIn(sentence, /`(\/[\w-]+\/)`/g), linkPaths());
  });
});

describe("docs/accounts.md", () => {
  it("lists every method for which mayBeginSession is called, and no other", () => {
    const type = /type SignInMethod =([^;]+);/.exec(textOf("src/core/context.ts"))?.[1] ?? "";
    const methods = namesIn(type, /"([\w-]+)"/g).filter((method) => method !== "app");
    const sentence = /on every method \(([^)]*)\)/.exec(textOf("docs/accounts.md"))?.[1] ?? "";

    assert.deepEqual(namesIn(sentence, /`([\w-]+)`/g), methods);
  });
});

describe("The documents for operators", () => {
  it("keep the path of every link out of the proxy's logs", () => {
    for (const page of ["docs/proxy.md", "docs/deploy/nginx.conf"]) {
      const location = /location ~ \/\(([\w|-]+)\)\//.exec(textOf(page))?.[1] ?? "";
      const stated = location.split("|").map((name) => `/${name}/`);

      assert.deepEqual(stated.sort(), linkPaths(), page);
    }
  });

  it("name the path of every link that must not be logged", () => {
    const sentence = /what follows ([\s\S]*?) is a key/.exec(textOf("docs/monitoring.md"))?.[1] ?? "";

    assert.deepEqual(namesIn(sentence, /`(\/[\w-]+\/)`/g), linkPaths());
  });
});

describe("docs/testing.md", () => {
  it("lists every variable with its sizes and the tests that read it", () => {
    const there: Record<string, { sizes: Set<string>; tests: Set<string> }> = {};
    for (const path of globSync("test/**/*.test.ts", { cwd: ROOT })) {
      for (const [, name = "", sizes = ""] of textOf(path).matchAll(/\.env\.(LATCHKEY_TEST_\w+)(?: \|\| ([^;]+);)?/g)) {
        there[name] ??= { sizes: new Set(), tests: new Set() };
        for (const size of namesIn(sizes, /([\d_]+)/g)) there[name].sizes.add(size.replace("_", ","));
        there[name].tests.add(path.replace(/^test\/|\.test\.ts$/g, ""));
      }
    }
    const stated = entriesUnder("docs/testing.md", "More of a test")
      .map(({ name, text }) => {
        const sizes = /\(default ([^)]*)\)/.exec(text)?.[1] ?? "";
        return [name, namesIn(sizes, /([\d,]+)/g), namesIn(text, /`([\w-]+\/[\w-]+)`/g)];
      })
      // Read by test/support/seed.ts for several tests.
      .filter(([name]) => name !== "LATCHKEY_TEST_SEED");

    const all = Object.entries(there).map(([name, { sizes, tests }]) => [name, [...sizes].sort(), [...tests].sort()]);
    assert.ok(all.length > 8);
    assert.deepEqual(stated.sort(), all.sort());
  });
});

function linkPaths(): string[] {
  return Object.values(PURPOSES)
    .map(({ linkPath }) => `${linkPath}/`)
    .sort();
}
