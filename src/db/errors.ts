import { setTimeout } from "node:timers/promises";

/** Thrown when PostgreSQL cannot be reached, for whichever reason of the driver. `code` is SQLSTATE's connection failure. */
export class DatabaseUnreachable extends Error {
  readonly code = "08006";
  constructor(cause: unknown) {
    super(`Can't reach the database: ${(cause as Error).message}`, { cause });
    this.name = "DatabaseUnreachable";
  }
}

/** Thrown when SQLite's file was deleted. `errcode` is SQLITE_CANTOPEN. */
export class DatabaseFileGone extends Error {
  readonly errcode = 14;
  constructor(path: string) {
    super(`The database file ${path} is gone.`);
    this.name = "DatabaseFileGone";
  }
}

/** Thrown when SQLite's file cannot be created. The message is a sentence for the operator. */
export class DatabaseFileUnusable extends Error {
  readonly errcode = 14;
  constructor(message: string) {
    super(message);
    this.name = "DatabaseFileUnusable";
  }
}

/** Thrown when other transactions lock SQLite's file for longer than the timeout. `errcode` is SQLITE_BUSY. */
export class DatabaseLocked extends Error {
  readonly errcode = 5;
  constructor() {
    super("The database was locked for too long.");
    this.name = "DatabaseLocked";
  }
}

/** Thrown at start when the schema is not the one of this version. The message is a sentence for the operator. */
export class SchemaMismatch extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SchemaMismatch";
  }
}

/** SQLite's primary result codes for busy, locked, read-only, I/O, corrupt, full, cannot open and no database. */
const SQLITE_UNAVAILABLE = [5, 6, 8, 10, 11, 13, 14, 26];

/**
 * SQLSTATEs of a PostgreSQL server that cannot serve now: no connection (08), access refused (28), out of resources (53),
 * stopped or timed out (57), I/O (58), no such database (3D000), one that accepts no connections (55000), read-only
 * (25006), lock timeout (55P03), transaction timeout (25P03), and a conflict that survived every retry (40).
 */
const SQLSTATE_UNAVAILABLE = /^(08|28|40|53|57|58)...$|^(3D000|25006|25P03|55000|55P03)$/;

/** Whether an error means that the database cannot serve now, rather than that the statement was wrong. */
export function isUnavailable(error: unknown): boolean {
  const { errcode, code } = (error ?? {}) as { errcode?: unknown; code?: unknown };
  if (typeof errcode === "number") return SQLITE_UNAVAILABLE.includes(errcode & 0xff);
  return typeof code === "string" && SQLSTATE_UNAVAILABLE.test(code);
}

/** SQLSTATEs of a prepared statement that exists already, or does not: a pooler changed the server connection. */
export const SQLSTATE_STATEMENT_NAME = ["42P05", "26000"];

/**
 * SQLSTATEs after which everything was rolled back and a retry may succeed: a serialization failure, a deadlock, a unique
 * violation by a row that was inserted after we looked, a prepared statement from before a migration, or one whose name
 * belongs to another connection of a pooler.
 */
const SQLSTATE_CONFLICT = ["40001", "40P01", "23505", "0A000", ...SQLSTATE_STATEMENT_NAME];

/** Whether an error comes from a concurrent transaction, or passes with a retry for another reason. */
function isConflict(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && SQLSTATE_CONFLICT.includes(code);
}

const MAX_ATTEMPTS = 8;
/** In milliseconds; doubles with each attempt. */
const FIRST_WAIT = 10;

/** Retries the work after a conflict, with exponential backoff and full jitter. The work must be repeatable. */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || attempt === MAX_ATTEMPTS) throw error;
      await setTimeout(Math.random() * FIRST_WAIT * 2 ** attempt);
    }
  }
}
