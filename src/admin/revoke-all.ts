import { record } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { deleteAllCodes } from "../links/codes.ts";
import { revokeTokensInBatch } from "../links/tokens.ts";
import { deleteSessionsInBatch } from "./all-accounts-store.ts";
import { closeQueued } from "./mail-queue-store.ts";

/** A page at a time, so that nobody has to wait for all of them. */
const PAGE = 500;

/** Ends every session of everybody. Returns how many there were. */
export async function revokeAllSessions(core: Core): Promise<number> {
  let ended = 0;
  // Until there is none: of a page some may have ended by themselves meanwhile, and that is not the end of them all.
  for (let some = PAGE; some > 0; ended += some) some = await deleteSessionsInBatch(core.database.query, PAGE);
  await record(core.database.query, { kind: "sessions-ended" }, core.clock());
  return ended;
}

/**
 * Ends every link that still works, whosever it is, but for those that take an account back: whoever took it over must not
 * be the one who gains. `waysBackToo` ends these as well. Returns how many there were.
 */
export async function revokeAllLinks(core: Core, { waysBackToo = false } = {}): Promise<number> {
  const ended = await revokeLinks(core, { waysBackToo });
  await record(core.database.query, { kind: "links-ended" }, core.clock());
  return ended;
}

/** As endAllLinks, as a part of something else that is written down. A code is a link that is typed. */
export async function revokeLinks(core: Core, { waysBackToo = false } = {}): Promise<number> {
  await deleteAllCodes(core.database.query);
  let ended = 0;
  for (let some = PAGE; some > 0; ended += some) {
    const now = core.clock();
    some = await core.database.transaction((tx) =>
      revokeTokensInBatch(tx, "anybody", { atMost: PAGE, now, waysBackToo }),
    );
  }
  return ended;
}

/**
 * After a backup was put back: sessions and links that had ended are alive in it again, and mails wait in it that have
 * left. Ends them all, also the links that take an account back, since one that was used would do so once more. Returns how
 * many of each there were.
 */
export async function afterRestore(core: Core): Promise<{ sessions: number; links: number; mails: number }> {
  const sessions = await revokeAllSessions(core);
  const links = await revokeAllLinks(core, { waysBackToo: true });
  const mails = await closeQueued(core.database.query, "a backup was put back", core.clock());
  return { sessions, links, mails };
}
