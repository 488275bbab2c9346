import { clientKey } from "../basics/client-address.ts";
import { settleEmail } from "../basics/email-address.ts";
import { record } from "../store/events.ts";
import { count } from "../store/limits.ts";
import { enqueue } from "../store/outbox.ts";
import type { Core, TooMany, Visitor } from "./core.ts";

/** What came of asking for a mail. `queued` says nothing about whether anybody has the address. */
export type Asked = { kind: "queued" } | { kind: "mistake" } | { kind: "forged" } | TooMany;

/**
 * Asks for a mail to an address that somebody typed. Nothing is looked up: known, unknown and throttled addresses run the
 * same statements in one transaction and get the same answer. The worker finds out later whose address it is.
 */
export async function askForMail(
  core: Core,
  mail: { kind: "password-reset" | "sign-up"; typed: string; tryForMs: number },
  visitor: Visitor,
): Promise<Asked> {
  const settled = settleEmail(mail.typed);
  if (settled.kind !== "address") return settled;
  const { email } = settled;
  const now = core.clock();
  const counting = [`${mail.kind} ${email}`, ...(visitor.client ? [`asking ${clientKey(visitor.client)}`] : [])];

  const asked = await core.database.together(async (tx): Promise<Asked> => {
    if (visitor.client !== null) {
      const client = await count(tx, `asking ${clientKey(visitor.client)}`, core.rules.requestsPerClient, now);
      if (!client.within) return { kind: "too-many", retryAfterMs: client.windowEndsAt - now };
    }
    // Counted for each kind of mail: or else asking for an account in somebody's name would use up their resets.
    const address = await count(tx, `${mail.kind} ${email}`, core.rules.mailsPerAddress, now);

    const data = { browser: visitor.browser };
    const { kind, tryForMs } = mail;
    await enqueue(tx, { kind, email, locale: visitor.locale, data, tryForMs, closed: !address.within }, now);
    const event = address.within ? "mail-asked" : "limited";
    await record(tx, { kind: event, email, client: visitor.client, browser: visitor.browser }, now);
    return { kind: "queued" };
  }, counting);

  if (asked.kind === "queued") core.mailQueued();
  return asked;
}
