import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { runsOnPostgres } from "./engines.ts";
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
const results = [
  only === "postgres" ? 0 : run("sqlite", files),
  only === "sqlite" || onPostgres.length === 0 ? 0 : run("postgres", onPostgres),
];
process.exitCode = results.find((status) => status !== 0) ?? 0;
printTotals();
rmSync(reports, { recursive: true });

/**
 * Runs the files on an engine. Files that fail run once more, alone: on a busy machine a deadline or a statistic can miss, and
 * a fault fails twice. The report names every file that needed a second run.
 */
function run(engine: "sqlite" | "postgres", paths: string[]): number {
  const status = runOnce(engine, paths, { report: engine, concurrency: tier === "slow" ? 1 : 4 });
  const failed = totalsIn(engine).flatMap(({ file, failed }) => (file !== null && failed > 0 ? [file] : []));
  if (status === 0 || failed.length === 0) return status;

  const again = failed.map((file) =>
    relative(import.meta.dirname, file)
      .split(sep)
      .join("/"),
  );
  console.log(`\nrunning once more, alone, on ${engine}: ${again.join(", ")}`);
  return runOnce(engine, again, { report: `${engine} again`, concurrency: 1 });
}

function runOnce(
  engine: "sqlite" | "postgres",
  paths: string[],
  { report, concurrency }: { report: string; concurrency: number },
): number {
  const options = [
    "--test",
    "--test-global-setup=test/support/shared-postgres.ts",
    `--test-concurrency=${concurrency}`,
    `--test-timeout=${tier === "slow" ? 1_800_000 : 300_000}`,
    "--import=./test/support/open-handles.ts",
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    "--test-reporter=./test/support/totals-reporter.ts",
    `--test-reporter-destination=${join(reports, report)}`,
  ];
  const { status } = spawnSync(process.execPath, [...options, ...paths.map((path) => `test/${path}`)], {
    cwd: join(import.meta.dirname, ".."),
    env: { ...process.env, TEST_ENGINE: engine },
    stdio: "inherit",
  });
  return status ?? 1;
}

/** The closing lines: a total for each engine, and the slowest files. */
function printTotals(): void {
  const slowest: Array<{ name: string; seconds: number }> = [];
  console.log("");
  for (const engine of globSync("*", { cwd: reports }).sort().reverse()) {
    for (const { file, passed, failed, skipped, seconds } of totalsIn(engine)) {
      if (file === null)
        console.log(`${engine}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds} s`);
      else slowest.push({ name: `${relative(import.meta.dirname, file)} (${engine})`, seconds });
    }
  }
  slowest.sort((one, other) => other.seconds - one.seconds);
  const shown = slowest.slice(0, 5).map(({ name, seconds }) => `${name} ${seconds} s`);
  if (shown.length > 1) console.log(`slowest files: ${shown.join(", ")}`);
}

function totalsIn(report: string): Totals[] {
  const lines = readFileSync(join(reports, report), "utf8").split("\n").filter(Boolean);
  return lines.map((line): Totals => JSON.parse(line));
}
