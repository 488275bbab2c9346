import type { Client, Core, SessionRefused } from "../../core/context.ts";
import type { Db } from "../../db/schema.ts";
import { parseCode } from "../../lib/code-digits.ts";
import { countCodeAttempt, refundCodeAttempt } from "../../links/code-attempts.ts";
import { codeKey, consumeCode, hasLiveCode, findCode as peekCode } from "../../links/codes.ts";
import { type DeadLink, deadLinkResult, linkState } from "../../links/preview.ts";
import { type RequestInput, type RequestResult, requestEmail } from "../../links/request.ts";
import {
  acceptsCode,
  MAX_CODE_ATTEMPTS,
  type Origin,
  originOf,
  refundRequestAttempt,
} from "../../links/requests-store.ts";
import { recordWrongCode, signInByEmail } from "../../links/sign-in.ts";
import { consumeToken, type Token } from "../../links/tokens.ts";
import type { StartedSession } from "../../sessions/start.ts";

/** What a sign-in link shows before it is used. In every browser but the one that requested it, it needs the code of its email. */
export type SignInLinkPreview = { kind: "live"; email: string; needsCode: boolean } | { kind: "dead"; link: DeadLink };

/** The result of submitting a sign-in link. */
export type SignInLinkResult =
  | ({ kind: "done"; origin: Origin } & StartedSession)
  | { kind: "invalid-code"; email: string }
  | { kind: "wrong-code"; email: string; attemptsLeft: number }
  | SessionRefused
  | { kind: "dead"; link: DeadLink };

/** Requests a sign-in link. The answer says nothing about whether the address has an account. */
export async function request(core: Core, input: RequestInput, client: Client): Promise<RequestResult> {
  if (!core.settings.signInLinks) throw new Error("sign-in links are turned off by the option signInLinks");
  return requestEmail(core, { ...input, purpose: "sign-in-link" }, client);
}

/** Looks at a link and changes nothing. */
export async function preview(core: Core, token: string, client: Client): Promise<SignInLinkPreview> {
  const state = await linkState(core, "sign-in-link", token);
  if (state.kind !== "live") return { kind: "dead", link: state };
  const { email } = state.token;
  if (await isRequestingBrowser(core, state.token, client)) return { kind: "live", email, needsCode: false };

  const { request } = state.token;
  const hasCode = request !== null && (await acceptsAnyCode(core, request));
  return hasCode ? { kind: "live", email, needsCode: true } : { kind: "dead", link: { kind: "code-unavailable" } };
}

/**
 * Signs in by a link: with the link alone in the browser that requested it, and with the code of the same email in every
 * other, so that a mail scanner that submits forms gets no session. Throws HashingBusy.
 */
export async function complete(
  core: Core,
  { token, code }: { token: string; code: string },
  client: Client,
): Promise<SignInLinkResult> {
  const state = await linkState(core, "sign-in-link", token);
  if (state.kind !== "live") return { kind: "dead", link: state };
  const link = state.token;
  const consumeLink = async (tx: Db, now: number) => (await consumeToken(tx, "sign-in-link", token, now)) !== null;
  if (await isRequestingBrowser(core, link, client)) return end(core, { link, token, consume: consumeLink }, client);

  const { email } = link;
  const digits = parseCode(code);
  if (digits === null) return { kind: "invalid-code", email };
  const request = link.request && (await countCodeAttempt(core, { digest: link.request }));
  if (!request) return { kind: "dead", link: { kind: "code-unavailable" } };

  const key = codeKey(core, request.digest, digits);
  if (!(await peekCode(core.database.query, key, core.clock()))) {
    await recordWrongCode(core, request.email, client);
    return { kind: "wrong-code", email, attemptsLeft: MAX_CODE_ATTEMPTS - request.attempts };
  }
  const consumeBoth = async (tx: Db, now: number) => {
    const isConsumed = (await consumeLink(tx, now)) && (await consumeCode(tx, key, now)) !== null;
    if (isConsumed) await refundRequestAttempt(tx, request);
    return isConsumed;
  };
  const result = await end(core, { link, token, consume: consumeBoth }, client);
  // The hook sent the user elsewhere first, and they come back with the same code.
  if (result.kind === "go-to") await refundCodeAttempt(core, request);
  return result;
}

async function end(
  core: Core,
  { link, token, consume }: { link: Token; token: string; consume: (tx: Db, now: number) => Promise<boolean> },
  client: Client,
): Promise<SignInLinkResult> {
  return (await signInByEmail(core, link, consume, client)) ?? deadLinkResult(core, "sign-in-link", token);
}

/** Whether the request has a live code and an attempt left. */
async function acceptsAnyCode(core: Core, request: string): Promise<boolean> {
  const { query } = core.database;
  const now = core.clock();
  return (await acceptsCode(query, { digest: request }, now)) && (await hasLiveCode(query, request, now));
}

/** Whether this browser requested the link. */
async function isRequestingBrowser(core: Core, { request: digest }: Token, client: Client): Promise<boolean> {
  const key = { digest, brought: client.request };
  return (await originOf(core.database.query, key, core.clock())).isOwn;
}
