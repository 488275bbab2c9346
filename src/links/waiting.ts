import type { Client, Core, TooManyAttempts } from "../core/context.ts";
import type { RequestPurpose } from "../core/purposes.ts";
import { MINUTE } from "../lib/clock.ts";
import { countEmail, countRequest, queueEmail, requestLifetime, requestLimitNames } from "./request.ts";
import { findRequest, MAX_CODE_ATTEMPTS, type MailRequest, renewRequest } from "./requests-store.ts";

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
}

/** The result of sending the email again. */
export type ResendResult =
  /** `request` is for the cookie, whose lifetime starts again together with that of the request. */
  | { kind: "queued"; request: string }
  | { kind: "too-soon"; waiting: PendingRequest }
  | { kind: "no-request" }
  | TooManyAttempts;

/** The email that the browser waits for, or null if it has no live request. */
export async function pendingRequest(core: Core, client: Client): Promise<PendingRequest | null> {
  const request = await findPendingRequest(core, client);
  return request && toPendingRequest(core, request);
}

/** The live request of the browser, or null. Requests for sign-in links do not count while sign-in links are disabled. */
export async function findPendingRequest(core: Core, client: Client): Promise<MailRequest | null> {
  if (client.request === null) return null;
  const request = await findRequest(core.database.query, client.request, core.clock());
  return request?.purpose === "sign-in-link" && !core.settings.signInLinks ? null : request;
}

/** Queues the email again, for the same address and request. Earlier emails keep working. */
export async function resend(core: Core, client: Client): Promise<ResendResult> {
  const { request: token } = client;
  const asked = await findPendingRequest(core, client);
  if (token === null || !asked) return { kind: "no-request" };
  const purpose = asked.purpose as RequestPurpose;
  const times = { waitMs: SEND_AGAIN_AFTER, lifetimeMs: requestLifetime(core, purpose) };

  const sent = await core.database.batchTransaction(
    async (tx): Promise<ResendResult | "not-renewed"> => {
      const now = core.clock();
      const tooMany = await countRequest(core, tx, { client, now });
      if (tooMany) return tooMany;
      const request = await renewRequest(tx, token, times, now);
      if (!request) return "not-renewed";
      const { email, digest } = request;
      const within = await countEmail(core, tx, { purpose, email, now });
      await queueEmail(core, tx, { purpose, email, request: digest, within, now }, client);
      return { kind: "queued", request: token };
    },
    requestLimitNames(core, { purpose, email: asked.email }, client),
  );
  if (sent !== "not-renewed") {
    if (sent.kind === "queued") core.notifyWorker();
    return sent;
  }

  const waiting = await pendingRequest(core, client);
  return waiting && waiting.attemptsLeft > 0 ? { kind: "too-soon", waiting } : { kind: "no-request" };
}

function toPendingRequest(core: Core, { purpose, email, attempts, requestedAt, usedAt }: MailRequest): PendingRequest {
  const waitMs = Math.max(0, requestedAt + SEND_AGAIN_AFTER - core.clock());
  return {
    purpose: purpose as RequestPurpose,
    email,
    waitMs,
    attemptsLeft: usedAt === null ? MAX_CODE_ATTEMPTS - attempts : 0,
  };
}
