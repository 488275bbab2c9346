import { type Dialect, type Kysely, PostgresAdapter, type SelectQueryBuilder } from "kysely";
import type { Db, Schema } from "./schema.ts";
import type { TransactionGuard } from "./transaction-guard.ts";

/** What differs between SQLite and PostgreSQL. */
export interface Engine {
  dialect: Dialect;
  /** A dialect for the migrations, without the timeouts of the others; null if they use `dialect`. */
  migrating: Dialect | null;
  guard: TransactionGuard;
  /** Throws a sentence for the operator if the server cannot be used. Called once, before the schema is looked at. */
  check?(db: Kysely<Schema>): Promise<void>;
  /** Wakes the workers of other instances. */
  notifier: Notifier;
}

/** Announces new email to the other processes on the same database. Without it their workers only poll. */
export interface Notifier {
  notify(): void;
  onNotify(callback: () => void): void;
  close(): Promise<void>;
}

/** The part of the app's log that the database uses. */
export interface DatabaseLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Whether the handle is for PostgreSQL, which has concurrent writers and row locks. */
export function isPostgres(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** On PostgreSQL, locks the selected rows and skips those that another transaction has locked. */
export function skipLocked<Table extends keyof Schema, Row>(
  db: Db,
  query: SelectQueryBuilder<Schema, Table, Row>,
): SelectQueryBuilder<Schema, Table, Row> {
  return isPostgres(db) ? query.forUpdate().skipLocked() : query;
}
