import { type Dialect, PostgresAdapter } from "kysely";
import type { Db } from "./schema.ts";
import type { TransactionGuard } from "./transaction-guard.ts";

/** What SQLite and PostgreSQL each bring along. */
export interface Engine {
  dialect: Dialect;
  /** A dialect of its own for the migrations, whose statements may take long and wait for another instance's; or null. */
  migrating: Dialect | null;
  guard: TransactionGuard;
  /** Whether statements of one transaction are sent without waiting for the answers to those before them. */
  pipelines: boolean;
  /** Takes the locks of those names until the transaction ends, in one order, whoever asks. */
  lock(tx: Db, names: readonly string[]): Promise<void>;
  /** Wakes the workers of other instances. */
  bell: Bell;
}

/** Rings where mail was queued, and is heard by every other process on the same database; or by none, which then look. */
export interface Bell {
  ring(): void;
  onRing(callback: () => void): void;
  close(): Promise<void>;
}

/** Whether the handle speaks to PostgreSQL, which has several writers at once and locks rows. */
export function isPostgres(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
