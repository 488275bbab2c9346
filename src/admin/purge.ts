import { purgeEvents } from "../audit/store.ts";
import type { Core } from "../core/context.ts";
import { purgeEmailChanges } from "../features/email-change/undo-store.ts";
import { purgeCodes } from "../links/codes.ts";
import { purgeRequests } from "../links/requests-store.ts";
import { purgeTokens } from "../links/tokens.ts";
import { purgeOutbox } from "../mail/outbox.ts";
import { purgeSuppressions } from "../mail/suppressions.ts";
import { purgeLimits } from "../rate-limits/store.ts";
import { purgeSessions } from "../sessions/store.ts";
import { purgeFailures } from "../sign-in-attempts/store.ts";

/** Deletes what nobody needs any more. Safe to run at any time, from any number of instances. */
export async function purge(core: Core): Promise<void> {
  const now = core.clock();
  const db = core.database.query;
  await purgeTokens(db, now);
  await purgeEmailChanges(db, now);
  await purgeCodes(db, now);
  await purgeRequests(db, now);
  await purgeSessions(db, now);
  await purgeOutbox(db, now);
  await purgeLimits(db, now);
  await purgeFailures(db, now);
  await purgeEvents(db, now);
  await purgeSuppressions(db, now);
}
