import type { Core } from "../core/context.ts";
import { normaliseEmail } from "../lib/email-address.ts";
import { listSuppressions, type Suppression } from "./suppressions.ts";

/**
 * The addresses that a mail server refused for good in the last 30 days, the newest first, or what is known of one. They are
 * shown and not obeyed: the next mail that somebody asks for is tried all the same, for mailboxes are set right, and one that
 * is accepted takes its address off the list.
 */
export function querySuppressions(
  core: Core,
  { to, atMost }: { to?: string | undefined; atMost: number },
): Promise<Suppression[]> {
  const settled = to === undefined ? null : normaliseEmail(to);
  const email = settled === null ? {} : { email: settled.kind === "address" ? settled.email : "" };
  return listSuppressions(core.database.query, { ...email, atMost }, core.clock());
}
