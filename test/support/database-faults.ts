import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, openSync, renameSync, writeSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { isOnPostgres } from "./engine.ts";

/** Brings a trouble over the database at an address, and returns what ends it. */
export type DatabaseFault = (url: string) => Promise<() => Promise<void>>;

/** What can befall a database while people use it, as it befalls the engine under test. */
export function databaseFaults(): Record<string, DatabaseFault> {
  return isOnPostgres() ? ON_POSTGRES : ON_SQLITE;
}

const ON_SQLITE: Record<string, DatabaseFault> = {
  "is held by another process": async (url) => {
    const other = spawn(process.execPath, ["--input-type=module", "-e", HOLD, pathIn(url)], { stdio: "pipe" });
    await once(other.stdout, "data");
    return async () => {
      other.stdin.end();
      await once(other, "close");
    };
  },
  // As on a full disk: nothing that is written anywhere beyond the first page gets there.
  "has no room left": async () => {
    limitFiles("4096");
    return async () => limitFiles("unlimited");
  },
  "is gone": async (url) => {
    renameSync(pathIn(url), `${pathIn(url)}-elsewhere`);
    return async () => renameSync(`${pathIn(url)}-elsewhere`, pathIn(url));
  },
  "can only be read": async (url) => {
    const path = pathIn(url);
    const file = new DatabaseSync(path, { timeout: 5_000 });
    file.exec("pragma wal_checkpoint(truncate)");
    file.close();
    copyFileSync(path, `${path}-to-read`);
    // The version of the format for writing: one that is not known yet may be read and not written, by a person who it is.
    writeSync(openSync(`${path}-to-read`, "r+"), Buffer.from([3]), 0, 1, 18);
    renameSync(path, `${path}-elsewhere`);
    renameSync(`${path}-to-read`, path);
    return async () => renameSync(`${path}-elsewhere`, path);
  },
};

const ON_POSTGRES: Record<string, DatabaseFault> = {
  "is held by another process": async (url) => {
    const client = await connected(url);
    await client.query("begin");
    await client.query(`lock table ${(await tablesOf(client)).join(", ")} in exclusive mode`);
    return () => client.end();
  },
  // With the error of a full disk. A full disk of the WAL stops the server: see slow/database-outage.
  "has no room left": async (url) => {
    const client = await connected(url);
    await client.query(NO_ROOM);
    for (const table of await tablesOf(client)) {
      const trigger = `create trigger no_room before insert or update or delete on ${table}`;
      await client.query(`${trigger} for each statement execute function no_room()`);
    }
    return async () => {
      await client.query("drop function no_room cascade");
      await client.end();
    };
  },
  "is gone": async (url) => {
    await administer(url, (name) => `alter database ${name} allow_connections false`);
    return () => administer(url, (name) => `alter database ${name} allow_connections true`);
  },
  "can only be read": async (url) => {
    await administer(url, (name) => `alter database ${name} set default_transaction_read_only = on`);
    return () => administer(url, (name) => `alter database ${name} reset default_transaction_read_only`);
  },
};

const NO_ROOM = `
  create function no_room() returns trigger language plpgsql as $$
    begin
      raise exception 'could not extend file: No space left on device' using errcode = 'disk_full';
    end
  $$`;

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  return client;
}

async function tablesOf(client: pg.Client): Promise<string[]> {
  const tables = await client.query("select tablename from pg_tables where schemaname = 'public'");
  return tables.rows.map(({ tablename }) => tablename);
}

const HOLD = `
  import { DatabaseSync } from "node:sqlite";
  const file = new DatabaseSync(process.argv[1], { timeout: 5_000 });
  file.exec("begin immediate");
  console.log("held");
  process.stdin.resume().on("end", () => file.close());`;

function pathIn(url: string): string {
  return url.slice("sqlite:".length);
}

/** Up to where this process may write in any file, in bytes. */
function limitFiles(soft: string): void {
  const { status, stderr } = spawnSync("prlimit", ["--pid", String(process.pid), `--fsize=${soft}:unlimited`]);
  if (status !== 0) throw new Error(`prlimit: ${stderr}`);
}

/** Says something of the database, and ends every connection to it, so that a person who comes back finds it so. */
async function administer(url: string, statement: (name: string) => string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  const client = await connected(Object.assign(new URL(url), { pathname: "/postgres" }).href);
  await client.query(statement(name));
  await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
  await client.end();
}
