import type { Db } from "../schema.ts";
import type { TransactionGuard } from "../transaction-guard.ts";

/** Transactions shared by several jobs, in which equal statements are combined. */
const shared = new WeakSet<Db>();

/** Marks a transaction as shared by several jobs. */
export function markShared(tx: Db): void {
  shared.add(tx);
}

/** Handles outside of transactions. Requests that arrive in one event-loop tick share a statement there. */
const outside = new WeakMap<Db, TransactionGuard>();

/** Marks a handle as outside of transactions. `guard` is checked per call, because a shared statement runs outside the caller. */
export function markOutside(db: Db, guard: TransactionGuard): void {
  outside.set(db, guard);
}

interface Call<Params, Result> {
  params: Params;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Combines concurrent calls into one statement: in a shared transaction the calls of jobs that have reached the same point,
 * and outside of transactions the calls of one event-loop tick. `run` returns one result per call, in order. If it fails, all
 * of its calls fail. In a transaction that is not shared, each call runs by itself at once.
 */
export function batched<Params, Result>(
  run: (db: Db, all: Params[]) => Promise<Result[]>,
): (db: Db, params: Params) => Promise<Result> {
  const pending = new WeakMap<Db, Array<Call<Params, Result>>>();

  async function runPending(db: Db): Promise<void> {
    const calls = pending.get(db) ?? [];
    pending.delete(db);
    try {
      const all = calls.map(({ params }) => params);
      const results = await run(db, all);
      calls.forEach(({ resolve }, i) => {
        resolve(results[i] as Result);
      });
    } catch (error) {
      for (const { reject } of calls) reject(error);
    }
  }

  return async (db, params) => {
    const guard = outside.get(db);
    guard?.mustBeOutside();
    if (!guard && !shared.has(db)) return (await run(db, [params]))[0] as Result;
    return new Promise((resolve, reject) => {
      const calls = pending.get(db);
      if (calls) return void calls.push({ params, resolve, reject });
      pending.set(db, [{ params, resolve, reject }]);
      const go = () => runPending(db);
      if (guard) setImmediate(go);
      // After every job has run up to its next database call.
      else queueMicrotask(() => process.nextTick(go));
    });
  };
}
