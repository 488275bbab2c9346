import type { Compilable, InferResult, RawBuilder } from "kysely";
import type { Db, Schema } from "../schema.ts";
import { takeAdvisoryLocks } from "./advisory-locks.ts";
import { batched } from "./batch.ts";
import { batchInsert, inJson, jsonFields, jsonRows } from "./batch-insert.ts";
import { prepared } from "./prepared.ts";

/**
 * Statements of hot paths, as stores outside `db/` write them. Decision 019 has the figures. `Database.batchTransaction` is the
 * other half: it lets concurrent transactions share a commit.
 */
export interface Batching {
  /**
   * A statement that is compiled once per engine. `build` receives placeholders instead of parameters. It may only pass them to
   * the query, and must build the same statement every time. The result is the rows.
   */
  prepared<Params extends object, Query extends Compilable<unknown>>(
    build: (db: Db, params: Params) => Query,
  ): (db: Db, params: Params) => Promise<InferResult<Query>>;
  /**
   * Combines concurrent calls into one statement: those of one event-loop tick, or of the jobs of a shared transaction. `run`
   * returns one result per call, in order. If it fails, all of its calls fail.
   */
  batched<Params, Result>(
    run: (db: Db, all: Params[]) => Promise<Result[]>,
  ): (db: Db, params: Params) => Promise<Result>;
  /**
   * An insert of one row. Inserts that share a transaction share a statement. `keepExisting`: a row whose key exists is left as
   * it is. Default false.
   */
  batchInsert<Table extends keyof Schema>(
    table: Table,
    columns: ReadonlyArray<keyof Schema[Table] & string>,
    options?: { keepExisting?: boolean },
  ): (db: Db, row: Schema[Table]) => Promise<void>;
  /** Locks the names until the transaction ends, in one order. Does nothing on SQLite, which has one writer. */
  takeAdvisoryLocks(tx: Db, names: readonly string[]): Promise<void>;
  /** A table expression over rows in a JSON parameter. `jsonFields` reads their columns. */
  jsonRows(db: Db, table: keyof Schema, json: string): RawBuilder<unknown>;
  jsonFields(db: Db, columns: readonly string[]): RawBuilder<unknown>;
  /** Whether a column equals one of the keys in a JSON parameter. */
  inJson(db: Db, column: string, json: string): RawBuilder<boolean>;
}

export const batching: Batching = {
  prepared,
  batched,
  batchInsert,
  takeAdvisoryLocks,
  jsonRows,
  jsonFields,
  inJson,
};
