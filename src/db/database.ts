import { Kysely, type LogEvent, sql } from "kysely";
import { markOutside } from "./batching/batch.ts";
import { groupCommit } from "./batching/group-commit.ts";
import type { DatabaseLog, Engine } from "./engine.ts";
import { retryConflicts } from "./errors.ts";
import {
  isMigrated,
  migrateUp,
  pendingSql,
  requireSchema,
  type SchemaStatus,
  schemaStatus,
} from "./migrations/migrations.ts";
import { readPostgresUrl } from "./postgres-url.ts";
import type { Db, Schema } from "./schema.ts";
import { sqlite } from "./sqlite.ts";

/** The database, as everything above this module uses it. */
export interface Database {
  /** For single statements; each commits by itself. Throws inside a transaction, where it would deadlock. */
  query: Db;
  /**
   * Runs `work` in a transaction and returns its result once it is durable. Rolls back if it throws, and if it returns
   * null, which means that it could not be done. After a conflict with a concurrent transaction (a deadlock, a
   * serialization failure) `work` runs again, so it must do nothing outside the transaction.
   */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /**
   * The same contract as `transaction`, for short work on hot paths: concurrent calls share one durable commit. Internal;
   * the public name is `transaction`. `locks` names the rows that `work` creates or counts (a rate-limit key), so that two
   * instances lock them in one order and never deadlock. The commit may be delayed by `withinMs` to be shared.
   */
  batchTransaction<T>(
    work: (tx: Db) => Promise<T>,
    locks?: readonly string[],
    options?: { withinMs: number },
  ): Promise<T>;
  /** Wakes the workers of other instances after an email was queued and committed. Without it they find it by polling. */
  notifyWorkers(): void;
  /** Calls back when another instance has queued an email, if the engine supports that. */
  onNotified(callback: () => void): void;
  /** Whether the database answers and has every migration of this version. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Whether to bring the database to the newest schema; false throws SchemaMismatch unless it is. Default true. */
  migrate?: boolean;
  /** Called with the duration of each statement in milliseconds. */
  onStatement?: ((ms: number) => void) | undefined;
  log?: DatabaseLog;
}

const NO_LOG: DatabaseLog = { info() {}, error() {} };

/** Thrown to roll back, and caught again. */
const ROLLBACK = new Error("The transaction was rolled back.");

/** The file, or `:memory:`, of a `sqlite:` URL. Returns null for any other URL. */
export function sqlitePath(url: string): string | null {
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  return path ?? null;
}

/** What is wrong with a database URL, as a sentence that follows the name of the setting, or null. Contains no secret. */
export function databaseUrlProblem(url: string): string | null {
  const path = sqlitePath(url);
  if (path === null) {
    const settings = readPostgresUrl(url);
    if (settings) return "problem" in settings ? settings.problem : null;
    return "must be sqlite: and a path (sqlite:latchkey.db), or a URL like postgres://user:password@host/name.";
  }
  if (path.startsWith("//")) return "has // after sqlite:. Use sqlite:latchkey.db or sqlite:/var/lib/latchkey.db.";
  if (/[?#]/.test(path))
    return "has ? or # after the path, but no parameters are supported. Use sqlite: and a path only.";
  return null;
}

/**
 * Opens the database at the URL, and brings it to the newest schema unless `migrate` is false. Throws if it cannot be
 * opened, is not encoded in UTF-8, or has a newer schema than this version.
 */
export async function openDatabase(
  url: string,
  { migrate = true, onStatement, log = NO_LOG }: OpenOptions = {},
): Promise<Database> {
  const engine = await engineOf(url, log);
  const { guard, notifier } = engine;
  const watched = onStatement ? { log: ({ queryDurationMillis }: LogEvent) => onStatement(queryDurationMillis) } : {};
  const query = new Kysely<Schema>({ dialect: engine.dialect, ...watched });
  markOutside(query, guard);
  try {
    // The first query. Before it Kysely cannot be closed: `destroy` would not prevent a later connection.
    await sql`select 1`.execute(query);
    await engine.check?.(query);
    await (migrate ? migrateWith(engine, query) : requireSchema(query));
  } catch (error) {
    await query.destroy();
    throw error;
  }

  async function once<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    const done = query.transaction().execute(async (tx) => {
      const result = await guard.holding(() => work(tx));
      if (result === null) throw ROLLBACK;
      return result;
    });
    return done.catch((error) => (error === ROLLBACK ? (null as T) : Promise.reject(error)));
  }
  const transaction: Database["transaction"] = (work) => retryConflicts(() => once(work));
  const shared = groupCommit(transaction);

  return {
    query,
    transaction,
    async batchTransaction(work, locks = [], { withinMs } = { withinMs: 0 }) {
      guard.mustBeOutside();
      return shared(work, locks, withinMs);
    },
    notifyWorkers: () => notifier.notify(),
    onNotified: (callback) => notifier.onNotify(callback),
    async isReady() {
      await sql`select 1`.execute(query);
      return await isMigrated(query);
    },
    async close() {
      await notifier.close();
      await query.destroy();
    },
  };
}

/** Reads the state of the schema and the SQL of the pending migrations. Changes nothing in an existing database. */
export async function inspectSchema(url: string): Promise<SchemaStatus & { sql: string }> {
  const { dialect, check } = await engineOf(url, NO_LOG);
  const db = new Kysely<Schema>({ dialect });
  try {
    await sql`select 1`.execute(db);
    await check?.(db);
    return { ...(await schemaStatus(db)), sql: await pendingSql(db) };
  } finally {
    await db.destroy();
  }
}

/** PostgreSQL's driver is loaded only if it is used, so that SQLite starts as quickly as without it. */
async function engineOf(url: string, log: DatabaseLog): Promise<Engine> {
  const problem = databaseUrlProblem(url);
  if (problem !== null) throw new Error(`The database URL ${problem}`);
  const settings = readPostgresUrl(url);
  if (settings === null || "problem" in settings) return sqlite(sqlitePath(url) ?? "");
  const { postgres } = await import("./postgres.ts");
  return postgres(settings, log);
}

async function migrateWith({ migrating }: Engine, query: Kysely<Schema>): Promise<void> {
  if (!migrating) return migrateUp(query);
  const db = new Kysely<Schema>({ dialect: migrating });
  await migrateUp(db).finally(() => db.destroy());
}
