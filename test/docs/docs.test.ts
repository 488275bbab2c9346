import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { describe, it } from "node:test";
import { parseEnv } from "node:util";
import type { Command } from "commander";
import { program } from "../../src/cli/commands.ts";
import { type Env, readSettings } from "../../src/cli/env.ts";
import { addOperatorCommands } from "../../src/cli/operator-commands.ts";
import { pages } from "../../src/features/pages.ts";
import { templates } from "../../src/mail/templates.ts";
import { createMetrics } from "../../src/metrics.ts";
import { resolveOptions } from "../../src/options/options.ts";
import { bare, leadsSomewhere, linksOn, PAGES, ROOT, rowsUnder, snippets, textOf } from "../support/documentation.ts";
import { everyRoute } from "../support/route-table.ts";
import { RULES } from "../support/rules.ts";
import { RULES_PAGE, rulesPage, ruleTests } from "../support/rules-page.ts";

describe("The settings", () => {
  const read = namesIn(textOf("src/cli/env.ts"), /\bread(?:Whole)?\("([A-Z_]+)"[,)]|\benv\.([A-Z_]+)/g);

  for (const page of ["README.md", "docs/settings.md"]) {
    it(`in ${page} are those that are read, and all of them`, () => {
      assert.ok(read.length > 10);
      assert.deepEqual(firstCells(page, "name"), read);
    });

    it(`in ${page} have the defaults that they are said to have`, () => {
      const told = rowsUnder(page, "name").filter(([, standard = ""]) => /^`[^`]+`$/.test(standard));
      const without = settledFrom({ NODE_ENV: "development" });

      assert.ok(told.length > 8);
      for (const [name, standard] of told) {
        const withIt = settledFrom({ NODE_ENV: "development", [bare(name)]: bare(standard) });
        assert.deepEqual(withIt, without, name);
      }
    });
  }

  it("in the examples exist, and the example for production starts", () => {
    const examples = PAGES.flatMap((page) => snippets(page, "sh"))
      .filter(({ text }) => /^[A-Z_]+=/m.test(text))
      .map(({ text }) => parseEnv(text) as Env);
    const production = examples.find((env) => env.NODE_ENV === "production");

    const unknown = examples.flatMap(Object.keys).filter((name) => !read.includes(name.replace(/_FILE$/, "")));
    assert.deepEqual(unknown, []);
    assert.ok(production?.SMTP_URL_FILE);
    const { SMTP_URL_FILE: _, ...rest } = production;
    const { options } = readSettings({ ...rest, SMTP_URL: "smtps://user:password@mail.acme.example" });
    assert.equal(options.mail?.from, "Acme <no-reply@acme.example>");
  });
});

describe("The routes", () => {
  it("in docs/routes.md are those that there are, with all their fields, and no others", () => {
    const served = everyRoute().map(({ method, path, fields, optional }) => {
      return [method, path.replace(/-[0-9a-f]{8}\./, "-:version."), fields.join(", "), optional.join(", ")].join(" | ");
    });

    const told = textOf("docs/routes.md")
      .split(/^### /m)
      .slice(1)
      .map((section) => {
        const [, method, path] = /^`(GET|POST) (\S+)`$/m.exec(section) ?? [];
        const fields = [/^Fields: (.*?)\./m, /(?:^| )Optional: (.*?)\./m].map((list) => bare(list.exec(section)?.[1]));
        return [method, path, ...fields].join(" | ");
      });

    assert.deepEqual(told.sort(), served.sort());
  });
});

describe("The page for apps", () => {
  it("has every option, and no other", () => {
    assert.deepEqual(firstCells("docs/library.md", "option"), optionNames());
  });

  it("has every page and every template, and no other", () => {
    assert.deepEqual(firstCells("docs/library.md", "page"), Object.keys(pages).sort());
    assert.deepEqual(firstCells("docs/library.md", "template"), Object.keys(templates).sort());
  });
});

describe("The page for operators", () => {
  it("has every table, and no other", () => {
    const tables = namesIn(textOf("src/db/schema.ts"), /^ {2}(latchkey_\w+):/gm);

    assert.deepEqual(firstCells("docs/operating.md", "table"), tables);
  });

  it("has every command with its options, and no other", () => {
    const told = rowsUnder("docs/operating.md", "command").map(([name = "", options = ""]) => {
      return [bare(name), ...bare(options).split(", ").filter(Boolean).sort()].join(" ");
    });

    addOperatorCommands(program);
    assert.deepEqual(told.sort(), commandsOf(program).sort());
  });

  it("has every metric with its labels, and no other", async () => {
    const hashing = { running: 0, waiting: 0, refused: 0 };
    const waiting = [{ state: "due", kind: "sign-up", many: 1 }];
    const metrics = await createMetrics(async () => ({ waiting, oldestDueMs: 0, sessions: 0, hashing }));
    metrics.meter.request("other", 404, 1);
    metrics.meter.mail("sign-up", "sent");
    metrics.meter.statement(1);
    const text = await metrics.text();
    const there = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = "", type = ""]) => {
      const labels = new RegExp(`^${name}(?:_count)?\\{([^}]*)\\}`, "m").exec(text)?.[1] ?? "";
      return [name, type, ...[...labels.matchAll(/(\w+)="/g)].map(([, label]) => label)].join(" ");
    });
    const told = rowsUnder("docs/operating.md", "metric").map((cells) => {
      const [name = "", type = "", labels = ""] = cells.map(bare);
      return [name, type, ...labels.split(", ").filter(Boolean)].join(" ");
    });

    assert.deepEqual(told.sort(), there.sort());
  });

  it("has every message of the log, and no other", () => {
    const all = globSync("src/**/*.ts", { cwd: ROOT }).map(textOf).join("\n");
    const messages = namesIn(all, /\blog\s*\.(?:info|error)\([^;`]*?"([a-z][^"]+)",?\s*\)/g);

    assert.deepEqual(firstCells("docs/operating.md", "message"), messages);
  });

  it("has every kind of event, and no other", () => {
    const kinds = /type EventKind =([^;]+);/.exec(textOf("src/audit/store.ts"))?.[1] ?? "";
    const sentence = /^The events are ([^.]+)\./m.exec(textOf("docs/operating.md"))?.[1] ?? "";

    assert.deepEqual(namesIn(sentence, /`([\w-]+)`/g), namesIn(kinds, /"([\w-]+)"/g));
  });
});

describe("The pages of the documentation", () => {
  it("link to files and headings that exist", () => {
    const links = PAGES.flatMap((page) => linksOn(page).map((link) => ({ page, link })));

    assert.ok(links.length > 50);
    assert.deepEqual(
      links.filter(({ page, link }) => !leadsSomewhere(page, link)),
      [],
    );
  });

  it("are short where they promise to be", () => {
    assert.ok(textOf("README.md").split("\n").length <= 200);
    assert.ok(textOf("ARCHITECTURE.md").split("\n").length <= 80);
  });
});

describe("SECURITY.md", () => {
  it("names in its threat lists only rules that exist, and every rule", () => {
    const named = [...textOf("SECURITY.md").matchAll(/\(([A-Z]\d+(?:, [A-Z]\d+)*)\)$/gm)];
    const rules = new Set(named.flatMap(([, list = ""]) => list.split(", ")));

    assert.deepEqual([...rules].sort(), Object.keys(RULES).sort());
  });

  it("has fewer than 300 lines and no table row over 120 characters", () => {
    const lines = textOf("SECURITY.md").split("\n");

    assert.ok(lines.length < 300, `${lines.length} lines`);
    assert.deepEqual(
      lines.filter((line) => line.startsWith("|") && line.length > 120),
      [],
    );
  });
});

describe("docs/rules.md", () => {
  it("is up to date: if not, run npm run docs", () => {
    assert.equal(textOf(RULES_PAGE), rulesPage());
  });

  it("names only rules that exist in the titles of tests", () => {
    const unknown = ruleTests().filter(({ rules }) => rules.some((rule) => !(rule in RULES)));

    assert.deepEqual(unknown, []);
  });
});

describe("Documents that people read", () => {
  it("have no table row over 160 characters", () => {
    const wide = PAGES.flatMap((page) =>
      textOf(page)
        .split("\n")
        .map((line) => ({ page, line })),
    ).filter(({ line }) => line.startsWith("|") && line.length > 160);

    assert.deepEqual(
      wide.map(({ page, line }) => `${page}: ${line.slice(0, 60)}`),
      [],
    );
  });
});

/** The first cells of a table, one or several names in each, sorted. */
function firstCells(page: string, heading: string): string[] {
  return rowsUnder(page, heading)
    .flatMap(([cell]) => bare(cell).split(", "))
    .sort();
}

/** What the groups of a pattern find in a text: each once, sorted. */
function namesIn(text: string, pattern: RegExp): string[] {
  const found = [...text.matchAll(pattern)].flatMap((match) => match.slice(1).filter((group) => group !== undefined));
  return [...new Set(found)].sort();
}

/** Every command below this one that does something: its name, its arguments and its options. */
function commandsOf(command: Command, above = ""): string[] {
  return command.commands.flatMap((one) => {
    const name = `${above}${one.name()}`;
    if (one.commands.length > 0) return commandsOf(one, `${name} `);
    const parts = one.registeredArguments.map((argument) => {
      return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
    });
    return [[name, ...parts, ...one.options.map(({ long }) => long ?? "").sort()].join(" ")];
  });
}

/** What the settings come to, as plain data. */
function settledFrom(env: Env): unknown {
  const { host, port, options } = readSettings(env);
  return JSON.parse(JSON.stringify({ host, port, settled: resolveOptions(options) }));
}

/** The names in the interface Options, with what they stand in (`mail.smtp`), sorted. */
function optionNames(): string[] {
  const body = /export interface Options \{\n([\s\S]*?)\n\}/.exec(textOf("src/options/options.ts"))?.[1] ?? "";
  const names: string[] = [];
  let group = "";
  for (const line of body.split("\n")) {
    const [, name, opens] = /^\s*(\w+)\??: (\{$)?/.exec(line) ?? [];
    if (name && opens) group = `${name}.`;
    else if (name) names.push(group + name);
    else if (/^\s*\};$/.test(line)) group = "";
  }
  return names.sort();
}
