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
 * The result of requesting an email. `queued` says nothing about whether an account has the address; its `request` is for the
 * cookie that identifies the requesting browser.
 */
export type RequestResult =
  | { kind: "queued"; request: string }
  | { kind: "invalid-email" }
  | { kind: "malformed" }
  | TooManyAttempts;

/** A mail outage of this length loses no email. */
const OUTAGE_SURVIVED = HOUR;

/**
 * Requests an email to the address that was typed. No account is looked up: known, unknown and throttled addresses run the
 * same statements in one transaction and get the same response. The worker looks up the account later.
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

/** The rate-limit keys of a request, which group commit needs in advance. */
export function requestLimitKeys(asked: { purpose: RequestPurpose; email: string }, client: Client): string[] {
  return [addressLimit(asked), ...clientLimitKeys(client)];
}

function addressLimit({ purpose, email }: { purpose: RequestPurpose; email: string }): string {
  return `${purpose} ${email}`;
}

/** The rate-limit keys of `countRequest`, which group commit needs in advance. */
export function clientLimitKeys({ ip }: Client): string[] {
  return ip === null ? [] : [clientLimit(ip)];
}

function clientLimit(ip: string): string {
  return `asking ${clientIpKey(ip)}`;
}

/** Counts one more email requested by the client. Null: within the limit, or the client IP is unknown. */
export async function countRequest(core: Core, tx: Db, client: Client): Promise<TooManyAttempts | null> {
  if (client.ip === null) return null;
  const now = core.clock();
  const counted = await countLimit(tx, clientLimit(client.ip), core.rules.requestsPerClient, now);
  return counted.within ? null : { kind: "too-many", retryAfterMs: counted.windowEndsAt - now };
}

/** Counts one more email of this purpose to the address. Returns whether it is within the limit. */
export async function countEmail(
  core: Core,
  tx: Db,
  asked: { purpose: RequestPurpose; email: string },
): Promise<boolean> {
  // Counted per purpose: otherwise sign-up requests for an address would use up its password resets.
  const { within } = await countLimit(tx, addressLimit(asked), core.rules.mailsPerAddress, core.clock());
  return within;
}

/** Queues the email of a request. Above the limit of its address the same row is written, but closed: the response is the same. */
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

/** How long delivery of a link email is tried: as long as its link would live, plus an outage. In milliseconds. */
export function linkDeliveryWindow(core: Core, purpose: RequestPurpose): number {
  return linkLifetime(core, purpose) + OUTAGE_SURVIVED;
}

/** How long a request lives: delivery may be late, and its link then lives its full time. In milliseconds. */
export function requestLifetime(core: Core, purpose: RequestPurpose): number {
  return Math.min(MAX_REQUEST_LIFETIME, linkDeliveryWindow(core, purpose) + linkLifetime(core, purpose));
}
