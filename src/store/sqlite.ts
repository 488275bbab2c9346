import { AsyncLocalStorage } from "node:async_hooks";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";

/** Kysely over `node:sqlite`, and the way to mark what runs inside a transaction. */
export interface Sqlite {
  dialect: Dialect;
  holding: <T>(work: () => Promise<T>) => Promise<T>;
  /** Throws inside a transaction, where whatever waits for the connection would wait for itself. */
  mustBeOutside: () => void;
}

/** `path` is a file, made where there is none, or `:memory:`. It is opened with the first query. */
export function sqlite(path: string): Sqlite {
  const driver = new SqliteDriver(path);
  const dialect: Dialect = {
    createAdapter: () => new Adapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return { dialect, holding: (work) => driver.holding(work), mustBeOutside: () => driver.mustBeOutside() };
}

class Adapter extends SqliteAdapter {
  /** The driver below queues for its one connection itself, so that it can tell a deadlock from a wait. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** One connection for the process: SQLite has one writer anyway, and so no statement ever waits for another of ours. */
class SqliteDriver implements Driver {
  readonly #path: string;
  readonly #queue: Array<() => void> = [];
  /** Says, wherever asynchronous work was started, whether it was started inside a transaction that still runs. */
  readonly #holder = new AsyncLocalStorage<{ holds: boolean }>();
  #connection: Connection | undefined;
  #busy = false;

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    // Waiting for another process is left to us: SQLite's own waiting would stop everything in this one.
    const database = new DatabaseSync(this.#path, { timeout: 20 });
    // FULL: an answered request is on the disk, and not only on its way there, when the power fails. SQLite itself does
    // not wait at all at the switch to WAL, where several processes open a new file at once.
    const pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
    await patiently(() => database.exec(pragmas)).catch((error) => {
      database.close();
      throw error;
    });
    this.#connection = new Connection(database);
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (!this.#connection) throw new Error("The database is closed.");
    this.mustBeOutside();
    if (this.#busy) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#busy = true;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    const next = this.#queue.shift();
    if (next) next();
    else this.#busy = false;
  }

  mustBeOutside(): void {
    if (!this.#holder.getStore()?.holds) return;
    throw new Error("A query outside the transaction would wait for the transaction that waits for it. Use its `tx`.");
  }

  /** Runs `work` marked as being inside a transaction, so that a query on the outer handle throws instead of hanging. */
  async holding<T>(work: () => Promise<T>): Promise<T> {
    const mark = { holds: true };
    try {
      return await this.#holder.run(mark, work);
    } finally {
      mark.holds = false;
    }
  }

  /** IMMEDIATE: the transaction that will write takes its place at once, instead of failing half-way. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk has already rolled it back.
    if ((connection as Connection).inTransaction) await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  async destroy(): Promise<void> {
    this.#connection?.close();
    this.#connection = undefined;
  }
}

const SQLITE_BUSY = 5;
/** In milliseconds. */
const BUSY_PATIENCE = 5_000;

interface Prepared {
  statement: StatementSync;
  /** Whether it answers with rows: a query, or a change with `returning`. */
  hasRows: boolean;
}

class Connection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return patiently(
      () => this.#run<R>(query),
      () => this.inTransaction,
    );
  }

  #run<R>(query: CompiledQuery): QueryResult<R> {
    const { statement, hasRows } = this.#prepare(query.sql);
    const parameters = query.parameters as SQLInputValue[];
    if (hasRows) return { rows: statement.all(...parameters) as R[] };

    const { changes } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for the method; nothing of ours streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("Streaming is not supported.");
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  /** Our statements are few and always the same text, so each is prepared once. */
  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) return known;

    const statement = this.#database.prepare(sql);
    const prepared = { statement, hasRows: statement.columns().length > 0 };
    if (this.#prepared.size < 500) this.#prepared.set(sql, prepared);
    return prepared;
  }
}

/** Tries again while another process writes, up to BUSY_PATIENCE; then SQLITE_BUSY is thrown. */
async function patiently<T>(work: () => T, mustNotWait = () => false): Promise<T> {
  const until = performance.now() + BUSY_PATIENCE;
  while (true) {
    try {
      return work();
    } catch (error) {
      const isBusy = ((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY;
      if (!isBusy || mustNotWait() || performance.now() > until) throw error;
      await setTimeout(5);
    }
  }
}
