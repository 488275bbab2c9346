import { execFileSync } from "node:child_process";

/**
 * The first seed: a number of 30 bits from the commit, so that a red run can be repeated. Outside a repository it is the
 * time. `LATCHKEY_TEST_SEED` overrides it.
 */
export function firstSeed(): number {
  const given = process.env.LATCHKEY_TEST_SEED;
  if (given !== undefined && given !== "") return Number(given);
  try {
    const commit = execFileSync("git", ["rev-parse", "HEAD"], {
      cwd: import.meta.dirname,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return Number.parseInt(commit.toString().slice(0, 8), 16) >>> 2;
  } catch {
    return Date.now() % 2 ** 30;
  }
}
