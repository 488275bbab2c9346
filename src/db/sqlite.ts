import { statSync } from "node:fs";
import { resolve } from "node:path";
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
import type { Engine } from "./engine.ts";
import { DatabaseFileGone, DatabaseLocked } from "./errors.ts";
import { TransactionGuard } from "./transaction-guard.ts";

/** Kysely over `node:sqlite`. `path` is a file, made where there is none, or `:memory:`, opened with the first query. */
export function sqlite(path: string): Engine {
  const guard = new TransactionGuard();
  const driver = new SqliteDriver(path, guard);
  const dialect: Dialect = {
    createAdapter: () => new Adapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return {
    dialect,
    migrating: null,
    guard,
    // Other processes on the file look by themselves, every two seconds.
    notifier: { notify() {}, onNotify() {}, async close() {} },
  };
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

/**
 * One connection for the process: SQLite has one writer anyway, and so no statement ever waits for another of ours. It is
 * made anew where the file is another than it was, and after a fault that may not pass by itself.
 */
class SqliteDriver implements Driver {
  readonly #path: string;
  readonly #queue: Array<() => void> = [];
  readonly #guard: TransactionGuard;
  #connection: Connection | undefined;
  #busy = false;

  constructor(path: string, guard: TransactionGuard) {
    this.#path = path === ":memory:" ? path : resolve(path);
    this.#guard = guard;
  }

  async init(): Promise<void> {
    this.#connection = await open(this.#path);
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (!this.#connection) throw new Error("The database is closed.");
    this.#guard.mustBeOutside();
    const patientUntil = performance.now() + BUSY_PATIENCE;
    if (this.#busy) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#busy = true;
    try {
      // Whoever has waited this long behind others is told now, or else the last of them would wait as many times over.
      if (performance.now() > patientUntil) throw new DatabaseLocked();
      const connection = await this.#soundConnection();
      connection.patientUntil = patientUntil;
      return connection;
    } catch (error) {
      await this.releaseConnection();
      throw error;
    }
  }

  async #soundConnection(): Promise<Connection> {
    const connection = this.#connection;
    if (!connection) throw new Error("The database is closed.");
    if (connection.file === null) return connection;
    // What is written to a file that was deleted is lost, and SQLite does not notice.
    const file = fileAt(this.#path);
    if (file === null) throw new DatabaseFileGone(this.#path);
    if (file === connection.file && !connection.hadFault) return connection;

    const fresh = await open(this.#path);
    if (this.#connection !== connection) {
      fresh.close();
      throw new Error("The database is closed.");
    }
    this.#connection = fresh;
    connection.close();
    return fresh;
  }

  async releaseConnection(): Promise<void> {
    const next = this.#queue.shift();
    if (next) next();
    else this.#busy = false;
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

/** Names the file at a path, whatever it holds; null where there is none, as for a database in memory. */
function fileAt(path: string): string | null {
  const there = statSync(path, { throwIfNoEntry: false });
  return there ? `${there.dev} ${there.ino}` : null;
}

async function open(path: string): Promise<Connection> {
  const database = new DatabaseSync(path);
  // FULL: an answered request is on the disk, and not only on its way there, when the power fails. SQLite itself does
  // not wait at all at the switch to WAL, where several processes open a new file at once.
  // The log is carried over into the file once in 16 MB instead of 4: each time costs a second flush, and many pages are
  // written again and again in between.
  // SQLite's own waiting blocks the event loop, so it is short, and `patiently` retries.
  const pragmas =
    "PRAGMA busy_timeout = 20; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000;";
  await patiently(() => database.exec(pragmas), performance.now() + BUSY_PATIENCE).catch((error) => {
    database.close();
    throw error;
  });
  return new Connection(database, fileAt(path));
}

const SQLITE_BUSY = 5;
/** Read-only, I/O, cannot open, corrupt, no database: the next connection may find it otherwise, and this one will not. */
const FAULTS = [8, 10, 11, 14, 26];
/** In milliseconds. */
const BUSY_PATIENCE = 5_000;

/** The statements of Kysely and of ours that return rows, where Node cannot tell. */
const RETURNS_ROWS =
  /^\s*(select|pragma|explain|values)\b|\breturning\b|^\s*with\b(?![\s\S]*\b(insert|update|delete)\b)/i;

interface Prepared {
  statement: StatementSync;
  /** Whether it answers with rows: a query, or a change with `returning`. */
  hasRows: boolean;
}

class Connection implements DatabaseConnection {
  /** Which file it writes to; null in memory. */
  readonly file: string | null;
  hadFault = false;
  /** How long whoever holds it waits for another process, by the clock of `performance.now()`. */
  patientUntil = 0;
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  constructor(database: DatabaseSync, file: string | null) {
    this.#database = database;
    this.file = file;
  }

  get inTransaction(): boolean {
    // Node before 22.16 has no isTransaction. There, SQLite refuses a nested "begin", which otherwise takes no lock.
    if (typeof this.#database.isTransaction === "boolean") return this.#database.isTransaction;
    try {
      this.#database.exec("begin; rollback");
      return false;
    } catch {
      return true;
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const run = () => this.#run<R>(query);
    return patiently(run, this.patientUntil, () => this.inTransaction).catch((error) => {
      this.hadFault ||= FAULTS.includes(codeOf(error));
      throw error;
    });
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
    // Node before 22.16 has no columns().
    const hasRows = statement.columns ? statement.columns().length > 0 : RETURNS_ROWS.test(sql);
    const prepared = { statement, hasRows };
    if (this.#prepared.size < 500) this.#prepared.set(sql, prepared);
    return prepared;
  }
}

/** Tries again while another process writes, until then; then SQLITE_BUSY is thrown. */
async function patiently<T>(work: () => T, until: number, mustNotWait = () => false): Promise<T> {
  while (true) {
    try {
      return work();
    } catch (error) {
      if (codeOf(error) !== SQLITE_BUSY || mustNotWait() || performance.now() > until) throw error;
      await setTimeout(5);
    }
  }
}

/** SQLite's primary result code, or 0. */
function codeOf(error: unknown): number {
  return ((error as { errcode?: number } | null)?.errcode ?? 0) % 256;
}
