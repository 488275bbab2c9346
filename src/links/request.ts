import { record } from "../audit/store.ts";
import type { Client, Core, TooManyAttempts } from "../core/context.ts";
import { linkLifetime, MAX_REQUEST_LIFETIME, type RequestPurpose } from "../core/purposes.ts";
import type { Db } from "../db/schema.ts";
import { clientIpKey } from "../lib/client-ip.ts";
import { HOUR } from "../lib/clock.ts";
import { normaliseEmail } from "../lib/email-address.ts";
import { enqueue } from "../mail/outbox.ts";
import { countLimit } from "../rate-limits/store.ts";
import { openRequest } from "./requests-store.ts";

/**
 * What came of asking for a mail. `queued` says nothing about whether anybody has the address; its `request` is for the
 * cookie by which the browser that asked is known again.
 */
export type RequestResult =
  | { kind: "queued"; request: string }
  | { kind: "invalid-email" }
  | { kind: "malformed" }
  | TooManyAttempts;

/** An outage of the mail server so long costs nobody a mail. */
const OUTAGE_SURVIVED = HOUR;

/**
 * Asks for a mail to an address that somebody typed. Nothing is looked up: known, unknown and throttled addresses run the
 * same statements in one transaction and get the same answer. The worker finds out later whose address it is.
 */
export async function requestEmail(
  core: Core,
  { purpose, typed }: { purpose: RequestPurpose; typed: string },
  client: Client,
): Promise<RequestResult> {
  const settled = normaliseEmail(typed);
  if (settled.kind !== "address") return settled;
  const { email } = settled;
  const lifetimeMs = requestLifetime(core, purpose);

  const asked = await core.database.batchTransaction(
    async (tx): Promise<RequestResult> => {
      const now = core.clock();
      const tooMany = await countRequest(core, tx, client);
      if (tooMany) return tooMany;
      const [request, within] = await Promise.all([
        openRequest(tx, { purpose, email, lifetimeMs, brought: client.request }, now),
        countEmail(core, tx, { purpose, email }),
      ]);
      await queueEmail(core, tx, { purpose, email, request: request.digest, within }, client);
      return { kind: "queued", request: request.token };
    },
    requestLimitKeys({ purpose, email }, client),
  );
  if (asked.kind === "queued") core.notifyWorker();
  return asked;
}

/** The limits that asking counts, which a shared commit wants to know before. */
export function requestLimitKeys(asked: { purpose: RequestPurpose; email: string }, client: Client): string[] {
  return [addressLimit(asked), ...clientLimitKeys(client)];
}

function addressLimit({ purpose, email }: { purpose: RequestPurpose; email: string }): string {
  return `${purpose} ${email}`;
}

/** Under what `countAsking` counts, which a shared commit wants to know before. */
export function clientLimitKeys({ ip }: Client): string[] {
  return ip === null ? [] : [clientLimit(ip)];
}

function clientLimit(ip: string): string {
  return `asking ${clientIpKey(ip)}`;
}

/** Counts one more mail asked for by the client. Null: within the limit, or nobody knows who asks. */
export async function countRequest(core: Core, tx: Db, client: Client): Promise<TooManyAttempts | null> {
  if (client.ip === null) return null;
  const now = core.clock();
  const counted = await countLimit(tx, clientLimit(client.ip), core.rules.requestsPerClient, now);
  return counted.within ? null : { kind: "too-many", retryAfterMs: counted.windowEndsAt - now };
}

/** Counts one more mail of this kind to the address, and says whether it is within the limit. */
export async function countEmail(
  core: Core,
  tx: Db,
  asked: { purpose: RequestPurpose; email: string },
): Promise<boolean> {
  // Counted for each kind of mail: or else asking for an account in somebody's name would use up their resets.
  const { within } = await countLimit(tx, addressLimit(asked), core.rules.mailsPerAddress, core.clock());
  return within;
}

/** Queues the mail of a request. Above the limit of its address the same row is written, only closed: the answer is the same. */
export async function queueEmail(
  core: Core,
  tx: Db,
  { purpose, email, request, within }: { purpose: RequestPurpose; email: string; request: string; within: boolean },
  client: Client,
): Promise<void> {
  const now = core.clock();
  const { locale, browser, ip } = client;
  const tryForMs = linkDeliveryWindow(core, purpose);
  await Promise.all([
    enqueue(tx, { kind: purpose, email, request, locale, data: { browser }, tryForMs, closed: !within }, now),
    record(tx, { kind: within ? "email-requested" : "rate-limited", email, client: ip, browser }, now),
  ]);
}

/** A link mail is tried as long as its link would live, and through an outage besides. In milliseconds. */
export function linkDeliveryWindow(core: Core, purpose: RequestPurpose): number {
  return linkLifetime(core, purpose) + OUTAGE_SURVIVED;
}

/** Long enough for the mail to leave late and its link to live its time. In milliseconds. */
export function requestLifetime(core: Core, purpose: RequestPurpose): number {
  return Math.min(MAX_REQUEST_LIFETIME, linkDeliveryWindow(core, purpose) + linkLifetime(core, purpose));
}
