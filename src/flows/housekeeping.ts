import { purgeCodes } from "../store/codes.ts";
import { purgeEvents } from "../store/events.ts";
import { purgeLimits } from "../store/limits.ts";
import { purgeOutbox } from "../store/outbox.ts";
import { purgeRequests } from "../store/requests.ts";
import { purgeSessions } from "../store/sessions.ts";
import { purgeTokens } from "../store/tokens.ts";
import type { Core } from "./core.ts";

/** Deletes what nobody needs any more. Safe to run at any time, from any number of instances. */
export async function purge(core: Core): Promise<void> {
  const now = core.clock();
  const db = core.database.query;
  await purgeTokens(db, now);
  await purgeCodes(db, now);
  await purgeRequests(db, now);
  await purgeSessions(db, now);
  await purgeOutbox(db, now);
  await purgeLimits(db, now);
  await purgeEvents(db, now);
}
