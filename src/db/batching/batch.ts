import type { Db } from "../schema.ts";
import type { TransactionGuard } from "../transaction-guard.ts";

/** The transactions that many share, in which it is worth waiting for what the others ask for. */
const shared = new WeakSet<Db>();

/** Says that what is done in this transaction is done for many at once. */
export function markShared(tx: Db): void {
  shared.add(tx);
}

/** The handles outside of transactions, on which requests that arrive in one turn of the event loop share what they ask. */
const outside = new WeakMap<Db, TransactionGuard>();

/** Says that the handle is for what is done outside of transactions. Its guard is asked for each, and not for all at once. */
export function markOutside(db: Db, guard: TransactionGuard): void {
  outside.set(db, guard);
}

interface Asked<Params, Result> {
  params: Params;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Lets those who ask for the same at the same time share one statement: in a transaction that many share, at the same point
 * of their work, and outside of transactions, in the same turn of the event loop. `run` returns a result for each in their
 * order. When it fails, it fails for all of them. In a transaction of one's own each is run by itself, at once.
 */
export function batched<Params, Result>(
  run: (db: Db, all: Params[]) => Promise<Result[]>,
): (db: Db, params: Params) => Promise<Result> {
  const gathering = new WeakMap<Db, Array<Asked<Params, Result>>>();

  async function runGathered(db: Db): Promise<void> {
    const asked = gathering.get(db) ?? [];
    gathering.delete(db);
    try {
      const all = asked.map(({ params }) => params);
      const results = await run(db, all);
      asked.forEach(({ resolve }, i) => {
        resolve(results[i] as Result);
      });
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  return async (db, params) => {
    const guard = outside.get(db);
    guard?.mustBeOutside();
    if (!guard && !shared.has(db)) return (await run(db, [params]))[0] as Result;
    return new Promise((resolve, reject) => {
      const others = gathering.get(db);
      if (others) return void others.push({ params, resolve, reject });
      gathering.set(db, [{ params, resolve, reject }]);
      const go = () => runGathered(db);
      if (guard) setImmediate(go);
      // Once everybody who can go on without the database has gone as far as they can.
      else queueMicrotask(() => process.nextTick(go));
    });
  };
}
