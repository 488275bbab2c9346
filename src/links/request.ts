import { recordEvent } from "../audit/store.ts";
import type { Client, Core, TooManyAttempts } from "../core/context.ts";
import { linkLifetime, MAX_REQUEST_LIFETIME, type RequestPurpose } from "../core/purposes.ts";
import type { Db } from "../db/schema.ts";
import { HOUR } from "../lib/clock.ts";
import { baseAddress, normaliseEmail } from "../lib/email-address.ts";
import { enqueue } from "../mail/outbox.ts";
import { clientLimits, countClient } from "../rate-limits/client-limits.ts";
import { countLimit } from "../rate-limits/store.ts";
import { openRequest } from "./requests-store.ts";

/** How many times the limit of one address all sub-addresses of a mailbox have together. */
const SUB_ADDRESSES = 3;

/**
 * The result of requesting an email. `queued` says nothing about whether an account has the address; its `request` is for the
 * cookie that identifies the requesting browser.
 */
export type RequestResult =
  | { kind: "queued"; request: string }
  | { kind: "invalid-email" }
  | { kind: "malformed" }
  | TooManyAttempts;

/** What a form that requests an email holds. */
export interface RequestInput {
  /** The address as it was typed. */
  email: string;
  /** The path to open after the link or code was used. Null: the account page. */
  next?: string | null;
}

/** A mail outage of this length loses no email. */
const OUTAGE_SURVIVED = HOUR;

/**
 * Requests an email to the address that was typed. No account is looked up: known, unknown and throttled addresses run the
 * same statements in one transaction and get the same response. The worker looks up the account later.
 */
export async function requestEmail(
  core: Core,
  { purpose, email: typed, next = null }: RequestInput & { purpose: RequestPurpose },
  client: Client,
): Promise<RequestResult> {
  const settled = normaliseEmail(typed);
  if (settled.kind !== "address") return (await countMalformed(core, client)) ?? settled;
  const { email } = settled;
  const lifetimeMs = requestLifetime(core, purpose);

  const asked = await core.database.batchTransaction(
    async (tx): Promise<RequestResult> => {
      const now = core.clock();
      const tooMany = await countRequest(core, tx, { client, now });
      if (tooMany) return tooMany;
      const [request, within] = await Promise.all([
        openRequest(tx, { purpose, email, lifetimeMs, next, brought: client.request }, now),
        countEmail(core, tx, { purpose, email, now }),
      ]);
      await queueEmail(core, tx, { purpose, email, request: request.digest, within, now }, client);
      return { kind: "queued", request: request.token };
    },
    requestLimitNames(core, { purpose, email }, client),
  );
  if (asked.kind === "queued") core.notifyWorker();
  return asked;
}

/** Counts a request that is malformed or has no usable address against its client: looking at it costs work too. */
export async function countMalformed(core: Core, client: Client): Promise<TooManyAttempts | null> {
  if (client.ip === null) return null;
  const now = core.clock();
  const count = async (tx: Db) => ({ tooMany: await countRequest(core, tx, { client, now }) });
  return (await core.database.batchTransaction(count, clientLimitNames(core, client))).tooMany;
}

/** The names of the limits that a request counts under, for the lock order of a shared commit. */
export function requestLimitNames(
  core: Core,
  asked: { purpose: RequestPurpose; email: string },
  client: Client,
): string[] {
  return [...addressLimits(core, asked).map(({ key }) => key.name), ...clientLimitNames(core, client)];
}

/**
 * Emails of one kind to an address. A sub-address (`anna+shop@…`) counts under its base address (`anna@…`) too, at a higher
 * rate, because it may reach the same mailbox. Emails to the base address itself count only under their own limit: they are
 * never refused because of sub-addresses, whatever the provider makes of the `+`.
 */
function addressLimits({ keys, settings }: Core, { purpose, email }: { purpose: RequestPurpose; email: string }) {
  const rate = settings.mailsPerAddress;
  const own = { key: keys.limit(purpose, email), rate };
  const base = baseAddress(email);
  if (base === email) return [own];
  return [
    own,
    { key: keys.limit(`sub-addresses ${purpose}`, base), rate: { ...rate, count: rate.count * SUB_ADDRESSES } },
  ];
}

/** The names of the limits that `countRequest` counts under. */
export function clientLimitNames(core: Core, client: Client): string[] {
  return requestLimitsOf(core, client).map(({ key }) => key.name);
}

function requestLimitsOf({ keys, settings }: Core, { ip }: Client) {
  return clientLimits(keys, "asking", ip, settings.requestsPerClient);
}

/** Counts one more email request of the client. Null: within the limit, or the client IP is not known. */
export async function countRequest(
  core: Core,
  tx: Db,
  { client, now }: { client: Client; now: number },
): Promise<TooManyAttempts | null> {
  const counted = await countClient(tx, requestLimitsOf(core, client), now);
  return counted.within ? null : { kind: "too-many", retryAfterMs: counted.windowEndsAt - now };
}

/** Counts one more email of this purpose to the address. Returns whether it is within the limit. */
export async function countEmail(
  core: Core,
  tx: Db,
  asked: { purpose: RequestPurpose; email: string; now: number },
): Promise<boolean> {
  // Counted for each kind: otherwise sign-up requests for an address would use up its resets.
  const counted = await Promise.all(
    addressLimits(core, asked).map(({ key, rate }) => countLimit(tx, key, rate, asked.now)),
  );
  return counted.every(({ within }) => within);
}

/** Queues the email of a request. Above the limit of its address the same row is written, but closed: the response is the same. */
export async function queueEmail(
  core: Core,
  tx: Db,
  asked: { purpose: RequestPurpose; email: string; request: string; within: boolean; now: number },
  client: Client,
): Promise<void> {
  const { purpose, email, request, within, now } = asked;
  const { locale, browser, timeZone } = client;
  const tryForMs = linkDeliveryWindow(core, purpose);
  await Promise.all([
    enqueue(tx, { kind: purpose, email, request, locale, data: { browser, timeZone }, tryForMs, closed: !within }, now),
    recordEvent(tx, { kind: within ? "email-requested" : "rate-limited", account: { id: null, email }, now }, client),
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
