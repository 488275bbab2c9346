import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import { describe, it } from "node:test";
import { ONE_ENGINE } from "./engines.ts";

const SRC = join(import.meta.dirname, "../src");

/**
 * The modules of `src/`, lowest first. A module imports only from modules of lower layers; modules of one layer do not import
 * each other. ARCHITECTURE.md shows the same order.
 */
const LAYERS = [
  ["lib"],
  ["db", "i18n", "brand"],
  ["accounts", "audit", "passwords", "rate-limits"],
  ["core"],
  ["sign-in-attempts"],
  ["sessions"],
  ["mail"],
  ["http"],
  ["links"],
  ["admin", "features"],
  ["options"],
  ["latchkey"],
  ["adapters", "cli", "testing", "index"],
];

/** Only these may import SQL packages: store files, links, sessions, the outbox and the database itself. */
const SQL = /^(db|links|sessions)\/|store\.ts$|-table\.ts$|^mail\/(outbox|suppressions)\.ts$/;

/** One file of ours, with what it takes from others. */
interface SourceFile {
  path: string;
  module: string;
  text: string;
  /** Our own files that it imports or re-exports, also for a type alone. */
  imports: string[];
  packages: string[];
  reExports: string[];
}

const files = globSync("**/*.ts", { cwd: SRC }).map((path) => read(path.split(sep).join("/")));

describe("The modules of src", () => {
  it("are the ones that the layers name", () => {
    const modules = new Set(files.map((file) => file.module));
    const unknown = [...modules].filter((module) => layerOf(module) === -1);

    assert.deepEqual(unknown, []);
  });

  it("import only from lower layers", () => {
    const upwards = files.flatMap(({ path, module, imports }) =>
      imports
        .filter((target) => moduleOf(target) !== module && layerOf(moduleOf(target)) >= layerOf(module))
        .map((target) => `${path} imports ${target}`),
    );

    assert.deepEqual(upwards, []);
  });

  it("contain features that do not import each other", () => {
    const across = files
      .filter(({ path }) => featureOf(path) !== null)
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => target.startsWith("features/") && featureOf(target) !== featureOf(path))
          .map((target) => `${path} imports ${target}`),
      );

    assert.deepEqual(across, []);
  });

  it("import only files that exist", () => {
    const known = new Set(files.map((file) => file.path));
    const missing = files.flatMap(({ path, imports }) =>
      imports.filter((target) => !known.has(target)).map((target) => `${path} imports ${target}`),
    );

    assert.ok(files.some((file) => file.imports.length > 0));
    assert.deepEqual(missing, []);
  });

  it("have no import cycles, not even of types", () => {
    assert.deepEqual(cycles(files), []);
  });

  it("use SQL in store files, links, sessions, the outbox and db only", () => {
    const users = files.filter((file) => file.packages.some((name) => /^(kysely|node:sqlite|pg)(\/|$)/.test(name)));
    const outside = users.map((file) => file.path).filter((path) => !SQL.test(path));

    assert.ok(users.length > 0);
    assert.deepEqual(outside, []);
  });

  it("use batching through its interface outside db", () => {
    const users = files.flatMap(({ path, module, imports }) =>
      imports
        .filter((target) => target.startsWith("db/batching/") && module !== "db")
        .map((target) => ({ path, target })),
    );
    const past = users.filter(({ target }) => target !== "db/batching/batching.ts").map(({ path }) => path);

    assert.ok(users.length > 0);
    assert.deepEqual(past, []);
  });

  it("share a file name at most three times outside the features", () => {
    const names = Map.groupBy(
      files.filter(({ path }) => !path.startsWith("features/")),
      ({ path }) => path.slice(path.lastIndexOf("/") + 1),
    );
    const crowded = [...names].filter(([, sharing]) => sharing.length > 3).map(([name]) => name);

    assert.deepEqual(
      crowded,
      ["store.ts"].filter((name) => crowded.includes(name)),
    );
  });

  it("re-export from public entry points only", () => {
    const entries = /^index\.ts$|^(adapters|testing)\//;
    const barrels = files
      .filter((file) => !entries.test(file.path))
      .flatMap(({ path, reExports }) => reExports.map((target) => `${path} re-exports ${target}`));

    assert.ok(files.find((file) => file.path === "index.ts")?.reExports.length);
    assert.deepEqual(barrels, []);
  });
});

describe("ARCHITECTURE.md", () => {
  const root = join(import.meta.dirname, "..");
  const [, reset = ""] = readFileSync(join(root, "ARCHITECTURE.md"), "utf8").split("## Follow one reset");

  it("follows one reset in at most 15 links", () => {
    const links = new Set([...reset.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path));

    assert.ok(links.size > 5 && links.size <= 15, `${links.size} links`);
  });

  it("names functions that the linked files define", () => {
    const named = [...reset.matchAll(/`(\w+)`\s+in\s+\[[^\]]+\]\((src\/[^)]+)\)/g)];
    const missing = named.filter(
      ([, name, path]) => !readFileSync(join(root, path ?? ""), "utf8").includes(`function ${name}(`),
    );

    assert.ok(named.some(([, name]) => name === "consumeToken"));
    assert.deepEqual(missing, []);
  });
});

describe("The tests", () => {
  it("name only existing files among those that run on one engine", () => {
    const missing = Object.keys(ONE_ENGINE).filter((name) => !existsSync(join(import.meta.dirname, `${name}.test.ts`)));

    assert.deepEqual(missing, []);
  });
});

function read(path: string): SourceFile {
  const text = readFileSync(join(SRC, path), "utf8");
  const taken = [...text.matchAll(/^(import|export)\b(?:[^;"']*?\bfrom)?\s*["']([^"']+)["']/gm)];
  const later = [...text.matchAll(/\bimport\(\s*["']([^"']+)["']/g)].map(([, target = ""]) => target);
  const named = [...taken.map(([, , target = ""]) => target), ...later];

  const isOurs = (target: string) => target.startsWith(".");
  const toPath = (target: string) =>
    normalize(join(dirname(path), target))
      .split(sep)
      .join("/");
  return {
    path,
    module: moduleOf(path),
    text,
    imports: [...new Set(named.filter(isOurs).map(toPath))],
    packages: named.filter((target) => !isOurs(target)),
    reExports: taken
      .filter(([, verb, target = ""]) => verb === "export" && isOurs(target))
      .map(([, , t = ""]) => toPath(t)),
  };
}

/** The folder, or the name of a file that stands above the folders. */
function moduleOf(path: string): string {
  if (["metrics.ts", "visit.ts", "bind-visit.ts", "session-hook.ts", "safe-answer.ts"].includes(path))
    return "latchkey";
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : path.replace(/\.ts$/, "");
}

function layerOf(module: string): number {
  return LAYERS.findIndex((layer) => layer.includes(module));
}

/** The folder of a feature, or null for the registries that name all features. */
function featureOf(path: string): string | null {
  return /^features\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** Every cycle of imports, as `a → b → a`. */
function cycles(all: SourceFile[]): string[] {
  const importsOf = new Map(all.map((file) => [file.path, file.imports]));
  const done = new Set<string>();
  const found: string[] = [];

  function walk(path: string, trail: string[]): void {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    if (trail.includes(path) || done.has(path)) return;
    for (const target of importsOf.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  }
  for (const file of all) walk(file.path, []);
  return found;
}
