import type { Core } from "./core.ts";

/** Whether requests can be served: the database answers and is migrated. Waiting mail is no reason to say no. */
export async function isReady(core: Core): Promise<boolean> {
  return core.database.isReady().catch(() => false);
}

/**
 * Whether an error says that the database cannot serve just now (busy, full, read-only, gone), rather than that we asked
 * something wrong: SQLite's primary result codes 5, 6, 8, 10, 13 and 14.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === "number" && [5, 6, 8, 10, 13, 14].includes(code & 0xff);
}
