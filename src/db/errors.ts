import { setTimeout } from "node:timers/promises";

/** Thrown where PostgreSQL cannot be reached, whatever the driver called it. `code` is SQLSTATE's connection failure. */
export class DatabaseUnreachable extends Error {
  readonly code = "08006";
  constructor(cause: unknown) {
    super(`The database cannot be reached: ${(cause as Error).message}`, { cause });
    this.name = "DatabaseUnreachable";
  }
}

/** Thrown where SQLite's file is no longer there. `errcode` is SQLite's for a file that cannot be opened. */
export class DatabaseFileGone extends Error {
  readonly errcode = 14;
  constructor(path: string) {
    super(`There is no database at ${path} any more.`);
    this.name = "DatabaseFileGone";
  }
}

/** Thrown where another process holds SQLite's file for too long. `errcode` is SQLite's for a file that is busy. */
export class DatabaseLocked extends Error {
  readonly errcode = 5;
  constructor() {
    super("The database was held by others for too long.");
    this.name = "DatabaseHeld";
  }
}

/** SQLite's primary result codes for busy, locked, read-only, I/O, corrupt, full, cannot open and no database. */
const SQLITE_UNAVAILABLE = [5, 6, 8, 10, 11, 13, 14, 26];

/**
 * SQLSTATEs of a PostgreSQL that cannot serve just now: no connection (08), access refused (28), out of room (53), stopped
 * or timed out (57), its disk (58), no such database (3D000), one that lets nobody in (55000), read-only (25006), a lock
 * not to be had (55P03), a transaction that lasted too long (25P03), and a conflict that went on through every retry (40).
 */
const SQLSTATE_UNAVAILABLE = /^(08|28|40|53|57|58)...$|^(3D000|25006|25P03|55000|55P03)$/;

/** Whether an error says that the database cannot serve just now, rather than that we asked something wrong. */
export function isUnavailable(error: unknown): boolean {
  const { errcode, code } = (error ?? {}) as { errcode?: unknown; code?: unknown };
  if (typeof errcode === "number") return SQLITE_UNAVAILABLE.includes(errcode & 0xff);
  return typeof code === "string" && SQLSTATE_UNAVAILABLE.test(code);
}

/**
 * SQLSTATEs after which everything was undone, and done again it may well succeed: a serialization failure, a deadlock, a
 * unique index that somebody else filled between our look and our write, which the next look sees, and a prepared
 * statement from before a migration.
 */
const SQLSTATE_CONFLICT = ["40001", "40P01", "23505", "0A000"];

/** Whether an error says that we met with another transaction. */
function isConflict(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && SQLSTATE_CONFLICT.includes(code);
}

const TRIES = 8;
/** In milliseconds; doubles with each try. */
const FIRST_WAIT = 10;

/** Does the work again after a conflict, so the work must be repeatable. Full jitter keeps those who met from meeting again. */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || tried === TRIES) throw error;
      await setTimeout(Math.random() * FIRST_WAIT * 2 ** tried);
    }
  }
}
