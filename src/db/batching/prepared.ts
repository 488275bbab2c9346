import { createHash } from "node:crypto";
import { type Compilable, CompiledQuery, type InferResult } from "kysely";
import type { Db } from "../schema.ts";

/** Takes the place of a parameter while a statement is compiled. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const names = new Map<string, string>();

/** The name under which PostgreSQL prepares the statement with this text; undefined if it is not prepared by name. */
export function preparedName(text: string): string | undefined {
  return names.get(text);
}

/**
 * A statement of a hot path, compiled once per engine instead of at each call: compiling costs Kysely several times what
 * running costs the database. `build` receives placeholders instead of parameters. It may only pass them to the query, and must
 * build the same statement every time. The result is the rows.
 */
export function prepared<Params extends object, Query extends Compilable<unknown>>(
  build: (db: Db, params: Params) => Query,
): (db: Db, params: Params) => Promise<InferResult<Query>> {
  const placeholders = new Proxy({} as Params, { get: (_, name) => new Placeholder(String(name)) });
  const byEngine = new Map<string, CompiledQuery>();

  return async (db, params) => {
    const engine = db.getExecutor().adapter.constructor.name;
    let statement = byEngine.get(engine);
    if (!statement) {
      statement = build(db, placeholders).compile() as CompiledQuery;
      byEngine.set(engine, statement);
      names.set(statement.sql, `latchkey_${createHash("sha256").update(statement.sql).digest("hex").slice(0, 16)}`);
    }
    const values = statement.parameters.map((value) =>
      value instanceof Placeholder ? params[value.name as keyof Params] : value,
    );
    const { rows } = await db.executeQuery(CompiledQuery.raw(statement.sql, values));
    return rows as InferResult<Query>;
  };
}
