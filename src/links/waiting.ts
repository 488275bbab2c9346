import type { Core, TooMany, Visitor } from "../core/context.ts";
import { MINUTE } from "../lib/clock.ts";
import { type AskPurpose, countAsking, countMail, limitsOfAsking, queueMail, requestLifetime } from "./request.ts";
import { again, find, type MailRequest, TRIES } from "./requests-store.ts";

/** So long somebody waits before they may have a mail sent again. */
const SEND_AGAIN_AFTER = MINUTE;

/** What a browser waits for that asked for a mail. */
export interface Waiting {
  purpose: AskPurpose;
  /** As it was asked for; whether anybody has it is not known. */
  email: string;
  /** Until another mail may be asked for, in milliseconds. */
  waitMs: number;
  /** How many codes may still be tried. 0 once the request got what it waited for. */
  triesLeft: number;
}

/** What came of asking for the mail once more. */
export type SentAgain =
  /** `request` is for the cookie, which lives as long as the request, and that begins anew. */
  { kind: "queued"; request: string } | { kind: "too-soon"; waiting: Waiting } | { kind: "nothing-asked" } | TooMany;

/** What the browser waits for, or null where it asked for nothing of late. */
export async function waitingFor(core: Core, visitor: Visitor): Promise<Waiting | null> {
  const request = await requestOf(core, visitor);
  return request && toWaiting(core, request);
}

/** The request that the browser waits for, or null. Where sign-in links are switched off, one for them is no more. */
export async function requestOf(core: Core, visitor: Visitor): Promise<MailRequest | null> {
  if (visitor.request === null) return null;
  const request = await find(core.database.query, visitor.request, core.clock());
  return request?.purpose === "sign-in-link" && !core.rules.signInLinks ? null : request;
}

/** Has the mail sent once more, to the same address and from the same request: every mail of it goes on working. */
export async function sendAgain(core: Core, visitor: Visitor): Promise<SentAgain> {
  const { request: token } = visitor;
  const asked = await requestOf(core, visitor);
  if (token === null || !asked) return { kind: "nothing-asked" };
  const purpose = asked.purpose as AskPurpose;
  const times = { waitMs: SEND_AGAIN_AFTER, lifetimeMs: requestLifetime(core, purpose) };

  const sent = await core.database.together(
    async (tx): Promise<SentAgain | null> => {
      const tooMany = await countAsking(core, tx, visitor);
      if (tooMany) return tooMany;
      const request = await again(tx, token, times, core.clock());
      if (!request) return null;
      const { email, digest } = request;
      const within = await countMail(core, tx, { purpose, email });
      await queueMail(core, tx, { purpose, email, request: digest, within }, visitor);
      return { kind: "queued", request: token };
    },
    limitsOfAsking({ purpose, email: asked.email }, visitor),
  );
  if (sent?.kind === "queued") core.mailQueued();
  if (sent) return sent;

  const waiting = await waitingFor(core, visitor);
  return waiting && waiting.triesLeft > 0 ? { kind: "too-soon", waiting } : { kind: "nothing-asked" };
}

function toWaiting(core: Core, { purpose, email, tries, askedAt, usedAt }: MailRequest): Waiting {
  const waitMs = Math.max(0, askedAt + SEND_AGAIN_AFTER - core.clock());
  return { purpose: purpose as AskPurpose, email, waitMs, triesLeft: usedAt === null ? TRIES - tries : 0 };
}
