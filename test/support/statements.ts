import { StatementSync } from "node:sqlite";
import pg from "pg";

/** Runs `work`, and returns its result with every SQL statement that ran in this process meanwhile. */
export async function recordStatements<T>(work: () => Promise<T>): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const { all, run } = StatementSync.prototype;
  const { query } = pg.Client.prototype;
  const listening = <F extends (...parameters: never[]) => unknown>(execute: F) =>
    function (this: StatementSync, ...parameters: Parameters<F>): unknown {
      statements.push(this.sourceSQL);
      return execute.apply(this, parameters);
    };
  const toPostgres = function (this: pg.Client, asked: string | pg.QueryConfig, ...rest: unknown[]): unknown {
    const text = typeof asked === "string" ? asked : asked.text;
    // Not per request: NOTIFY is throttled, and the others set up a new connection.
    if (!/pg_notify|pg_backend_pid|^set /.test(text)) statements.push(text);
    return (query as (...parameters: unknown[]) => unknown).call(this, asked, ...rest);
  };

  Object.assign(StatementSync.prototype, { all: listening(all), run: listening(run) });
  Object.assign(pg.Client.prototype, { query: toPostgres });
  try {
    return { result: await work(), statements };
  } finally {
    Object.assign(StatementSync.prototype, { all, run });
    Object.assign(pg.Client.prototype, { query });
  }
}
