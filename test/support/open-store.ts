import { rmSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { freshPostgres, isOnPostgres } from "./engine.ts";
import { scratchFolder } from "./scratch.ts";

/** The moment at which the store's tests begin, in epoch milliseconds. */
export const NOW = Date.UTC(2026, 0, 15, 9, 0, 0);

/** Opens a fresh database, the defaultDatabase there is where no URL is given; it is closed when the test is done. */
export async function openStore(url?: string): Promise<Database> {
  const opening = Promise.resolve(url ?? defaultDatabase()).then((address) => openDatabase(address));
  // Said before anything is waited for: afterwards, where tests run side by side, it may count as another's.
  after(() => opening.then((database) => database.close()).catch(() => {}));
  return opening;
}

/** The address of a fresh database in the engine under test: in memory, where that is SQLite. */
export async function defaultDatabase(): Promise<string> {
  return isOnPostgres() ? freshPostgres() : "sqlite::memory:";
}

/** The address of a fresh database that outlives its handle, in the engine under test. */
export async function freshDatabase(options: { migrated?: boolean } = {}): Promise<string> {
  return isOnPostgres() ? freshPostgres(options) : `sqlite:${freshFile()}`;
}

/** The path of a database file that does not exist yet, in a folder of its own that is thrown away with the test. */
export function freshFile(): string {
  const folder = scratchFolder("test");
  after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "latchkey.db");
}

/** Two handles on one database, as two instances of the app have. */
export async function openTwoHandles(): Promise<[Database, Database]> {
  const url = await freshDatabase();
  return [await openStore(url), await openStore(url)];
}
