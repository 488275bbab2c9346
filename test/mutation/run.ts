import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { MUTANTS, type Mutant } from "./mutants.ts";

/**
 * Mutation testing of the safety-critical files: `npm run mutate`, or `npm run mutate -- NAME…` for the mutants whose names
 * begin with one of these. Runs the tests of each mutant, prints whether they fail (killed) or pass (survived), and the score.
 * Ends with 1 if a mutant without `why` survives.
 */

/** A mutant may make a test wait for ever. That counts as killed, and is said. */
const TIMEOUT_MS = 120_000;

const ROOT = join(import.meta.dirname, "../..");
const INJECT = pathToFileURL(join(import.meta.dirname, "inject.ts")).href;
const marker = join(mkdtempSync(join(tmpdir(), "latchkey-mutation-")), "loaded");

type Result = "killed" | "killed by timeout" | "survived" | "not loaded" | "tests fail without it";

/** Whether these tests pass without a mutant. A mutant says nothing if they do not. */
const healthy = new Map<string, boolean>();

const prefixes = process.argv.slice(2);
const chosen = Object.entries(MUTANTS).filter(
  ([name]) => prefixes.length === 0 || prefixes.some((prefix) => name.startsWith(prefix)),
);
if (chosen.length === 0) throw new Error(`no mutant has a name that begins with ${prefixes.join(" or ")}`);

const results: Array<{ name: string; mutant: Mutant; result: Result }> = [];
for (const [name, mutant] of chosen) {
  const startedAt = performance.now();
  const result = await judge(name, mutant);
  results.push({ name, mutant, result });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(
    `${result.padEnd(10)} ${name} (${seconds} s)${result === "survived" && mutant.why ? `: ${mutant.why}` : ""}`,
  );
}
rmSync(join(marker, ".."), { recursive: true });

const killed = results.filter(({ result }) => result.startsWith("killed"));
const explained = results.filter(({ result, mutant }) => result === "survived" && mutant.why !== undefined);
const wrong = results.filter((one) => !killed.includes(one) && !explained.includes(one));
const stale = killed.filter(({ mutant }) => mutant.why !== undefined);
const score = Math.round((100 * killed.length) / Math.max(1, results.length - explained.length));
console.log(
  `\n${results.length} mutants: ${killed.length} killed, ${explained.length} survived with a reason, score ${score} %`,
);
for (const { name, result } of wrong) console.log(`${result}: ${name}`);
for (const { name } of stale) console.log(`killed, although "why" explains its survival: ${name}`);
process.exitCode = wrong.length + stale.length > 0 ? 1 : 0;

async function judge(name: string, mutant: Mutant): Promise<Result> {
  const key = `${mutant.engine ?? "sqlite"} ${mutant.tests.join(" ")}`;
  if (!healthy.has(key)) healthy.set(key, (await runTests(mutant, {})) === "passed");
  if (!healthy.get(key)) return "tests fail without it";

  rmSync(marker, { force: true });
  const outcome = await runTests(mutant, {
    NODE_OPTIONS: `--import=${INJECT}`,
    LATCHKEY_MUTANT: name,
    LATCHKEY_MUTANT_LOADED: marker,
  });
  if (!existsSync(marker)) return "not loaded";
  if (outcome === "timeout") return "killed by timeout";
  return outcome === "passed" ? "survived" : "killed";
}

type Outcome = "passed" | "failed" | "timeout";

function runTests({ tests, engine = "sqlite" }: Mutant, env: Record<string, string>): Promise<Outcome> {
  const options = ["--test", "--test-global-setup=test/support/shared-postgres.ts", "--test-reporter=dot"];
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [...options, ...tests.map((path) => `test/${path}`)], {
      cwd: ROOT,
      env: { ...process.env, ...env, TEST_ENGINE: engine },
      stdio: "ignore",
      // A group of its own, so that a timeout ends the test files too, which are processes of their own.
      detached: true,
    });
    let isLate = false;
    const timeout = setTimeout(() => {
      isLate = true;
      if (running.pid !== undefined) process.kill(-running.pid, "SIGKILL");
    }, TIMEOUT_MS);
    running.on("error", reject);
    running.on("close", (status) => {
      clearTimeout(timeout);
      resolve(isLate ? "timeout" : status === 0 ? "passed" : "failed");
    });
  });
}
