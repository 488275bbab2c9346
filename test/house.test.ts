import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import { describe, it } from "node:test";

const SRC = join(import.meta.dirname, "../src");

/** The import law: what each room may import besides itself. ARCHITECTURE.md holds the same table. */
const LAW: Record<string, string[]> = {
  basics: [],
  store: ["basics"],
  flows: ["basics", "store"],
  web: ["basics", "flows"],
  mail: ["basics", "store", "flows"],
  top: ["basics", "store", "flows", "web", "mail"],
  server: ["basics", "web", "top"],
};

/** What the web needs to name of the store's, which it may not import. */
const PASSED_ON = ["flows/mailed-link.ts re-exports store/tokens.ts", "flows/sessions.ts re-exports store/sessions.ts"];

/** One file of ours, with what it takes from others. */
interface SourceFile {
  path: string;
  room: string;
  text: string;
  /** Our own files that it imports or re-exports, also for a type alone. */
  imports: string[];
  packages: string[];
  reExports: string[];
}

const files = globSync("**/*.ts", { cwd: SRC }).map((path) => read(path.split(sep).join("/")));

describe("The house", () => {
  it("has only rooms that the law knows, and all of them", () => {
    const rooms = new Set(files.map((file) => file.room));

    assert.deepEqual([...rooms].sort(), Object.keys(LAW).sort());
  });

  it("imports downwards only", () => {
    const upwards = files.flatMap(({ path, room, imports }) =>
      imports
        .filter((target) => roomOf(target) !== room && !LAW[room]?.includes(roomOf(target)))
        .map((target) => `${path} imports ${target}`),
    );

    assert.deepEqual(upwards, []);
  });

  it("imports only files that exist", () => {
    const known = new Set(files.map((file) => file.path));
    const missing = files.flatMap(({ path, imports }) =>
      imports.filter((target) => !known.has(target)).map((target) => `${path} imports ${target}`),
    );

    assert.ok(files.some((file) => file.imports.length > 0));
    assert.deepEqual(missing, []);
  });

  it("has no circle of imports, not even of types", () => {
    assert.deepEqual(circles(files), []);
  });

  it("speaks SQL in the store only", () => {
    const speakers = files.filter((file) => file.packages.some((name) => /^(kysely|node:sqlite|pg)(\/|$)/.test(name)));

    assert.ok(speakers.length > 0);
    assert.deepEqual([...new Set(speakers.map((file) => file.room))], ["store"]);
  });

  it("has no file over 250 lines", () => {
    const long = files.filter((file) => lines(file.text) > 250).map((file) => `${file.path}: ${lines(file.text)}`);

    assert.deepEqual(long, []);
  });

  it("has one door: only index.ts re-exports, and two flows what the web needs of the store", () => {
    const barrels = files
      .filter((file) => file.path !== "index.ts")
      .flatMap(({ path, reExports }) => reExports.map((target) => `${path} re-exports ${target}`))
      .filter((found) => !PASSED_ON.includes(found));

    assert.ok(files.find((file) => file.path === "index.ts")?.reExports.length);
    assert.deepEqual(barrels, []);
  });

  it("stands as ARCHITECTURE.md says", () => {
    const page = readFileSync(join(SRC, "../ARCHITECTURE.md"), "utf8");
    const rows = page.matchAll(/^\| `(\w+)\/?` *\| [^|]+ \| ([^|]+) \|$/gm);
    const told = [...rows].map(([, room = "", cell = ""]) => [room, [...cell.matchAll(/`(\w+)`/g)].map(([, r]) => r)]);

    assert.deepEqual(Object.fromEntries(told), LAW);
    assert.ok(lines(page) <= 80, `ARCHITECTURE.md has ${lines(page)} lines`);
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
    room: roomOf(path),
    text,
    imports: [...new Set(named.filter(isOurs).map(toPath))],
    packages: named.filter((target) => !isOurs(target)),
    reExports: taken
      .filter(([, verb, target = ""]) => verb === "export" && isOurs(target))
      .map(([, , t = ""]) => toPath(t)),
  };
}

/** The folder, or `top` for the files above the rooms. */
function roomOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "top";
}

/** Every circle that a walk along the imports comes upon, as `a → b → a`. */
function circles(all: SourceFile[]): string[] {
  const importsOf = new Map(all.map((file) => [file.path, file.imports]));
  const done = new Set<string>();
  const found: string[] = [];

  function walk(path: string, way: string[]): void {
    if (way.includes(path)) found.push([...way.slice(way.indexOf(path)), path].join(" → "));
    if (way.includes(path) || done.has(path)) return;
    for (const target of importsOf.get(path) ?? []) walk(target, [...way, path]);
    done.add(path);
  }
  for (const file of all) walk(file.path, []);
  return found;
}

function lines(text: string): number {
  return text.trimEnd().split("\n").length;
}
