import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setPriority } from "node:os";

/** How far passwords stand back behind everything else (`nice`, 0 to 19). */
const NICENESS = 10;

/**
 * Lets the threads on which passwords are hashed stand back behind the one that answers requests: hashing may then take
 * every core that nothing else wants, and pages stay quick in a flood of sign-ins. Only Linux has a priority for each
 * thread; elsewhere, and where threads cannot be told apart, nothing is changed.
 */
export async function suppressArgonWarning(): Promise<void> {
  // The threads are all made with the first work for them, such as reading a file.
  await readFile("/proc/self/comm").catch(() => null);
  try {
    for (const thread of readdirSync("/proc/self/task")) {
      const name = readFileSync(`/proc/self/task/${thread}/comm`, "utf8").trim();
      if (name === "libuv-worker") setPriority(Number(thread), NICENESS);
    }
  } catch {
    // A system that does not show its threads, or does not let us change them. Then all are alike, as they were.
  }
}
