import { closeSync, existsSync, openSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
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
import { DatabaseFileGone, DatabaseFileUnusable, DatabaseLocked } from "./errors.ts";
import { TransactionGuard } from "./transaction-guard.ts";

/** Kysely over `node:sqlite`. `path` is a file, created if there is none, or `:memory:`; opened with the first query. */
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
    // Other processes on the file poll every two seconds.
    notifier: { notify() {}, onNotify() {}, async close() {} },
  };
}

class Adapter extends SqliteAdapter {
  /** The driver queues for its one connection itself, so that the guard can detect a deadlock. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * One connection for the process: SQLite has one writer at a time anyway. It is reopened when the file was replaced, and
 * after an error that may be permanent for the connection.
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
    const deadline = performance.now() + BUSY_TIMEOUT;
    if (this.#busy) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#busy = true;
    try {
      // A caller that has queued this long fails now; otherwise timeouts would add up along the queue.
      if (performance.now() > deadline) throw new DatabaseLocked();
      const connection = await this.#usableConnection();
      connection.deadline = deadline;
      return connection;
    } catch (error) {
      await this.releaseConnection();
      throw error;
    }
  }

  async #usableConnection(): Promise<Connection> {
    const connection = this.#connection;
    if (!connection) throw new Error("The database is closed.");
    if (connection.file === null) return connection;
    // SQLite does not notice that its file was deleted; what it writes then is lost.
    const file = fileAt(this.#path);
    if (file === null) throw new DatabaseFileGone(this.#path);
    if (file === connection.file && !connection.hasFailed) return connection;

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

  /** IMMEDIATE takes the write lock at once, instead of failing at the first write. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // After "disk full" SQLite has already rolled back.
    if ((connection as Connection).inTransaction) await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  async destroy(): Promise<void> {
    this.#connection?.close();
    this.#connection = undefined;
  }
}

/** Identifies the file at a path by device and inode; null if there is none, as for a database in memory. */
function fileAt(path: string): string | null {
  const there = statSync(path, { throwIfNoEntry: false });
  return there ? `${there.dev} ${there.ino}` : null;
}

async function open(path: string): Promise<Connection> {
  createPrivately(path);
  // SQLite's own waiting for another process would block the event loop, so it is short, and `retryBusy` waits instead.
  const database = new DatabaseSync(path);
  // FULL: a committed transaction survives a power cut. A checkpoint every 16 MB instead of 4: each costs a second flush,
  // and pages that change often are written once.
  const pragmas =
    "PRAGMA busy_timeout = 20; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000;";
  await retryBusy(() => database.exec(pragmas), performance.now() + BUSY_TIMEOUT).catch((error) => {
    database.close();
    throw error;
  });
  return new Connection(database, fileAt(path));
}

/**
 * Creates the file readable by its owner alone, whatever the umask; SQLite gives the WAL and shared-memory files the same
 * mode (SECURITY.md, C5). An existing file keeps its mode. Throws a sentence if the folder is missing or not writable.
 */
function createPrivately(path: string): void {
  if (path === ":memory:") return;
  const folder = dirname(path);
  try {
    closeSync(openSync(path, "a", 0o600));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new DatabaseFileUnusable(`The folder ${folder} of the database does not exist.`);
    if ((code === "EACCES" || code === "EROFS") && !existsSync(path)) {
      throw new DatabaseFileUnusable(`The folder ${folder} of the database is not writable by this user.`);
    }
    // SQLite reports everything else, such as a folder in the place of the file.
  }
}

const SQLITE_BUSY = 5;
/** Read-only, I/O, cannot open, corrupt, no database: permanent for this connection, but perhaps not for the next. */
const CONNECTION_ERRORS = [8, 10, 11, 14, 26];
/** In milliseconds. */
const BUSY_TIMEOUT = 5_000;

/** Matches statements of Kysely and Latchkey that return rows, for versions of Node that cannot report it. */
const RETURNS_ROWS =
  /^\s*(select|pragma|explain|values)\b|\breturning\b|^\s*with\b(?![\s\S]*\b(insert|update|delete)\b)/i;

interface Prepared {
  statement: StatementSync;
  /** Whether it returns rows: a query, or a change with `returning`. */
  hasRows: boolean;
}

class Connection implements DatabaseConnection {
  /** Identifies its file; null in memory. */
  readonly file: string | null;
  hasFailed = false;
  /** When to stop waiting for another process, by `performance.now()`. */
  deadline = 0;
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
    return retryBusy(run, this.deadline, () => this.inTransaction).catch((error) => {
      this.hasFailed ||= CONNECTION_ERRORS.includes(codeOf(error));
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

  // biome-ignore lint/correctness/useYield: Kysely requires the method; streaming is not used
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("Streaming isn't supported.");
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  /** Statements are few and their texts constant, so each is prepared once. */
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

/** Retries while another process writes, until the deadline; then throws SQLITE_BUSY. */
async function retryBusy<T>(work: () => T, until: number, mustNotWait = () => false): Promise<T> {
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
