import { type RawBuilder, sql } from "kysely";
import { isPostgres } from "./engine.ts";
import type { Db, Schema } from "./schema.ts";

/** Selects the rows to delete: those whose indexed time column is at or before `upTo` (epoch milliseconds). */
export interface OldRows<Table extends keyof Schema> {
  table: Table;
  /** Must be indexed: the oldest rows are found in index order. */
  column: keyof Schema[Table] & string;
  upTo: number;
  /** A further condition. */
  where?: RawBuilder<boolean>;
}

/**
 * Deletes at most `limit` of the old rows, the oldest first, and returns how many. On PostgreSQL rows locked by another
 * transaction are skipped, and the rows are selected once into an array: with `in (select … limit …)` the planner may
 * repeat the subquery and delete more than `limit`.
 */
export async function deleteBatch<Table extends keyof Schema>(
  db: Db,
  { table, column, upTo, where = sql<boolean>`true` }: OldRows<Table>,
  limit: number,
): Promise<number> {
  const name = sql.table(table);
  const old = sql`from ${name} where ${sql.ref(column)} <= ${upTo} and ${where} order by ${sql.ref(column)} limit ${limit}`;
  const { numAffectedRows } = await (isPostgres(db)
    ? sql`delete from ${name} where ctid = any (array(select ctid ${old} for update skip locked))`
    : sql`delete from ${name} where rowid in (select rowid ${old})`
  ).execute(db);
  return Number(numAffectedRows ?? 0);
}
