import type { Database } from "./database.ts";
import { isUnavailable } from "./errors.ts";

/** Whether requests can be served: the database answers and is migrated. Waiting email does not make an instance unready. */
export async function isReady(database: Database): Promise<boolean> {
  return database.isReady().catch(() => false);
}

/** Whether an error means that the database is unavailable, rather than that a statement is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return isUnavailable(error);
}
