import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase } from "../../src/db/database.ts";
import type { CommandRequest } from "./command-host.ts";
import { freshPostgres, isOnPostgres } from "./engine.ts";
import { freshFolder, type ProcessOptions, type ProcessResult } from "./process.ts";
import { openRaw, type RawDatabase } from "./raw-database.ts";

/** A folder in which an operator works: with a database, and perhaps a server that runs on it. */
export interface OperatorCli {
  folder: string;
  /** Runs an operator command to its end. */
  run(...command: string[]): Promise<ProcessResult>;
  /** Reads and writes the database past our own store. */
  rows: RawDatabase["rows"];
  tables: RawDatabase["tables"];
}

/** A fresh desk, in development unless `env` says more, with an empty database. */
export async function openOperatorCli(env: Record<string, string> = {}): Promise<OperatorCli> {
  const folder = await freshFolder();
  const { rows, tables } = await openRaw(await layOut(folder));
  return {
    folder,
    run: (...command) => runCommand({ folder, env: { PORT: "3000", ...env }, args: ["--development", ...command] }),
    rows,
    tables,
  };
}

/** Makes a database for whatever runs in the folder, and returns its address. */
async function layOut(folder: string): Promise<string> {
  if (isOnPostgres()) {
    const url = await freshPostgres();
    await writeFile(join(folder, ".env"), `DATABASE_URL=${url}\n`);
    return url;
  }
  const url = `sqlite:${join(folder, "latchkey.db")}`;
  await (await openDatabase(url)).close();
  return url;
}

let host: ChildProcess | undefined;
let previous: Promise<unknown> = Promise.resolve();

/** Runs a command in the process that runs all of this test file, after the commands before it. */
function runCommand(request: CommandRequest): Promise<ProcessResult> {
  const result = previous.then(async (): Promise<ProcessResult> => {
    host ??= fork(join(import.meta.dirname, "command-host.ts"), {
      execArgv: [],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    // The host keeps the test file alive only while a command runs.
    host.ref();
    host.channel?.ref();
    host.send(request);
    const crashed = once(host, "exit").then(([code]) =>
      Promise.reject(new Error(`the command host ended with ${code}`)),
    );
    const [ended] = await Promise.race([once(host, "message"), crashed]);
    host.unref();
    host.channel?.unref();
    return ended;
  });
  previous = result.catch(() => {});
  return result;
}

/** What starts a command in a folder. */
export function inFolder(folder: string, env: Record<string, string>, command: string[]): ProcessOptions {
  return { folder, env, command: ["--development", ...command] };
}

/** Puts accounts in, each with a password, a session, a link and a code: `person0@example.com` and so on. */
export async function addAccounts({ rows }: OperatorCli, many: number): Promise<void> {
  const now = Date.now();
  const later = now + 86_400_000;
  const people = Array.from({ length: many }, (_, i) => {
    return { n: i, id: `account-${String(i).padStart(6, "0")}`, email: `person${i}@example.com` };
  });
  await put(rows, "accounts", ["id", "email", "password_hash", "created_at"], people, ({ id, email }) => [
    id,
    email,
    "a hash",
    now,
  ]);
  const session = ["digest", "id", "account_id", "method", "browser", "created_at", "last_seen_at", "expires_at"];
  await put(rows, "sessions", session, people, ({ n, id }) => [
    ...[`digest-${n}`, `session-${n}`, id, "password", "Firefox", now, now, later],
  ]);
  const link = ["digest", "purpose", "account_id", "email", "created_at", "expires_at"];
  await put(rows, "tokens", link, people, ({ n, id, email }) => [
    ...[`digest-${n}`, "password-reset", id, email, now, later],
  ]);
  const code = ["request", "hash", "purpose", "account_id", "email", "expires_at"];
  await put(rows, "codes", code, people, ({ n, id, email }) => [
    ...[`request-${n}`, "a hash", "sign-in-link", id, email, later],
  ]);
}

/** Rows per statement. */
const PAGE = 500;

async function put<T>(
  rows: RawDatabase["rows"],
  table: string,
  columns: string[],
  all: T[],
  toRow: (one: T) => Array<string | number>,
): Promise<void> {
  for (let from = 0; from < all.length; from += PAGE) {
    const page = all.slice(from, from + PAGE).map(toRow);
    const row = `(${columns.map(() => "?").join()})`;
    await rows(`insert into latchkey_${table} (${columns}) values ${page.map(() => row).join()}`, ...page.flat());
  }
}

/** The single number that a query returns. */
export async function count({ rows }: OperatorCli, query: string): Promise<number> {
  return Number(Object.values((await rows(query))[0] ?? {})[0]);
}
