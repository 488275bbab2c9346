import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { after } from "node:test";
import pg from "pg";
import { openDatabase } from "../../src/db/database.ts";
import { onePostgres } from "./shared-postgres.ts";

/** Whether this process tests PostgreSQL: `TEST_ENGINE=postgres`. Every store and app of the process is then on it. */
export function isOnPostgres(): boolean {
  return process.env.TEST_ENGINE === "postgres";
}

let making: Promise<{ url: string; template: string }> | null = null;

/** Copying a database that is migrated already is quicker than migrating each. */
async function makeTemplate(): Promise<{ url: string; template: string }> {
  const url = await onePostgres();
  const template = `template_${randomUUID().replaceAll("-", "")}`;
  await administer(url, `create database ${template}`);
  await (await openDatabase(named(url, template))).close();
  return { url, template };
}

/**
 * The address of a fresh PostgreSQL database, dropped when the test is done. `migrated: false` leaves it empty, as does an
 * `encoding`, which is UTF8 by default.
 */
export async function freshPostgres({ migrated = true, encoding = "" } = {}): Promise<string> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  // Said before anything is waited for: afterwards, where tests run side by side, it may count as another's.
  after(async () => {
    await administer((await making)?.url ?? "", `drop database if exists ${name} with (force)`);
    await rm(`${name}.db-mailbox`, { recursive: true, force: true });
  });
  making ??= makeTemplate();
  const { url, template } = await making;
  const from = encoding
    ? `template0 encoding '${encoding}' lc_collate 'C' lc_ctype 'C'`
    : `${migrated ? template : "template0"} strategy file_copy`;
  await administer(url, `create database ${name} template ${from}`);
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
