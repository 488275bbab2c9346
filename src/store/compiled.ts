import { type Compilable, CompiledQuery, type InferResult } from "kysely";
import type { Db } from "./schema.ts";

/** Stands for a parameter while a statement is compiled. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A statement of a hot path, compiled once for each engine and not at each call: building it costs Kysely several times
 * what running it costs the database. `build` is given placeholders in the place of the parameters, may only hand them to
 * the query, and must build the same statement every time. Returns the rows.
 */
export function compiled<Params extends object, Query extends Compilable<unknown>>(
  build: (db: Db, params: Params) => Query,
): (db: Db, params: Params) => Promise<InferResult<Query>> {
  const placeholders = new Proxy({} as Params, { get: (_, name) => new Placeholder(String(name)) });
  const byEngine = new Map<string, CompiledQuery>();

  return async (db, params) => {
    const engine = db.getExecutor().adapter.constructor.name;
    const statement = byEngine.get(engine) ?? build(db, placeholders).compile();
    byEngine.set(engine, statement as CompiledQuery);

    const values = statement.parameters.map((value) =>
      value instanceof Placeholder ? params[value.name as keyof Params] : value,
    );
    const { rows } = await db.executeQuery(CompiledQuery.raw(statement.sql, values));
    return rows as InferResult<Query>;
  };
}
