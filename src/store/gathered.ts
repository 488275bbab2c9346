import type { Db } from "./schema.ts";

/** The transactions that many share, in which it is worth waiting for what the others ask for. */
const shared = new WeakSet<Db>();

/** Says that what is done in this transaction is done for many at once. */
export function isShared(tx: Db): void {
  shared.add(tx);
}

interface Asked<Params, Result> {
  params: Params;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Lets those who share a transaction share its statements too: what they ask for at the same point of their work is run as
 * one, by `run`, which returns a result for each in their order. When it fails, it fails for all of them, as their
 * transaction does. Anywhere else each is run by itself, at once.
 */
export function gathered<Params, Result>(
  run: (db: Db, all: Params[]) => Promise<Result[]>,
): (db: Db, params: Params) => Promise<Result> {
  const gathering = new WeakMap<Db, Array<Asked<Params, Result>>>();

  async function runGathered(tx: Db): Promise<void> {
    const asked = gathering.get(tx) ?? [];
    gathering.delete(tx);
    try {
      const all = asked.map(({ params }) => params);
      const results = await run(tx, all);
      asked.forEach(({ resolve }, i) => {
        resolve(results[i] as Result);
      });
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  return async (db, params) => {
    if (!shared.has(db)) return (await run(db, [params]))[0] as Result;
    return new Promise((resolve, reject) => {
      const others = gathering.get(db);
      if (others) return void others.push({ params, resolve, reject });
      gathering.set(db, [{ params, resolve, reject }]);
      // Once everybody who can go on without the database has gone as far as they can.
      queueMicrotask(() => process.nextTick(() => runGathered(db)));
    });
  };
}
