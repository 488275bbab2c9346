import type { Core } from "../core/context.ts";
import { isUnavailable } from "./errors.ts";

/** Whether requests can be served: the database answers and is migrated. Waiting mail is no reason to say no. */
export async function isReady(core: Core): Promise<boolean> {
  return core.database.isReady().catch(() => false);
}

/** Whether an error says that the database cannot serve just now, rather than that we asked something wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return isUnavailable(error);
}
