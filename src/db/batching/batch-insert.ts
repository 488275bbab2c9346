import { CompiledQuery, sql } from "kysely";
import { isPostgres } from "../engine.ts";
import type { Db, Schema } from "../schema.ts";
import { batched } from "./batch.ts";
import { prepared } from "./prepared.ts";

type Insert<Row> = (db: Db, rows: Row[]) => Promise<unknown>;

/**
 * Inserts rows on a hot path. Inserts that share a transaction share a statement. The number of distinct statement texts is
 * small, so each is prepared once.
 */
export function batchInsert<Table extends keyof Schema>(
  table: Table,
  columns: ReadonlyArray<keyof Schema[Table] & string>,
): (db: Db, row: Schema[Table]) => Promise<void> {
  const asJson = jsonInsert<Schema[Table]>(table, columns);
  const inChunks = chunkedInsert<Schema[Table]>(table, columns);
  return batched(async (db, rows: Schema[Table][]) => {
    await (isPostgres(db) ? asJson : inChunks)(db, rows);
    return rows.map(() => undefined);
  });
}

/** All rows in one JSON parameter. SQLite would parse the JSON again for each column, which takes four times as long. */
function jsonInsert<Row>(table: keyof Schema, columns: readonly string[]): Insert<Row> {
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const insert = prepared((db, { rows }: { rows: string }) => ({
    compile: () =>
      sql`insert into ${sql.table(table)} (${names}) select ${names} from ${jsonRows(db, table, rows)}`.compile(db),
  }));
  return (db, rows) => insert(db, { rows: JSON.stringify(rows) });
}

/** In statements of 1, 2, 4, … rows. */
function chunkedInsert<Row>(table: keyof Schema, columns: ReadonlyArray<keyof Row & string>): Insert<Row> {
  const row = `(${columns.map(() => "?").join(", ")})`;
  return async (db, rows) => {
    for (let from = 0; from < rows.length; ) {
      const size = 2 ** Math.floor(Math.log2(rows.length - from));
      const text = `insert into ${table} (${columns.join(", ")}) values ${Array(size).fill(row).join(", ")}`;
      const values = rows.slice(from, from + size).flatMap((one) => columns.map((column) => one[column]));
      await db.executeQuery(CompiledQuery.raw(text, values));
      from += size;
    }
  };
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
