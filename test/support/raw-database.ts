import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { after } from "node:test";
import pg from "pg";

/** Direct access to the database, past the stores, as an operator or an attacker with a dump has it. */
export interface RawDatabase {
  /** Runs a statement, with `?` for what is handed to it, and returns its rows. */
  rows(statement: string, ...values: SQLInputValue[]): Promise<Array<Record<string, unknown>>>;
  tables(): Promise<string[]>;
  /** Every string in every table. */
  strings(): Promise<string[]>;
}

/** Opens it by the address that the app was given; it is closed when the test is done. */
export async function openRaw(url: string): Promise<RawDatabase> {
  const rows = url.startsWith("sqlite:") ? inSqlite(url) : await inPostgres(url);
  const listing = url.startsWith("sqlite:")
    ? "select name from sqlite_schema where type = 'table' order by name"
    : "select table_name as name from information_schema.tables where table_schema = 'public' order by 1";

  const database: RawDatabase = {
    rows,
    tables: async () => (await rows(listing)).map(({ name }) => String(name)),
    async strings() {
      const contents = [];
      for (const table of await database.tables()) contents.push(await rows(`select * from "${table}"`));
      const values = contents.flat().flatMap((row) => Object.values(row));
      return values.filter((value) => typeof value === "string");
    },
  };
  return database;
}

/** All rows of the database, in an order that does not depend on their storage. */
export async function everyRow(url: string): Promise<Record<string, string[]>> {
  const raw = await openRaw(url);
  const rows: Record<string, string[]> = {};
  for (const table of await raw.tables()) {
    rows[table] = (await raw.rows(`select * from "${table}"`)).map((row) => JSON.stringify(row)).sort();
  }
  return rows;
}

function inSqlite(url: string): RawDatabase["rows"] {
  const file = new DatabaseSync(url.slice("sqlite:".length), { timeout: 5_000 });
  after(() => file.close());
  return async (statement, ...values) => file.prepare(statement).all(...values);
}

/** PostgreSQL's number for `bigint`, which counts and times are: a number here, as SQLite hands it over. */
const BIGINT = 20;
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === BIGINT ? Number : pg.types.getTypeParser(oid, format as "text"),
} as pg.CustomTypesConfig;

async function inPostgres(url: string): Promise<RawDatabase["rows"]> {
  const client = new pg.Client({ connectionString: url, types });
  client.on("error", () => {});
  after(() => client.end());
  await client.connect();
  return async (statement, ...values) => {
    let n = 0;
    const numbered = statement.replace(/\?/g, () => `$${++n}`);
    return (await client.query(numbered, values)).rows;
  };
}
