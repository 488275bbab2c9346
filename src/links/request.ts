import { record } from "../audit/store.ts";
import type { Core, TooMany, Visitor } from "../core/context.ts";
import type { Db } from "../db/schema.ts";
import { clientKey } from "../lib/client-ip.ts";
import { DAY, HOUR } from "../lib/clock.ts";
import { settleEmail } from "../lib/email-address.ts";
import { enqueue } from "../mail/outbox.ts";
import { count } from "../rate-limits/store.ts";
import { open } from "./requests-store.ts";

/** What people ask a mail for. */
export type AskPurpose = "password-reset" | "sign-up" | "sign-in-link";

export const REQUEST_LIVES_AT_MOST = DAY;

/**
 * What came of asking for a mail. `queued` says nothing about whether anybody has the address; its `request` is for the
 * cookie by which the browser that asked is known again.
 */
export type Asked = { kind: "queued"; request: string } | { kind: "mistake" } | { kind: "forged" } | TooMany;

/** An outage of the mail server so long costs nobody a mail. */
const OUTAGE_SURVIVED = HOUR;

/**
 * Asks for a mail to an address that somebody typed. Nothing is looked up: known, unknown and throttled addresses run the
 * same statements in one transaction and get the same answer. The worker finds out later whose address it is.
 */
export async function askForMail(
  core: Core,
  { purpose, typed }: { purpose: AskPurpose; typed: string },
  visitor: Visitor,
): Promise<Asked> {
  const settled = settleEmail(typed);
  if (settled.kind !== "address") return settled;
  const { email } = settled;
  const lifetimeMs = requestLifetime(core, purpose);

  const asked = await core.database.together(
    async (tx): Promise<Asked> => {
      const now = core.clock();
      const tooMany = await countAsking(core, tx, visitor);
      if (tooMany) return tooMany;
      const [request, within] = await Promise.all([
        open(tx, { purpose, email, lifetimeMs, brought: visitor.request }, now),
        countMail(core, tx, { purpose, email }),
      ]);
      await queueMail(core, tx, { purpose, email, request: request.digest, within }, visitor);
      return { kind: "queued", request: request.token };
    },
    limitsOfAsking({ purpose, email }, visitor),
  );
  if (asked.kind === "queued") core.mailQueued();
  return asked;
}

/** The limits that asking counts, which a shared commit wants to know before. */
export function limitsOfAsking(asked: { purpose: AskPurpose; email: string }, visitor: Visitor): string[] {
  return [addressLimit(asked), ...limitsOfClient(visitor)];
}

function addressLimit({ purpose, email }: { purpose: AskPurpose; email: string }): string {
  return `${purpose} ${email}`;
}

/** Under what `countAsking` counts, which a shared commit wants to know before. */
export function limitsOfClient({ client }: Visitor): string[] {
  return client === null ? [] : [clientLimit(client)];
}

function clientLimit(client: string): string {
  return `asking ${clientKey(client)}`;
}

/** Counts one more mail asked for by the client. Null: within the limit, or nobody knows who asks. */
export async function countAsking(core: Core, tx: Db, visitor: Visitor): Promise<TooMany | null> {
  if (visitor.client === null) return null;
  const now = core.clock();
  const client = await count(tx, clientLimit(visitor.client), core.rules.requestsPerClient, now);
  return client.within ? null : { kind: "too-many", retryAfterMs: client.windowEndsAt - now };
}

/** Counts one more mail of this kind to the address, and says whether it is within the limit. */
export async function countMail(core: Core, tx: Db, asked: { purpose: AskPurpose; email: string }): Promise<boolean> {
  // Counted for each kind of mail: or else asking for an account in somebody's name would use up their resets.
  const { within } = await count(tx, addressLimit(asked), core.rules.mailsPerAddress, core.clock());
  return within;
}

/** Queues the mail of a request. Above the limit of its address the same row is written, only closed: the answer is the same. */
export async function queueMail(
  core: Core,
  tx: Db,
  { purpose, email, request, within }: { purpose: AskPurpose; email: string; request: string; within: boolean },
  visitor: Visitor,
): Promise<void> {
  const now = core.clock();
  const { locale, browser, client } = visitor;
  const tryForMs = linkTriedFor(core, purpose);
  await Promise.all([
    enqueue(tx, { kind: purpose, email, request, locale, data: { browser }, tryForMs, closed: !within }, now),
    record(tx, { kind: within ? "mail-asked" : "limited", email, client, browser }, now),
  ]);
}

/** How long a link works from the moment it is mailed, in milliseconds. */
export function linkLifetime({ rules }: Core, purpose: AskPurpose): number {
  switch (purpose) {
    case "password-reset":
      return rules.resetLinkMs;
    case "sign-up":
      return rules.signUpLinkMs;
    case "sign-in-link":
      return rules.signInLinkMs;
  }
}

/** A link mail is tried as long as its link would live, and through an outage besides. In milliseconds. */
export function linkTriedFor(core: Core, purpose: AskPurpose): number {
  return linkLifetime(core, purpose) + OUTAGE_SURVIVED;
}

/** Long enough for the mail to leave late and its link to live its time. In milliseconds. */
export function requestLifetime(core: Core, purpose: AskPurpose): number {
  return Math.min(REQUEST_LIVES_AT_MOST, linkTriedFor(core, purpose) + linkLifetime(core, purpose));
}
