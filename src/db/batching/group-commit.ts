import { isUnavailable } from "../errors.ts";
import type { Db } from "../schema.ts";
import { takeAdvisoryLocks } from "./advisory-locks.ts";
import { markShared } from "./batch.ts";
import { yieldToEventLoop } from "./yield.ts";

type Work<T> = (tx: Db) => Promise<T>;
type Transaction = <T>(work: Work<T>) => Promise<T>;

interface Job {
  /** What it counts, by name. */
  counting: readonly string[];
  run(tx: Db): Promise<() => void>;
  fail(error: unknown): void;
}

/** So many at the most share a commit: beyond it the gain is small, and whoever came first waits longer. */
const MOST = 128;

/**
 * Lets simultaneous pieces of work share a commit: what arrives while one is being written goes with the next. Each result
 * comes back once it is durable, exactly as from a transaction of its own; nobody waits who would not have waited anyway,
 * but who says that they can, for `withinMs` milliseconds, if nobody else goes sooner.
 * Work may be run twice, the first time rolled back, so it must do nothing outside its transaction.
 */
export function groupCommit(
  transaction: Transaction,
): <T>(work: Work<T>, counting: readonly string[], withinMs: number) => Promise<T> {
  let waiting: Job[] = [];
  let isWriting = false;
  let isDue = false;
  let laterOn: NodeJS.Timeout | undefined;

  /** Everybody goes with the next commit, also who could have waited longer. */
  function due(): void {
    clearTimeout(laterOn);
    laterOn = undefined;
    isDue = true;
    if (!isWriting) write();
  }

  async function write(): Promise<void> {
    isWriting = true;
    while (isDue) {
      isDue = false;
      // Turns of the event loop, in which the requests that have arrived get as far as this, as long as each brings more:
      // a flush of the disk takes longer than many of them. Who is alone waits for one.
      for (let before = 0; waiting.length > before && waiting.length < MOST; ) {
        before = waiting.length;
        await new Promise((resolve) => setImmediate(resolve));
      }
      const batch = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      isDue ||= waiting.length > 0;
      await writeTogether(transaction, batch);
    }
    isWriting = false;
  }

  return (work, counting, withinMs) =>
    new Promise((resolve, reject) => {
      waiting.push({
        counting,
        async run(tx) {
          const result = await work(tx);
          // Whoever could wait goes on in a turn of their own: the pages of many at once would hold up everybody else.
          return () => (withinMs === 0 ? resolve(result) : void yieldToEventLoop().then(() => resolve(result)));
        },
        fail: reject,
      });
      if (withinMs === 0) due();
      else laterOn ??= setTimeout(due, withinMs);
    });
}

/**
 * When one fails, all are rolled back, and each is done by itself, so that nobody fails by another's fault. When it is the
 * database that failed, all fail: to try each would have the last one wait as many times over.
 */
async function writeTogether(transaction: Transaction, batch: Job[]): Promise<void> {
  try {
    const succeed = await transaction((tx) => allAtOnce(tx, batch));
    for (const answer of succeed) answer();
  } catch (error) {
    if (batch.length > 1 && !isUnavailable(error)) {
      for (const job of batch) await writeTogether(transaction, [job]);
      return;
    }
    for (const job of batch) job.fail(error);
  }
}

/**
 * What they count is held first, and nobody waits for that before they send what comes after it, in order. The transaction
 * must not end before the last of them has: what one still sends would come after the end.
 */
async function allAtOnce(tx: Db, batch: Job[]): Promise<Array<() => void>> {
  if (batch.length > 1) markShared(tx);
  const held = takeAdvisoryLocks(
    tx,
    batch.flatMap(({ counting }) => counting),
  );
  const [names, ...settled] = await Promise.allSettled([held, ...batch.map((job) => job.run(tx))]);
  const failed = [names, ...settled].find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
  return settled.map((one) => (one as PromiseFulfilledResult<() => void>).value);
}
