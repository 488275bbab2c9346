import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setPriority } from "node:os";

/** `nice` value of the hashing threads, 0 to 19. */
const NICENESS = 10;

/**
 * Lowers the priority of the threads that hash passwords below the thread that answers requests: hashing may use every idle
 * core, and pages stay fast during a flood of sign-ins. Only Linux has a priority for each thread; elsewhere nothing changes.
 */
export async function lowerHashingPriority(): Promise<void> {
  // The first use of the pool, such as reading a file, creates all of its threads.
  await readFile("/proc/self/comm").catch(() => null);
  try {
    for (const thread of readdirSync("/proc/self/task")) {
      const name = readFileSync(`/proc/self/task/${thread}/comm`, "utf8").trim();
      if (name === "libuv-worker") setPriority(Number(thread), NICENESS);
    }
  } catch {
    // No /proc, or no permission: all threads keep the same priority.
  }
}
