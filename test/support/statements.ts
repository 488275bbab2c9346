import { StatementSync } from "node:sqlite";

/** Runs `work`, and returns its result with every SQL statement that ran in this process meanwhile. */
export async function listeningToSql<T>(work: () => Promise<T>): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const { all, run } = StatementSync.prototype;
  const listening = <F extends (...parameters: never[]) => unknown>(execute: F) =>
    function (this: StatementSync, ...parameters: Parameters<F>): unknown {
      statements.push(this.sourceSQL);
      return execute.apply(this, parameters);
    };

  Object.assign(StatementSync.prototype, { all: listening(all), run: listening(run) });
  try {
    return { result: await work(), statements };
  } finally {
    Object.assign(StatementSync.prototype, { all, run });
  }
}
