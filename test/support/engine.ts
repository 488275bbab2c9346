import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { after } from "node:test";
import pg from "pg";
import { openDatabase } from "../../src/store/database.ts";
import { onePostgres } from "./one-postgres.ts";

/** The tests run on SQLite, unless a file of `test/on-postgres/` says otherwise before it imports them. */
let isPostgres = false;
let making: Promise<{ url: string; template: string }> | null = null;

/** From here on every store and app of this process is on PostgreSQL. At once: the next import does not wait for this one. */
export function usePostgres(): void {
  isPostgres = true;
}

/** Whether this process tests PostgreSQL. */
export function isOnPostgres(): boolean {
  return isPostgres;
}

/** Copying a database that is migrated already is quicker than migrating each. */
async function makeTemplate(): Promise<{ url: string; template: string }> {
  const url = await onePostgres();
  const template = `template_${randomUUID().replaceAll("-", "")}`;
  await administer(url, `create database ${template}`);
  await (await openDatabase(named(url, template))).close();
  return { url, template };
}

/** The address of a fresh PostgreSQL database, dropped when the test is done; `migrated: false` leaves it empty. */
export async function freshPostgres({ migrated = true } = {}): Promise<string> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  // Said before anything is waited for: afterwards, where tests run side by side, it may count as another's.
  after(async () => {
    await administer((await making)?.url ?? "", `drop database if exists ${name} with (force)`);
    await rm(`${name}.db-mailbox`, { recursive: true, force: true });
  });
  making ??= makeTemplate();
  const { url, template } = await making;
  await administer(url, `create database ${name} template ${migrated ? template : "template0"} strategy file_copy`);
  return named(url, name);
}

function named(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
