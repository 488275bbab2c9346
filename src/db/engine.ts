import { type Dialect, PostgresAdapter, type SelectQueryBuilder } from "kysely";
import type { Db, Schema } from "./schema.ts";
import type { TransactionGuard } from "./transaction-guard.ts";

/** What SQLite and PostgreSQL each bring along. */
export interface Engine {
  dialect: Dialect;
  /** A dialect of its own for the migrations, whose statements may take long and wait for another instance's; or null. */
  migrating: Dialect | null;
  guard: TransactionGuard;
  /** Wakes the workers of other instances. */
  notifier: Notifier;
}

/** Rings where mail was queued, and is heard by every other process on the same database; or by none, which then look. */
export interface Notifier {
  notify(): void;
  onNotify(callback: () => void): void;
  close(): Promise<void>;
}

/** Whether the handle speaks to PostgreSQL, which has several writers at once and locks rows. */
export function isPostgres(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** Leaves out the rows that another transaction holds, and holds the others, where more than one can write at once. */
export function skipLocked<Table extends keyof Schema, Row>(
  db: Db,
  query: SelectQueryBuilder<Schema, Table, Row>,
): SelectQueryBuilder<Schema, Table, Row> {
  return isPostgres(db) ? query.forUpdate().skipLocked() : query;
}
