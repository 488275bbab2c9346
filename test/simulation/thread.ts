import { parentPort, workerData } from "node:worker_threads";
import { injectFault } from "./faults.ts";

const { fault } = workerData as { fault: string | null };
if (fault !== null) injectFault(fault);
const { FailedHistory, runHistory } = await import("./history.ts");

/** Runs the history of each seed that arrives and posts the result; `null` ends the thread. */
parentPort?.on("message", async (seed: number | null) => {
  if (seed === null) return void parentPort?.close();
  try {
    parentPort?.postMessage(await runHistory(seed));
  } catch (error) {
    const broken = error instanceof FailedHistory ? error.message : `Seed ${seed}: ${(error as Error).stack}`;
    parentPort?.postMessage({ broken });
  }
});
