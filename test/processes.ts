import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REAL_COST } from "./support/real-cost.ts";

/** Test files that one process runs, named by their paths below `test/`. */
export type Group = string[];

/** Enough processes for the cores, each with enough files that starting it and loading the code is a small part. */
const FILES_PER_PROCESS = 8;

/**
 * A file has a process of its own if it starts processes or browsers, replaces what the process shares (timers, prototypes,
 * environment), or measures the process (memory, event loop). Files that need the real cost of hashes have one too.
 */
const NEEDS_A_PROCESS =
  /support\/(browser|database-faults|event-loop|instrumented-app|operator-cli|package|process|query-plans|raw-http|script|statements|timing|use-postgres)\.ts|\bmock\.|child_process|process\.(get|memoryUsage|cpuUsage|on|once)\b/;

/** Divides test files into processes. */
export function groupsOf(paths: readonly string[]): Group[] {
  const alone: Group[] = [];
  const shared: string[] = [];
  for (const path of paths) {
    if (REAL_COST.test(path) || NEEDS_A_PROCESS.test(readFileSync(join(import.meta.dirname, path), "utf8")))
      alone.push([path]);
    else shared.push(path);
  }
  const groups: Group[] = [];
  for (let from = 0; from < shared.length; from += FILES_PER_PROCESS) {
    groups.push(shared.slice(from, from + FILES_PER_PROCESS));
  }
  return [...alone, ...groups];
}
