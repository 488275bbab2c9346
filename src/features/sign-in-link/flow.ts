import { record } from "../../audit/store.ts";
import type { Core, NotLetIn, Visitor } from "../../core/context.ts";
import { lockOwner } from "../../core/lock-account.ts";
import type { Db } from "../../db/schema.ts";
import { readCode } from "../../lib/code-digits.ts";
import { consume as consumeCode, endCodes, isAnyLive, peek as peekCode } from "../../links/codes.ts";
import { mintLink } from "../../links/mint.ts";
import { queueNotice } from "../../links/notice.ts";
import { type DeadLink, linkState, whyDead } from "../../links/preview.ts";
import { type Asked, askForMail } from "../../links/request.ts";
import { countTry, find, forgetTry, TRIES, takesCode, use } from "../../links/requests-store.ts";
import { consume, revokeAll, type Token } from "../../links/tokens.ts";
import type { OutboxMail } from "../../mail/outbox.ts";
import type { PreparedMail } from "../../mail/views.ts";
import { beginSession, refusalOf } from "../../sessions/start.ts";

/** What a sign-in link shows before it is used. In any browser but the one that asked, it needs the code of its mail. */
export type LinkLook = { kind: "live"; email: string; needsCode: boolean } | { kind: "dead"; link: DeadLink };

/** What came of the button behind a sign-in link. */
export type LinkUsed =
  | { kind: "done"; session: string }
  | { kind: "mistake"; email: string }
  | { kind: "wrong-code"; email: string; triesLeft: number }
  | NotLetIn
  | { kind: "dead"; link: DeadLink };

/** Somebody asks for a link to sign in by. The answer says nothing about whether the address has an account. */
export async function request(core: Core, typed: string, visitor: Visitor): Promise<Asked> {
  if (!core.rules.signInLinks) throw new Error("Sign-in links are switched off.");
  return askForMail(core, { purpose: "sign-in-link", typed }, visitor);
}

/** Makes the mail as it leaves. */
export async function prepareMail(core: Core, mail: OutboxMail): Promise<PreparedMail> {
  if (!core.rules.signInLinks) return { kind: "nothing", why: "sign-in links are switched off" };
  const account = await core.accounts.findByEmail(core.database.query, mail.email);
  if (!account || account.disabled) return { kind: "nothing", why: "no account to sign in to" };

  const { id: accountId, email } = account;
  const minted = await mintLink(core, mail, { purpose: "sign-in-link", accountId, email });
  if (!minted) return { kind: "nothing", why: "enough links are live already" };
  const { withdraw, ...link } = minted;
  const browser = String(mail.data.browser);
  return {
    kind: "mail",
    to: email,
    view: { kind: "sign-in-link", browser, askedAt: mail.createdAt, ...link },
    withdraw,
  };
}

/** Looks at a link and changes nothing. */
export async function look(core: Core, token: string, visitor: Visitor): Promise<LinkLook> {
  const state = await linkState(core, "sign-in-link", token);
  if (state.kind !== "live") return { kind: "dead", link: state };
  const { email } = state.token;
  if (await isFromHere(core, state.token, visitor)) return { kind: "live", email, needsCode: false };

  const { request } = state.token;
  const hasCode = request !== null && (await isCodeTaken(core, request));
  return hasCode ? { kind: "live", email, needsCode: true } : { kind: "dead", link: { kind: "code-over" } };
}

/**
 * Signs in by a link: with one tap in the browser that asked, and with the code of the same mail in any other, so that a
 * mail scanner that presses buttons gets nothing. Throws HashingBusy.
 */
export async function finish(
  core: Core,
  { token, code }: { token: string; code: string },
  visitor: Visitor,
): Promise<LinkUsed> {
  const state = await linkState(core, "sign-in-link", token);
  if (state.kind !== "live") return { kind: "dead", link: state };
  const link = state.token;
  const useLink = async (tx: Db) => (await consume(tx, "sign-in-link", token, core.clock())) !== null;
  if (await isFromHere(core, link, visitor)) return end(core, link, useLink, visitor, token);

  const { email } = link;
  const digits = readCode(code);
  if (digits === null) return { kind: "mistake", email };
  const request = link.request && (await countTry(core.database.query, { digest: link.request }, core.clock()));
  if (!request) return { kind: "dead", link: { kind: "code-over" } };

  const key = { request: request.digest, hash: await core.hashing.hashCode(digits, request.digest) };
  if (!(await peekCode(core.database.query, key, core.clock()))) {
    await refusedCode(core, request.email, visitor);
    return { kind: "wrong-code", email, triesLeft: TRIES - request.tries };
  }
  const useBoth = async (tx: Db) => {
    const isUsed = (await useLink(tx)) && (await consumeCode(tx, key, core.clock())) !== null;
    if (isUsed) await forgetTry(tx, request);
    return isUsed;
  };
  return end(core, link, useBoth, visitor, token);
}

async function end(
  core: Core,
  link: Token,
  useUp: (tx: Db) => Promise<boolean>,
  visitor: Visitor,
  token: string,
): Promise<LinkUsed> {
  return (await signInByMail(core, link, useUp, visitor)) ?? whyDead(core, "sign-in-link", token);
}

/**
 * Signs in whoever proved that they read the account's mail. One transaction locks the account, uses up what was brought,
 * ends every other sign-in link and code, begins the session and queues the notice. Null: somebody was quicker. Where the
 * app does not say yes, nothing is used up.
 */
export async function signInByMail(
  core: Core,
  proof: { accountId: string | null; email: string; request: string | null },
  useUp: (tx: Db) => Promise<boolean>,
  visitor: Visitor,
): Promise<{ kind: "done"; session: string } | NotLetIn | null> {
  const refusal = await refusalOf(core, { id: proof.accountId, email: proof.email }, "sign-in-link", visitor);
  if (refusal) return refusal;
  const session = await core.database.transaction(async (tx) => {
    const account = await lockOwner(core, tx, proof);
    if (!account) return null;
    if (!(await useUp(tx))) return null;

    const others = { accountId: account.id, purpose: "sign-in-link" } as const;
    await revokeAll(tx, others, "replaced", core.clock());
    await endCodes(tx, others);
    if (proof.request !== null) await use(tx, { digest: proof.request, brought: visitor.request }, core.clock());
    await queueNotice(core, tx, { kind: "signed-in-by-link", account }, visitor);
    return beginSession(core, tx, account, "sign-in-link", visitor);
  });
  if (session === null) return null;
  core.mailQueued();
  return { kind: "done", session };
}

/** Notes a wrong code. */
export async function refusedCode(core: Core, email: string, { client, browser }: Visitor): Promise<void> {
  await record(core.database.query, { kind: "code-refused", email, client, browser }, core.clock());
}

/** Whether there is a code of the request, and a try left to type it. */
async function isCodeTaken(core: Core, request: string): Promise<boolean> {
  const { query } = core.database;
  const now = core.clock();
  return (await takesCode(query, { digest: request }, now)) && (await isAnyLive(query, request, now));
}

/** Whether the link was asked for in this very browser. */
async function isFromHere(core: Core, link: Token, visitor: Visitor): Promise<boolean> {
  if (visitor.request === null || link.request === null) return false;
  const request = await find(core.database.query, visitor.request, core.clock());
  return request?.digest === link.request;
}
