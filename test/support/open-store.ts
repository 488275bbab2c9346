import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { type Database, openDatabase } from "../../src/store/database.ts";

/** The moment at which the store's tests begin, in epoch milliseconds. */
export const NOW = Date.UTC(2026, 0, 15, 9, 0, 0);

/** Opens a fresh database, in memory where no URL is given; it is closed when the test is done. */
export async function openStore(url = "sqlite::memory:"): Promise<Database> {
  const database = await openDatabase(url);
  after(() => database.close());
  return database;
}

/** The path of a database file that does not exist yet, in a folder of its own that is thrown away with the test. */
export function freshFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-test-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "latchkey.db");
}

/** Two handles on one file, as two instances of the app have. */
export async function openTwice(): Promise<[Database, Database]> {
  const url = `sqlite:${freshFile()}`;
  return [await openStore(url), await openStore(url)];
}
