import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openDatabase } from "../../src/store/database.ts";
import { type Ended, freshFolder, type ProcessOptions, runToEnd } from "./process.ts";

/** A folder in which an operator works: with a database, and perhaps a server that runs on it. */
export interface Desk {
  folder: string;
  /** Runs a command as a process of its own, to its end. */
  run(...command: string[]): Promise<Ended>;
  /** Reads the database past our own store. */
  rows(query: string, ...values: string[]): Array<Record<string, unknown>>;
  write(statement: string, ...values: Array<string | number | null>): void;
}

/** A fresh desk, in development unless `env` says more, with an empty database. */
export async function openDesk(env: Record<string, string> = {}): Promise<Desk> {
  const folder = await freshFolder();
  const path = join(folder, "latchkey.db");
  await (await openDatabase(`sqlite:${path}`)).close();
  const inFile = <T>(work: (file: DatabaseSync) => T): T => {
    const file = new DatabaseSync(path, { timeout: 5_000 });
    try {
      return work(file);
    } finally {
      file.close();
    }
  };
  return {
    folder,
    run: (...command) => runToEnd(inFolder(folder, env, command)),
    rows: (query, ...values) => inFile((file) => file.prepare(query).all(...values)),
    write: (statement, ...values) => inFile((file) => void file.prepare(statement).run(...values)),
  };
}

/** What starts a command in a folder. */
export function inFolder(folder: string, env: Record<string, string>, command: string[]): ProcessOptions {
  return { folder, env, command: ["--development", ...command] };
}

/** Puts accounts in, each with a password, a session, a link and a code: `person0@example.com` and so on. */
export function putPeople({ folder }: Desk, many: number): void {
  const file = new DatabaseSync(join(folder, "latchkey.db"));
  const account = file.prepare(
    "insert into latchkey_accounts (id, email, password_hash, created_at) values (?, ?, 'a hash', ?)",
  );
  const session = file.prepare(`insert into latchkey_sessions
    (digest, id, account_id, road, browser, created_at, last_seen_at, expires_at)
    values (?, ?, ?, 'password', 'Firefox', ?, ?, ?)`);
  const link = file.prepare(`insert into latchkey_tokens (digest, purpose, account_id, email, created_at, expires_at)
    values (?, 'password-reset', ?, ?, ?, ?)`);
  const code = file.prepare(`insert into latchkey_codes (request, hash, purpose, account_id, email, expires_at)
    values (?, 'a hash', 'sign-in-link', ?, ?, ?)`);
  const now = Date.now();
  const later = now + 86_400_000;
  file.exec("begin");
  for (let i = 0; i < many; i += 1) {
    const id = `account-${String(i).padStart(6, "0")}`;
    const email = `person${i}@example.com`;
    account.run(id, email, now);
    session.run(`digest-${i}`, `session-${i}`, id, now, now, later);
    link.run(`digest-${i}`, id, email, now, later);
    code.run(`request-${i}`, id, email, later);
  }
  file.exec("commit");
  file.close();
}

/** The one number that a query asks for. */
export function count({ rows }: Desk, query: string): number {
  return Number(Object.values(rows(query)[0] ?? {})[0]);
}
