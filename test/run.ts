import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { runsOnPostgres } from "./engines.ts";
import { type Group, groupsOf } from "./processes.ts";
import type { Totals } from "./support/totals-reporter.ts";

/**
 * Runs the tests: `npm test` (the fast tier), `npm run test:slow`, or some files: `npm test -- test/http/http.test.ts`.
 * Each file runs on SQLite, and those that open a database run again on PostgreSQL. `TEST_ENGINE=sqlite` or
 * `TEST_ENGINE=postgres` runs one of the two passes alone.
 */
const [tier = "fast", ...paths] = process.argv.slice(2);
const named = paths.length === 0 ? null : paths.map((path) => path.replace(/^(\.\/)?test\//, ""));

const files = (named ?? globSync("**/*.test.ts", { cwd: import.meta.dirname }).map((path) => path.split(sep).join("/")))
  .filter((path) => named !== null || path.startsWith("slow/") === (tier === "slow"))
  .sort();

const onPostgres = files.filter((path) =>
  runsOnPostgres(path.replace(/\.test\.ts$/, ""), readFileSync(join(import.meta.dirname, path), "utf8")),
);

const only = process.env.TEST_ENGINE;
const reports = mkdtempSync(join(tmpdir(), "latchkey-report-"));
const groupFiles = mkdtempSync(join(tmpdir(), "latchkey-groups-"));
/** What the closing lines say besides the totals. */
const notes: string[] = [];
const results = [
  only === "postgres" ? 0 : run("sqlite", files),
  only === "sqlite" || onPostgres.length === 0 ? 0 : run("postgres", onPostgres),
];
process.exitCode = results.find((status) => status !== 0) ?? 0;
printTotals();
for (const folder of [reports, groupFiles]) rmSync(folder, { recursive: true });

/**
 * Runs the files on an engine. Files that fail run once more, alone: on a busy machine a deadline or a statistic can miss, and
 * a fault fails twice. The closing lines name every file that needed a second run.
 */
function run(engine: "sqlite" | "postgres", paths: string[]): number {
  const groups = named === null && tier === "fast" ? groupsOf(paths) : paths.map((path) => [path]);
  const status = runOnce(engine, groups, { report: engine, concurrency: tier === "slow" ? 1 : 4 });
  const failed = totalsIn(engine).filter(({ file, failed }) => file !== null && failed > 0);
  if (status === 0 || failed.length === 0) return status;

  const again = failed.flatMap(({ file, parts }) => {
    const group = groups.find((paths) => fileOf(engine, paths) === file) ?? [];
    const guilty = group.filter((path) => parts[join(import.meta.dirname, path)]?.failed);
    // A process that crashes names no file.
    return guilty.length > 0 ? guilty : group;
  });
  console.log(`\nrunning once more, alone, on ${engine}: ${again.join(", ")}`);
  const statusAgain = runOnce(
    engine,
    again.map((path) => [path]),
    { report: `${engine} again`, concurrency: 1 },
  );
  const verdict = statusAgain === 0 ? "passed only in a second run" : "failed, also in a second run";
  notes.push(`${verdict} (${engine}): ${again.join(", ")}`);
  return statusAgain;
}

function runOnce(
  engine: "sqlite" | "postgres",
  groups: Group[],
  { report, concurrency }: { report: string; concurrency: number },
): number {
  const options = [
    "--test",
    "--test-global-setup=test/support/shared-postgres.ts",
    `--test-concurrency=${concurrency}`,
    `--test-timeout=${tier === "slow" ? 1_800_000 : 300_000}`,
    "--import=./test/support/open-handles.ts",
    ...(tier === "fast" ? ["--import=./test/support/cheap-hashing.ts"] : []),
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    "--test-reporter=./test/support/totals-reporter.ts",
    `--test-reporter-destination=${join(reports, report)}`,
  ];
  const { status } = spawnSync(process.execPath, [...options, ...groups.map((paths) => fileOf(engine, paths))], {
    cwd: join(import.meta.dirname, ".."),
    env: { ...process.env, TEST_ENGINE: engine },
    stdio: "inherit",
  });
  return status ?? 1;
}

/** The file that a process runs: the only one of its group, or one that imports them all. */
function fileOf(engine: string, [first = "", ...others]: Group): string {
  if (others.length === 0) return join(import.meta.dirname, first);
  const file = join(groupFiles, engine, `${first.replaceAll("/", "-")}-and-${others.length}-more.test.mjs`);
  const urls = [first, ...others].map((path) => pathToFileURL(join(import.meta.dirname, path)).href);
  mkdirSync(join(groupFiles, engine), { recursive: true });
  writeFileSync(file, urls.map((url) => `await import(${JSON.stringify(url)});\n`).join(""));
  return file;
}

/** The closing lines: a total for each engine, and the slowest files. */
function printTotals(): void {
  const slowest: Array<{ name: string; seconds: number }> = [];
  console.log("");
  for (const report of globSync("*", { cwd: reports }).sort().reverse()) {
    for (const { file, passed, failed, skipped, seconds, parts } of totalsIn(report)) {
      if (file === null)
        console.log(`${report}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds} s`);
      for (const [path, { ms }] of Object.entries(parts)) {
        slowest.push({ name: `${relative(import.meta.dirname, path)} (${report})`, seconds: Math.round(ms / 1_000) });
      }
    }
  }
  slowest.sort((one, other) => other.seconds - one.seconds);
  const shown = slowest.slice(0, 10).map(({ name, seconds }) => `${name} ${seconds} s`);
  if (shown.length > 1) console.log(`slowest files: ${shown.join(", ")}`);
  for (const note of notes) console.log(note);
}

function totalsIn(report: string): Totals[] {
  const lines = readFileSync(join(reports, report), "utf8").split("\n").filter(Boolean);
  return lines.map((line): Totals => JSON.parse(line));
}
