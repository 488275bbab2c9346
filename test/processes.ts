import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Test files that one process runs, named by their paths below `test/`. */
export type Group = string[];

/** Enough processes for the cores, each with enough files that starting it and loading the code is a small part. */
const FILES_PER_PROCESS = 8;

/**
 * A file has a process of its own if it starts processes or browsers, replaces what the process shares (timers, prototypes,
 * environment), or measures the process (memory, event loop, the cost of hashes).
 */
const NEEDS_A_PROCESS =
  /support\/(browser|database-faults|event-loop|instrumented-app|operator-cli|package|process|query-plans|raw-http|script|statements|timing|use-postgres)\.ts|\bmock\.|child_process|process\.(get|memoryUsage|cpuUsage|on|once)\b|passwords\/hashing|argon2id/;

/** Divides test files into processes. */
export function groupsOf(paths: readonly string[]): Group[] {
  const alone: Group[] = [];
  const shared: string[] = [];
  for (const path of paths) {
    if (NEEDS_A_PROCESS.test(readFileSync(join(import.meta.dirname, path), "utf8"))) alone.push([path]);
    else shared.push(path);
  }
  const groups: Group[] = [];
  for (let from = 0; from < shared.length; from += FILES_PER_PROCESS) {
    groups.push(shared.slice(from, from + FILES_PER_PROCESS));
  }
  return [...alone, ...groups];
}
