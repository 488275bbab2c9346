import { type EventKind, record } from "../audit/store.ts";
import type { Db } from "../db/schema.ts";
import type { Client } from "./context.ts";

/** Records an event in the audit log, with the client that caused it. `account.id` is null if no account was looked up. */
export async function recordEvent(
  db: Db,
  event: { kind: EventKind; account: { id: string | null; email: string }; now: number },
  { ip, browser }: Client,
): Promise<void> {
  const { kind, account, now } = event;
  await record(db, { kind, accountId: account.id, email: account.email, client: ip, browser }, now);
}
