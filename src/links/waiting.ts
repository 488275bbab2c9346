import type { Client, Core, TooManyAttempts } from "../core/context.ts";
import type { RequestPurpose } from "../core/purposes.ts";
import { MINUTE } from "../lib/clock.ts";
import { countEmail, countRequest, queueEmail, requestLifetime, requestLimitNames } from "./request.ts";
import { isWaiting, MAX_CODE_ATTEMPTS, type MailRequest, renewRequest, requestsOf } from "./requests-store.ts";

/** How long a browser waits before the email can be sent again. */
const SEND_AGAIN_AFTER = MINUTE;

/** The email that a browser waits for. */
export interface PendingRequest {
  purpose: RequestPurpose;
  /** The address as it was requested. It may have no account. */
  email: string;
  /** Until the email can be sent again, in milliseconds. */
  waitMs: number;
  /** How many codes are still accepted. 0 if the request was used. */
  attemptsLeft: number;
  /** The path to open after its use. Check it again before use. */
  next: string | null;
}

/** The result of sending the email again. */
export type ResendResult =
  /** `request` is for the cookie, whose lifetime starts again together with that of the request. */
  | { kind: "queued"; request: string }
  | { kind: "too-soon"; waiting: PendingRequest }
  | { kind: "no-request" }
  | TooManyAttempts;

/** The newest email that the browser waits for, or else the newest that it is done with. Null: it has no request. */
export async function pendingRequest(core: Core, client: Client): Promise<PendingRequest | null> {
  const [newest] = await ownRequests(core, client);
  return newest ? toPendingRequest(core, newest) : null;
}

/**
 * The requests of the browser: first those that wait, newest first, then those that are done. Requests for sign-in links do
 * not count while sign-in links are disabled.
 */
export async function ownRequests(core: Core, client: Client): Promise<MailRequest[]> {
  const own = await requestsOf(core.database.query, client.request, core.clock());
  return own.filter(({ purpose }) => purpose !== "sign-in-link" || core.settings.signInLinks);
}

/** The newest waiting request of each purpose. A typed code may be that of any of them. */
export function newestOfEachPurpose(own: MailRequest[]): MailRequest[] {
  const waiting = own.filter(isWaiting);
  return waiting.filter((request, at) => waiting.findIndex(({ purpose }) => purpose === request.purpose) === at);
}

/** Which of its emails a browser wants again; the page that it was asked on may be older than another request. */
export interface Wanted {
  purpose?: string | undefined;
  email?: string | undefined;
}

/** Queues an email again, for the same address and request: the wanted one, or the newest. Earlier emails keep working. */
export async function resend(
  core: Core,
  client: Client,
  { purpose: what, email: to }: Wanted = {},
): Promise<ResendResult> {
  const own = await ownRequests(core, client);
  const asked = own.find(({ purpose, email }) => purpose === what && email === to) ?? own[0];
  if (client.request === null || !asked) return { kind: "no-request" };
  const { digest, purpose, email } = asked;
  const token = client.request;
  const times = { waitMs: SEND_AGAIN_AFTER, lifetimeMs: requestLifetime(core, purpose) };

  const sent = await core.database.batchTransaction(
    async (tx): Promise<ResendResult | "not-renewed"> => {
      const now = core.clock();
      const tooMany = await countRequest(core, tx, { client, now });
      if (tooMany) return tooMany;
      if (!(await renewRequest(tx, { digest, brought: token }, times, now))) return "not-renewed";
      const within = await countEmail(core, tx, { purpose, email, now });
      await queueEmail(core, tx, { purpose, email, request: digest, within, now }, client);
      return { kind: "queued", request: token };
    },
    requestLimitNames(core, { purpose, email }, client),
  );
  if (sent !== "not-renewed") {
    if (sent.kind === "queued") core.notifyWorker();
    return sent;
  }

  const waiting = (await ownRequests(core, client)).find((request) => request.digest === digest);
  return waiting && isWaiting(waiting)
    ? { kind: "too-soon", waiting: toPendingRequest(core, waiting) }
    : { kind: "no-request" };
}

function toPendingRequest(core: Core, request: MailRequest): PendingRequest {
  const { purpose, email, attempts, requestedAt, usedAt, next } = request;
  const waitMs = Math.max(0, requestedAt + SEND_AGAIN_AFTER - core.clock());
  return { purpose, email, waitMs, attemptsLeft: usedAt === null ? MAX_CODE_ATTEMPTS - attempts : 0, next };
}
