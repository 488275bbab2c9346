import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { HistoryResult } from "./history.ts";

/** What came of many histories. */
export interface RunResult extends HistoryResult {
  histories: number;
  /** The first that broke a promise: its seed and its story. Null: none did. */
  broken: string | null;
}

/**
 * Lives so many histories, each with the next seed, on all cores unless told, and stops at the first that breaks a promise. `fault`
 * names one that is put in by hand. `onLived` is called after each.
 */
export async function runHistories(
  {
    first,
    count,
    fault = null,
    threads = availableParallelism(),
  }: { first: number; count: number; fault?: string | null; threads?: number },
  onLived: (lived: RunResult) => void = () => {},
): Promise<RunResult> {
  const lived: RunResult = { histories: 0, crashes: 0, faults: 0, mails: 0, broken: null };
  let next = first;

  function runInThread(): Promise<void> {
    return new Promise((resolve, reject) => {
      const thread = new Worker(new URL("thread.ts", import.meta.url), { workerData: { fault } });
      const goOn = () => thread.postMessage(next < first + count && lived.broken === null ? next++ : null);
      thread.on("message", (told: HistoryResult | { broken: string }) => {
        if ("broken" in told) lived.broken ??= told.broken;
        else {
          lived.histories += 1;
          lived.crashes += told.crashes;
          lived.faults += told.faults;
          lived.mails += told.mails;
          onLived(lived);
        }
        goOn();
      });
      thread.on("error", reject);
      thread.on("exit", () => resolve());
      goOn();
    });
  }

  await Promise.all(Array.from({ length: Math.min(threads, count) }, runInThread));
  return lived;
}
