import type { Core } from "../core/context.ts";
import { normaliseEmail } from "../lib/email-address.ts";
import { listSuppressions, type Suppression } from "./suppressions.ts";

/**
 * The addresses that a mail server refused permanently in the last 30 days, newest first, or the entry of one address. The list
 * is shown to operators only: later emails are sent anyway, and one that is accepted removes its address.
 */
export function querySuppressions(
  core: Core,
  { to, atMost }: { to?: string | undefined; atMost: number },
): Promise<Suppression[]> {
  const settled = to === undefined ? null : normaliseEmail(to);
  const email = settled === null ? {} : { email: settled.kind === "address" ? settled.email : "" };
  return listSuppressions(core.database.query, { ...email, atMost }, core.clock());
}
