import { Kysely, type LogEvent, sql } from "kysely";
import { markOutside } from "./batching/batch.ts";
import { groupCommit } from "./batching/group-commit.ts";
import type { Engine } from "./engine.ts";
import { retryConflicts } from "./errors.ts";
import { isMigrated, migrateUp } from "./migrations/migrations.ts";
import { readPostgresUrl } from "./postgres-url.ts";
import type { Db, Schema } from "./schema.ts";
import { sqlite } from "./sqlite.ts";

/** The one handle on the database that everything above is given. */
export interface Database {
  /** For single statements; each commits by itself. Throws inside a transaction, where it would wait for itself. */
  query: Db;
  /**
   * What `work` does with its `tx` is done all or not at all; its result comes back once it is durable. Not at all: when
   * it throws, and when it returns null, which means that it found it could not be done. Where it met with another
   * transaction (a deadlock, a serialization failure) it is done again, so it must do nothing outside the transaction.
   */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /**
   * As `transaction`, for the short work of hot paths: simultaneous calls share one durable commit. `counting` names the
   * limits that it counts, so that two instances take them in one order and never wait for each other in a circle. Work
   * that can wait for company, for so many milliseconds, says `withinMs`.
   */
  batchTransaction<T>(
    work: (tx: Db) => Promise<T>,
    counting?: readonly string[],
    options?: { withinMs: number },
  ): Promise<T>;
  /** Tells the workers of other instances that a mail was queued, and committed. They find it without, only later. */
  notifyWorkers(): void;
  /** Calls back whenever another instance has announced a mail, where the engine can tell. */
  onNotified(callback: () => void): void;
  /** Whether the database answers and has the newest schema. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

/** Thrown to roll back, and caught again. */
const UNDONE = new Error("The transaction could not be done.");

/** The file, or `:memory:`, behind a `sqlite:` URL. Returns null for any other URL. */
export function sqlitePath(url: string): string | null {
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  return path ?? null;
}

/** Whether we can open such an address. */
export function isDatabaseUrl(url: string): boolean {
  return sqlitePath(url) !== null || readPostgresUrl(url) !== null;
}

/**
 * Opens the database at the URL and brings it to the newest schema. Throws where it cannot be opened. `took` is told how
 * many milliseconds each statement took.
 */
export async function openDatabase(url: string, took?: (ms: number) => void): Promise<Database> {
  const { dialect, migrating, guard, notifier: bell } = await engineOf(url);
  const watched = took ? { log: ({ queryDurationMillis }: LogEvent) => took(queryDurationMillis) } : {};
  const query = new Kysely<Schema>({ dialect, ...watched });
  markOutside(query, guard);
  await migrate(query, migrating).catch(async (error) => {
    await query.destroy();
    throw error;
  });

  async function once<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    const done = query.transaction().execute(async (tx) => {
      const result = await guard.holding(() => work(tx));
      if (result === null) throw UNDONE;
      return result;
    });
    return done.catch((error) => (error === UNDONE ? (null as T) : Promise.reject(error)));
  }
  const transaction: Database["transaction"] = (work) => retryConflicts(() => once(work));
  const shared = groupCommit(transaction);

  return {
    query,
    transaction,
    async batchTransaction(work, counting = [], { withinMs } = { withinMs: 0 }) {
      guard.mustBeOutside();
      return shared(work, counting, withinMs);
    },
    notifyWorkers: () => bell.notify(),
    onNotified: (callback) => bell.onNotify(callback),
    async isReady() {
      await sql`select 1`.execute(query);
      return await isMigrated(query);
    },
    async close() {
      await bell.close();
      await query.destroy();
    },
  };
}

/** PostgreSQL's driver is loaded only where it is used, so that SQLite starts as quickly as without it. */
async function engineOf(url: string): Promise<Engine> {
  const path = sqlitePath(url);
  if (path !== null) return sqlite(path);

  const address = readPostgresUrl(url);
  if (!address) {
    throw new Error(
      "The database must be an address such as sqlite:latchkey.db or postgres://user:password@host/name.",
    );
  }
  const { postgres } = await import("./postgres.ts");
  return postgres(address);
}

async function migrate(query: Kysely<Schema>, migrating: Engine["migrating"]): Promise<void> {
  if (!migrating) return migrateUp(query);
  const db = new Kysely<Schema>({ dialect: migrating });
  await migrateUp(db).finally(() => db.destroy());
  // Before its first query Kysely cannot be closed: it would go on and open what is to stay closed.
  await sql`select 1`.execute(query);
}
