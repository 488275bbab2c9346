import { parentPort, workerData } from "node:worker_threads";
import { putIn } from "./faults.ts";

const { fault } = workerData as { fault: string | null };
if (fault !== null) putIn(fault);
const { BrokenHistory, live } = await import("./history.ts");

/** Lives the history of each seed that it is told, and tells what became of it; `null` ends it. */
parentPort?.on("message", async (seed: number | null) => {
  if (seed === null) return void parentPort?.close();
  try {
    parentPort?.postMessage(await live(seed));
  } catch (error) {
    const broken = error instanceof BrokenHistory ? error.message : `Seed ${seed}: ${(error as Error).stack}`;
    parentPort?.postMessage({ broken });
  }
});
