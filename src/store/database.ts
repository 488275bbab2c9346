import { Kysely, type LogEvent, sql } from "kysely";
import { isMigrated, migrateUp } from "./migrations.ts";
import type { Db, Schema } from "./schema.ts";
import { sharedCommit } from "./shared-commit.ts";
import { sqlite } from "./sqlite.ts";

/** The one handle on the database that everything above is given. */
export interface Database {
  /** For single statements; each commits by itself. Throws inside a transaction, where it would wait for itself. */
  query: Db;
  /**
   * What `work` does with its `tx` is done all or not at all; its result comes back once it is durable. Not at all: when
   * it throws, and when it returns null, which means that it found it could not be done.
   */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** As `transaction`, for the short work of hot paths: simultaneous calls share one durable commit. */
  together<T>(work: (tx: Db) => Promise<T>): Promise<T>;
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

/**
 * Opens the database at the URL and brings it to the newest schema. Throws where it cannot be opened. `took` is told how
 * many milliseconds each statement took.
 */
export async function openDatabase(url: string, took?: (ms: number) => void): Promise<Database> {
  const path = sqlitePath(url);
  if (path === null) throw new Error("The database must be an address such as sqlite:latchkey.db.");

  const { dialect, holding, mustBeOutside } = sqlite(path);
  const watched = took ? { log: ({ queryDurationMillis }: LogEvent) => took(queryDurationMillis) } : {};
  const query = new Kysely<Schema>({ dialect, ...watched });
  await migrateUp(query).catch(async (error) => {
    await query.destroy();
    throw error;
  });

  async function transaction<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    const done = query.transaction().execute(async (tx) => {
      const result = await holding(() => work(tx));
      if (result === null) throw UNDONE;
      return result;
    });
    return done.catch((error) => (error === UNDONE ? (null as T) : Promise.reject(error)));
  }
  const shared = sharedCommit(transaction);

  return {
    query,
    transaction,
    async together(work) {
      mustBeOutside();
      return shared(work);
    },
    async isReady() {
      await sql`select 1`.execute(query);
      return await isMigrated(query);
    },
    close: () => query.destroy(),
  };
}
