import { recordEvent } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { deleteAllCodes } from "../links/codes.ts";
import { revokeTokensAfter } from "../links/tokens.ts";
import { expireEmailChanges } from "../links/undo-store.ts";
import { deleteSessionsAfter } from "./all-accounts-store.ts";
import { closeQueued } from "./mail-queue-store.ts";

/** Rows per transaction, so that concurrent requests wait briefly. */
const BATCH = 500;

/** Ends every session that exists at the start. Returns how many there were. */
export async function revokeAllSessions(core: Core): Promise<number> {
  let ended = 0;
  for (let after: string | null = ""; after !== null; ) {
    const batch = await deleteSessionsAfter(core.database.query, after, BATCH);
    ended += batch.ended;
    after = batch.next;
  }
  await recordEvent(core.database.query, { kind: "sessions-ended", now: core.clock() });
  return ended;
}

/**
 * Ends every live link that exists at the start, but for the links that undo an email change: otherwise an attacker who
 * moved an account to their own mailbox would gain. `includeUndo` ends these as well. Returns how many there were.
 */
export async function revokeAllLinks(core: Core, { includeUndo = false } = {}): Promise<number> {
  const ended = await revokeLinks(core, { includeUndo });
  await recordEvent(core.database.query, { kind: "links-ended", now: core.clock() });
  return ended;
}

/** As `revokeAllLinks`, without the audit event. Ends codes, too. */
export async function revokeLinks(core: Core, { includeUndo = false } = {}): Promise<number> {
  await deleteAllCodes(core.database.query);
  let ended = 0;
  for (let after: string | null = ""; after !== null; ) {
    const from: string = after;
    const now = core.clock();
    const batch = await core.database.transaction((tx) =>
      revokeTokensAfter(tx, from, { atMost: BATCH, now, includeUndo }),
    );
    ended += batch.ended;
    after = batch.next;
  }
  return ended;
}

/** How many sessions and links were ended, and how many queued emails were closed. */
export interface RestoreResult {
  sessions: number;
  links: number;
  mails: number;
}

/**
 * Ends all sessions, links and rights to undo an email change, and closes all queued emails, after a backup was restored:
 * sessions and links that had ended are live in it again, and emails are queued in it that were sent. Returns the counts.
 */
export async function afterRestore(core: Core): Promise<RestoreResult> {
  const sessions = await revokeAllSessions(core);
  const mails = await closeQueued(core.database.query, "cancelled after a backup was restored", core.clock());
  await expireEmailChanges(core.database.query, core.clock());
  const links = await revokeAllLinks(core, { includeUndo: true });
  return { sessions, links, mails };
}
