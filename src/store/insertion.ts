import { sql } from "kysely";
import { compiled } from "./compiled.ts";
import { isPostgres } from "./engine.ts";
import { gathered } from "./gathered.ts";
import type { Db, Schema } from "./schema.ts";

/**
 * Adds rows to a table of ours, on a hot path: those who share a transaction share the statement. Its text is the same
 * however many rows there are, so that it is prepared once: they travel as JSON, in one parameter.
 */
export function insertion<Table extends keyof Schema>(
  table: Table,
  columns: ReadonlyArray<keyof Schema[Table] & string>,
): (db: Db, row: Schema[Table]) => Promise<void> {
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const insert = compiled((db, { rows }: { rows: string }) => ({
    compile: () =>
      sql`insert into ${sql.table(table)} (${names})
        select ${fieldsOf(db, columns)} from ${rowsIn(db, table, rows)}`.compile(db),
  }));

  return gathered(async (db, rows) => {
    await insert(db, { rows: JSON.stringify(rows) });
    return rows.map(() => undefined);
  });
}

/** The rows of a table in a parameter that holds them as JSON: as the table's own on PostgreSQL, each in `value` on SQLite. */
export function rowsIn(db: Db, table: keyof Schema, json: string) {
  return isPostgres(db)
    ? sql`json_populate_recordset(null::${sql.table(table)}, ${json}::json)`
    : sql`json_each(${json})`;
}

/** Whether a column holds one of the keys in a parameter that holds them as JSON. */
export function isOneOf(db: Db, column: string, json: string) {
  return isPostgres(db)
    ? sql<boolean>`${sql.ref(column)} = any (array(select json_array_elements_text(${json}::json)))`
    : sql<boolean>`${sql.ref(column)} in (select value from json_each(${json}))`;
}

/** The columns as they are read from such a row. */
export function fieldsOf(db: Db, columns: readonly string[]) {
  const fields = columns.map((column) => (isPostgres(db) ? sql.ref(column) : sql`value ->> ${sql.lit(column)}`));
  return sql.join(fields);
}
