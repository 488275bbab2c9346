import { Kysely, sql } from "kysely";
import { isMigrated, migrateUp } from "./migrations.ts";
import type { Db, Schema } from "./schema.ts";
import { sharedCommit } from "./shared-commit.ts";
import { sqlite } from "./sqlite.ts";

/** The one handle on the database that everything above is given. */
export interface Database {
  /** For single statements; each commits by itself. Throws inside a transaction, where it would wait for itself. */
  query: Db;
  /** What `work` does with its `tx` is done all or not at all; its result comes back once it is durable. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** As `transaction`, for the short work of hot paths: simultaneous calls share one durable commit. */
  together<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** Whether the database answers and has the newest schema. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

/** The file, or `:memory:`, behind a `sqlite:` URL. Returns null for any other URL. */
export function sqlitePath(url: string): string | null {
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  return path ?? null;
}

/** Opens the database at the URL and brings it to the newest schema. Throws where it cannot be opened. */
export async function openDatabase(url: string): Promise<Database> {
  const path = sqlitePath(url);
  if (path === null) throw new Error("The database must be an address such as sqlite:latchkey.db.");

  const { dialect, holding, mustBeOutside } = sqlite(path);
  const query = new Kysely<Schema>({ dialect });
  await migrateUp(query);

  const transaction: Database["transaction"] = (work) => query.transaction().execute((tx) => holding(() => work(tx)));

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
