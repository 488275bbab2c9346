import { yieldToEventLoop } from "../../lib/yield.ts";
import { isUnavailable } from "../errors.ts";
import type { Db } from "../schema.ts";
import { takeAdvisoryLocks } from "./advisory-locks.ts";
import { markShared } from "./batch.ts";

type Work<T> = (tx: Db) => Promise<T>;
type Transaction = <T>(work: Work<T>) => Promise<T>;

interface Job {
  /** The advisory locks it needs, by name. */
  locks: readonly string[];
  work: Work<unknown>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Maximum number of jobs in one commit. A larger batch gains little and delays its first job. */
const MAX_BATCH = 128;

/**
 * Group commit: jobs that arrive while a transaction is being written share the next one. Each result is returned once it
 * is durable, as from a transaction of its own, and null rolls back, as there. A job waits for further jobs only if
 * `withinMs` allows it. A job may run twice, the first time rolled back, so it must do nothing outside its transaction.
 */
export function groupCommit(
  transaction: Transaction,
): <T>(work: Work<T>, locks: readonly string[], withinMs: number) => Promise<T> {
  let waiting: Job[] = [];
  let isWriting = false;
  let isDue = false;
  let timer: NodeJS.Timeout | undefined;

  /** Writes every waiting job with the next commit, including those that could wait longer. */
  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    isDue = true;
    if (!isWriting) writeLoop();
  }

  async function writeLoop(): Promise<void> {
    isWriting = true;
    while (isDue) {
      isDue = false;
      // Wait an event-loop tick for as long as each tick adds jobs: the disk flush of a commit takes longer than many ticks.
      for (let before = 0; waiting.length > before && waiting.length < MAX_BATCH; ) {
        before = waiting.length;
        await new Promise((resolve) => setImmediate(resolve));
      }
      const batch = waiting.slice(0, MAX_BATCH);
      waiting = waiting.slice(MAX_BATCH);
      isDue ||= waiting.length > 0;
      await writeBatch(transaction, batch);
    }
    isWriting = false;
  }

  return (work, locks, withinMs) =>
    new Promise((resolve, reject) => {
      waiting.push({
        locks,
        work,
        // A job that could wait continues in a tick of its own: many pages rendered at once would delay other requests.
        resolve: (result) =>
          withinMs === 0 ? resolve(result as never) : void yieldToEventLoop().then(() => resolve(result as never)),
        reject,
      });
      if (withinMs === 0) flush();
      else timer ??= setTimeout(flush, withinMs);
    });
}

/**
 * Commits the batch. If a job fails or returns null, everything is rolled back and each job runs in a transaction of its
 * own. If the database is unavailable all jobs fail at once: retrying each would multiply the timeout.
 */
async function writeBatch(transaction: Transaction, batch: Job[]): Promise<void> {
  const [first, ...others] = batch;
  if (!first) return;
  if (others.length === 0) return writeAlone(transaction, first);
  try {
    const results = await transaction((tx) => runAll(tx, batch));
    if (results) {
      for (const [i, job] of batch.entries()) job.resolve(results[i]);
      return;
    }
  } catch (error) {
    if (isUnavailable(error)) {
      for (const job of batch) job.reject(error);
      return;
    }
  }
  for (const job of batch) await writeAlone(transaction, job);
}

async function writeAlone(transaction: Transaction, job: Job): Promise<void> {
  try {
    const results = await transaction((tx) => runAll(tx, [job]));
    job.resolve(results ? results[0] : null);
  } catch (error) {
    job.reject(error);
  }
}

/**
 * Runs the jobs concurrently in one transaction; null if one of them returned null. The locks are sent first, and the
 * connection runs statements in order, so no job waits for them. The transaction must not end before the last job has:
 * a statement sent later would run after the end.
 */
async function runAll(tx: Db, batch: Job[]): Promise<unknown[] | null> {
  if (batch.length > 1) markShared(tx);
  const locked = takeAdvisoryLocks(
    tx,
    batch.flatMap(({ locks }) => locks),
  );
  const [locks, ...settled] = await Promise.allSettled([locked, ...batch.map(({ work }) => work(tx))]);
  const failed = [locks, ...settled].find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
  const results = settled.map((one) => (one as PromiseFulfilledResult<unknown>).value);
  return results.includes(null) ? null : results;
}
