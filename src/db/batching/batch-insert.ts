import { sql } from "kysely";
import { isPostgres } from "../engine.ts";
import type { Db, Schema } from "../schema.ts";
import { batched } from "./batch.ts";
import { prepared } from "./prepared.ts";

/**
 * Inserts rows on a hot path, all rows in one JSON parameter. Inserts that share a transaction share a statement, whose text is
 * the same for any number of rows. `keepExisting`: a row whose key exists is left as it is.
 */
export function batchInsert<Table extends keyof Schema>(
  table: Table,
  columns: ReadonlyArray<keyof Schema[Table] & string>,
  { keepExisting = false }: { keepExisting?: boolean } = {},
): (db: Db, row: Schema[Table]) => Promise<void> {
  const names = sql.join(columns.map((column) => sql.ref(column)));
  // "where" keeps SQLite from reading "on" as a part of the join.
  const end = keepExisting ? sql` where true on conflict do nothing` : sql``;
  const insert = prepared((db, { rows }: { rows: string }) => ({
    compile: () =>
      sql`insert into ${sql.table(table)} (${names}) select ${jsonFields(db, columns)} from ${jsonRows(db, table, rows)}${end}`.compile(
        db,
      ),
  }));
  return batched(async (db, rows: Schema[Table][]) => {
    await insert(db, { rows: JSON.stringify(rows) });
    return rows.map(() => undefined);
  });
}

/** A table expression over rows in a JSON parameter: with the table's columns on PostgreSQL, each row in `value` on SQLite. */
export function jsonRows(db: Db, table: keyof Schema, json: string) {
  return isPostgres(db)
    ? sql`json_populate_recordset(null::${sql.table(table)}, ${json}::json)`
    : sql`json_each(${json})`;
}

/** Whether a column equals one of the keys in a JSON parameter. */
export function inJson(db: Db, column: string, json: string) {
  return isPostgres(db)
    ? sql<boolean>`${sql.ref(column)} = any (array(select json_array_elements_text(${json}::json)))`
    : sql<boolean>`${sql.ref(column)} in (select value from json_each(${json}))`;
}

/** The columns of a row from `jsonRows`. */
export function jsonFields(db: Db, columns: readonly string[]) {
  const fields = columns.map((column) => (isPostgres(db) ? sql.ref(column) : sql`value ->> ${sql.lit(column)}`));
  return sql.join(fields);
}
