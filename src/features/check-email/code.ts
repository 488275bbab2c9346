import type { Core, NotLetIn, Visitor } from "../../core/context.ts";
import { lockOwner } from "../../core/lock-account.ts";
import { readCode } from "../../lib/code-digits.ts";
import { type Code, type CodeKey, consume, peek } from "../../links/codes.ts";
import { type AskPurpose, linkLifetime } from "../../links/request.ts";
import { countTry, TRIES, use } from "../../links/requests-store.ts";
import { mint } from "../../links/tokens.ts";
import { requestOf } from "../../links/waiting.ts";
import { refusedCode, signInByMail } from "../sign-in-link/flow.ts";

/** What came of a code that was typed in the browser that asked for its mail. */
export type CodeTyped =
  | { kind: "done"; session: string }
  | NotLetIn
  /** The way goes on behind a link: to the new password, or to the first one. */
  | { kind: "go-on"; purpose: "password-reset" | "sign-up"; token: string }
  | { kind: "mistake" }
  | { kind: "wrong-code"; triesLeft: number }
  /** Nothing was asked for here of late, it was done already, or too many codes were wrong. */
  | { kind: "over"; why: "nothing-asked" | "used" | "too-many-tries" };

/**
 * Takes a code. It works only in the browser that asked, as often as there are tries, and for an address without account
 * everything costs and answers the same. A right one signs in, or goes on to the form behind the link. Throws HashingBusy.
 */
export async function submit(core: Core, typed: string, visitor: Visitor): Promise<CodeTyped> {
  const { query } = core.database;
  const asked = await requestOf(core, visitor);
  if (!asked) return { kind: "over", why: "nothing-asked" };
  const digits = readCode(typed);
  if (digits === null) return { kind: "mistake" };

  const request = await countTry(query, asked, core.clock());
  if (!request) return { kind: "over", why: asked.usedAt === null ? "too-many-tries" : "used" };

  const key = { request: request.digest, hash: await core.hashing.hashCode(digits, request.digest) };
  const code = await peek(query, key, core.clock());
  const done = code && (await useCode(core, key, code, visitor));
  if (done) return done;

  await refusedCode(core, request.email, visitor);
  return { kind: "wrong-code", triesLeft: TRIES - request.tries };
}

/** Null: somebody was quicker. */
async function useCode(core: Core, key: CodeKey, code: Code, visitor: Visitor): Promise<CodeTyped | null> {
  const { purpose } = code;
  switch (purpose) {
    case "sign-in-link": {
      const useUp = async (tx: Parameters<typeof consume>[0]) => (await consume(tx, key, core.clock())) !== null;
      return signInByMail(core, { ...code, request: key.request }, useUp, visitor);
    }
    case "password-reset":
    case "sign-up": {
      const token = await exchange(core, key, { ...code, purpose }, visitor);
      return token === null ? null : { kind: "go-on", purpose, token };
    }
    case "objection":
    case "address-change":
    case "address-undo":
      return null;
  }
}

/** Turns a code into a link of the same purpose: one transaction uses the code up and mints the link. */
async function exchange(
  core: Core,
  key: CodeKey,
  code: Code & { purpose: AskPurpose },
  visitor: Visitor,
): Promise<string | null> {
  const { purpose, accountId, email } = code;
  return core.database.transaction(async (tx) => {
    // A sign-up has no account yet. Without the lock, a link could be minted that a simultaneous reset has not seen.
    if (accountId !== null && !(await lockOwner(core, tx, code))) return null;
    const now = core.clock();
    if (!(await consume(tx, key, now))) return null;
    await use(tx, { digest: key.request, brought: visitor.request }, now);
    const lifetimeMs = linkLifetime(core, purpose);
    // Owed: there was one code, so there is one such link, whatever else was asked for meanwhile.
    const link = { purpose, accountId, email, lifetimeMs, request: key.request, isOwed: true };
    return (await mint(tx, link, now))?.token ?? null;
  });
}
