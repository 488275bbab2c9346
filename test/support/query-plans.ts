import type { SQLInputValue } from "node:sqlite";
import { StatementSync } from "node:sqlite";
import pg from "pg";
import type { RawDatabase } from "./raw-database.ts";

/** A statement that ran, with what was handed to it. */
export interface ExecutedStatement {
  text: string;
  values: SQLInputValue[];
}

/** Runs `work`, and returns every different statement that reads or writes rows in this process meanwhile. */
export async function statementsOf(work: () => Promise<unknown>): Promise<ExecutedStatement[]> {
  const seen = new Map<string, ExecutedStatement>();
  const note = (text: string, values: unknown[]) => {
    if (/^\s*(select|insert|update|delete|with)\b/i.test(text))
      seen.set(text, { text, values: values as SQLInputValue[] });
  };
  const { all, run } = StatementSync.prototype;
  const { query } = pg.Client.prototype;
  const listening = (execute: typeof all | typeof run) =>
    function (this: StatementSync, ...values: SQLInputValue[]): unknown {
      note(this.sourceSQL, values);
      return (execute as (...values: SQLInputValue[]) => unknown).apply(this, values);
    };
  const toPostgres = function (this: pg.Client, asked: string | pg.QueryConfig, ...rest: unknown[]): unknown {
    if (typeof asked !== "string") note(asked.text, asked.values ?? []);
    return (query as (...parameters: unknown[]) => unknown).call(this, asked, ...rest);
  };

  Object.assign(StatementSync.prototype, { all: listening(all), run: listening(run) });
  Object.assign(pg.Client.prototype, { query: toPostgres });
  try {
    await work();
    return [...seen.values()];
  } finally {
    Object.assign(StatementSync.prototype, { all, run });
    Object.assign(pg.Client.prototype, { query });
  }
}

/** How the engine would run it, a line a step. */
export async function planOf(
  raw: RawDatabase,
  isPostgres: boolean,
  { text, values }: ExecutedStatement,
): Promise<string[]> {
  const explain = isPostgres ? "explain" : "explain query plan";
  const rows = await raw.rows(`${explain} ${text}`, ...values);
  return rows.map((row) => String(row["QUERY PLAN"] ?? row.detail));
}
