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
import {
  entriesUnder,
  isValidLink,
  linksOn,
  namesIn,
  PAGES,
  plainText,
  ROOT,
  snippets,
  textOf,
} from "../support/documentation.ts";
import { everyRoute } from "../support/route-table.ts";
import { RULES } from "../support/rules.ts";
import { RULES_PAGE, rulesPage, ruleTests } from "../support/rules-page.ts";

describe("docs/settings.md", () => {
  const sources = ["src/cli/env.ts", "src/cli/thread-pool.ts"].map(textOf).join("\n");
  const known = namesIn(sources, /\b(?:read|readWhole)\("([A-Z_]+)"|\benv\.([A-Z_]+)/g);

  it("lists every setting and no other", () => {
    assert.ok(known.length > 10);
    assert.deepEqual(
      sectionsOf("docs/settings.md")
        .map(({ name }) => name)
        .sort(),
      known,
    );
  });

  it("states the defaults that apply", () => {
    const stated = sectionsOf("docs/settings.md").flatMap(({ name, text }) => {
      const [, value] = /^Default: `([^`]+)`\.$/m.exec(text) ?? [];
      return value === undefined ? [] : [{ name, value }];
    });
    const unset = resolvedFrom({ NODE_ENV: "development" });

    assert.ok(stated.length > 8);
    for (const { name, value } of stated) {
      assert.deepEqual(resolvedFrom({ NODE_ENV: "development", [name]: value }), unset, name);
    }
  });

  it("shows examples whose settings exist, and a production example that is accepted", () => {
    // docs/testing.md has variables of the tests.
    const examples = PAGES.filter((page) => page !== "docs/testing.md")
      .flatMap((page) => snippets(page, "sh"))
      .filter(({ text }) => /^[A-Z_]+=/m.test(text))
      .map(({ text }) => parseEnv(text) as Env);
    const production = examples.find((env) => env.NODE_ENV === "production");

    const unknown = examples.flatMap(Object.keys).filter((name) => !known.includes(name.replace(/_FILE$/, "")));
    assert.deepEqual(unknown, []);
    assert.ok(production?.SMTP_URL_FILE);
    const { SMTP_URL_FILE: _, ...rest } = production;
    const { options } = readSettings({ ...rest, SMTP_URL: "smtps://user:password@mail.acme.example" });
    assert.equal(options.mail?.from, "Acme <no-reply@acme.example>");
  });
});

describe("docs/routes.md", () => {
  it("lists every route with its fields, and no other", () => {
    const served = everyRoute().map(({ method, path, fields, optional }) => {
      return [method, path.replace(/-[0-9a-f]{8}\./, "-:version."), fields.join(", "), optional.join(", ")].join(" | ");
    });

    const stated = textOf("docs/routes.md")
      .split(/^### /m)
      .slice(1)
      .map((section) => {
        const [, method, path] = /^`(GET|POST) (\S+)`$/m.exec(section) ?? [];
        const fields = [/^Fields: (.*?)\./m, /(?:^| )Optional: (.*?)\./m].map((list) =>
          plainText(list.exec(section)?.[1]),
        );
        return [method, path, ...fields].join(" | ");
      });

    assert.deepEqual(stated.sort(), served.sort());
  });
});

describe("docs/options.md", () => {
  it("lists every option and no other", () => {
    assert.deepEqual(
      sectionsOf("docs/options.md")
        .map(({ name }) => name)
        .sort(),
      optionNames(),
    );
  });
});

describe("docs/own-pages.md", () => {
  it("lists every page and every template, and no other", () => {
    assert.deepEqual(entriesOf("docs/own-pages.md", "Pages"), Object.keys(pages).sort());
    assert.deepEqual(entriesOf("docs/own-pages.md", "Templates"), Object.keys(templates).sort());
  });
});

describe("docs/data.md", () => {
  it("lists every table and no other", () => {
    const tables = namesIn(textOf("src/db/schema.ts"), /^ {2}(latchkey_\w+):/gm);

    assert.deepEqual(
      sectionsOf("docs/data.md")
        .map(({ name }) => name)
        .sort(),
      tables,
    );
  });

  it("lists every kind of event and no other", () => {
    const kinds = /type EventKind =([^;]+);/.exec(textOf("src/audit/store.ts"))?.[1] ?? "";
    const sentence = /^The events are ([^.]+)\./m.exec(textOf("docs/data.md"))?.[1] ?? "";

    assert.deepEqual(namesIn(sentence, /`([\w-]+)`/g), namesIn(kinds, /"([\w-]+)"/g));
  });
});

describe("docs/commands.md", () => {
  it("lists every command with its options, and no other", () => {
    const stated = sectionsOf("docs/commands.md").map(({ name, text }) => {
      const [, options = ""] = /^Options: (.+)\.$/m.exec(text) ?? [];
      return [name, ...plainText(options).split(", ").filter(Boolean).sort()].join(" ");
    });

    addOperatorCommands(program);
    assert.deepEqual(stated.sort(), commandsOf(program).sort());
  });
});

describe("docs/monitoring.md", () => {
  it("lists every metric with its labels, and no other", async () => {
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
    const metric = /^\* `(latchkey_\w+)` \((\w+)(?:; ([^)]+))?\)/gm;
    const stated = [...textOf("docs/monitoring.md").matchAll(metric)].map(([, name, type, labels = ""]) =>
      [name, type, ...plainText(labels).split(", ").filter(Boolean)].join(" "),
    );

    assert.deepEqual(stated.sort(), there.sort());
  });

  it("lists every log message and no other", () => {
    const source = globSync("src/**/*.ts", { cwd: ROOT })
      .map((path) => textOf(path).replaceAll(/\$\{[^}]*\}/g, "N"))
      .join("\n");
    const call = /\b(?:log(?:ger)?\s*\.(?:info|warn|error)|warn)(?:\?\.)?\([^;]*?["`]([A-Za-z][^"`]+)["`],?\s*\)/g;
    const stated = namesIn(textOf("docs/monitoring.md"), /^\* `([^`]+)` \((?:info|warn|error)\)/gm);

    const messages = namesIn(source, call);
    assert.ok(messages.length > 10);
    assert.deepEqual(
      messages.filter((message) => !stated.includes(message)),
      [],
    );
    assert.deepEqual(
      stated.filter((message) => !["`", '"'].some((quote) => source.includes(quote + message + quote))),
      [],
    );
  });
});

describe("The pages of the documentation", () => {
  it("link to files and headings that exist", () => {
    const links = PAGES.flatMap((page) => linksOn(page).map((link) => ({ page, link })));

    assert.ok(links.length > 50);
    assert.deepEqual(
      links.filter(({ page, link }) => !isValidLink(page, link)),
      [],
    );
  });

  it("keep README.md and ARCHITECTURE.md short", () => {
    assert.ok(textOf("README.md").split("\n").length < 120);
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

/** The sections of a page whose heading is one name in code, such as "### `PORT`". */
function sectionsOf(page: string): Array<{ name: string; text: string }> {
  return textOf(page)
    .split(/^### /m)
    .slice(1)
    .flatMap((section) => {
      const [, name] = /^`([^`]+)`$/m.exec(section) ?? [];
      return name === undefined ? [] : [{ name, text: section }];
    });
}

/** The names that the bullets below a heading begin with, sorted. */
function entriesOf(page: string, heading: string): string[] {
  return entriesUnder(page, heading)
    .map(({ name }) => name)
    .sort();
}

/** Every command below this one that has an action: its name, arguments and options. */
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

/** The options that settings resolve to, as plain data. */
function resolvedFrom(env: Env): unknown {
  const { host, port, options } = readSettings(env);
  return JSON.parse(JSON.stringify({ host, port, options: resolveOptions(options) }));
}

/** The names in the interface Options with their group (`mail.helo`), sorted. */
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
