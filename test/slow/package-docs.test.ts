import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { PAGES, ROOT, snippets } from "../support/documentation.ts";
import { unpackLatchkey } from "../support/package.ts";
import { scratchFolder } from "../support/scratch.ts";

const folder = scratchFolder("package");
after(() => rmSync(folder, { recursive: true }));

let app = "";
before(async () => {
  app = await unpackLatchkey(folder);
});

describe("npm pack", () => {
  it("includes every file that package.json names", () => {
    const { exports, bin } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const named = [...Object.values<Record<string, string>>(exports).flatMap(Object.values), ...Object.values(bin)];

    assert.ok(named.length >= 3);
    const missing = named.filter((path) => !existsSync(join(app, "node_modules/latchkey", String(path))));
    assert.deepEqual(missing, []);
  });

  it("makes a package whose entry points can be imported", () => {
    const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const imports = Object.keys(exports).map(
      (path) => `await import(${JSON.stringify(path.replace(".", "latchkey"))});`,
    );
    writeFileSync(join(app, "imports.mjs"), imports.join("\n"));

    const { status, stderr } = spawnSync(process.execPath, ["imports.mjs"], { cwd: app, encoding: "utf8" });

    assert.equal(status, 0, stderr);
  });

  it("makes a command that starts, with the list of common passwords", () => {
    const cli = join(app, "node_modules/latchkey/dist/cli/cli.js");
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "--help"], { cwd: app, encoding: "utf8" });

    assert.equal(status, 0, stderr);
    assert.match(stdout, /serve/);
    assert.ok(existsSync(join(app, "node_modules/latchkey/data/common-passwords.txt.br")));
  });
});

describe("Snippets in the documentation", () => {
  it("compile against the packed package", () => {
    const all = PAGES.flatMap((page) => snippets(page, "ts"));
    const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false, rootDir: "/" };
    const config = { extends: join(ROOT, "tsconfig.json"), compilerOptions, include: ["*.ts"] };
    writeFileSync(join(app, "tsconfig.json"), JSON.stringify(config));
    writeFileSync(join(app, "package.json"), JSON.stringify({ type: "module" }));
    for (const { page, line, text } of all) {
      writeFileSync(join(app, `${page.replace(/\W/g, "-")}-line-${line}.ts`), `${text}\nexport {};\n`);
    }

    const { status, stdout } = spawnSync(join(ROOT, "node_modules/.bin/tsc"), ["-p", app], { encoding: "utf8" });

    assert.ok(all.length > 5);
    assert.equal(status, 0, stdout);
  });
});
