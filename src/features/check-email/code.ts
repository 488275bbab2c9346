import type { Client, Core, SessionRefused } from "../../core/context.ts";
import { lockOwner } from "../../core/lock-account.ts";
import { linkLifetime, type RequestPurpose } from "../../core/purposes.ts";
import type { Db } from "../../db/schema.ts";
import { parseCode } from "../../lib/code-digits.ts";
import { type CodeAttempt, clearCodeAttempts, countCodeAttempt, refundCodeAttempt } from "../../links/code-attempts.ts";
import { type Code, type CodeKey, codeKey, consumeCode, findCode } from "../../links/codes.ts";
import { MAX_CODE_ATTEMPTS, type Origin, useRequests } from "../../links/requests-store.ts";
import { recordWrongCode, signInByEmail } from "../../links/sign-in.ts";
import { mintToken } from "../../links/tokens.ts";
import { newestOfEachPurpose, ownRequests } from "../../links/waiting.ts";
import type { StartedSession } from "../../sessions/start.ts";

/** The result of submitting a code in the browser that requested its email. */
export type CodeResult =
  | ({ kind: "done"; origin: Origin } & StartedSession)
  | SessionRefused
  /** Redirect to the form behind a link, which sets the password. */
  | { kind: "continue"; purpose: "password-reset" | "sign-up"; token: string }
  | { kind: "invalid-code" }
  | { kind: "wrong-code"; attemptsLeft: number }
  /** This browser has no live request, the request was used already, or too many codes were wrong. */
  | { kind: "over"; why: "no-request" | "used" | "too-many-tries" };

/**
 * Submits a code. It works only in the browser that requested it and within the attempt limit. It is compared with the newest
 * request of each purpose and costs each of them an attempt, right or wrong: the code of one request must not be a free guess
 * at another. Cost and answers are the same for an address without account. A right code signs in, or leads to the form
 * behind the link.
 */
export async function submitCode(core: Core, typed: string, client: Client): Promise<CodeResult> {
  const { query } = core.database;
  const own = await ownRequests(core, client);
  const [newest] = own;
  if (!newest) return { kind: "over", why: "no-request" };
  const digits = parseCode(typed);
  if (digits === null) return { kind: "invalid-code" };

  const attempts: CodeAttempt[] = [];
  for (const request of newestOfEachPurpose(own)) {
    const attempt = await countCodeAttempt(core, request);
    if (attempt) attempts.push(attempt);
  }
  if (attempts.length === 0) return { kind: "over", why: newest.usedAt === null ? "too-many-tries" : "used" };

  for (const attempt of attempts) {
    const key = codeKey(core, attempt.digest, digits);
    const code = await findCode(query, key, core.clock());
    const done = code && (await useCode(core, key, code, client));
    // The hook sent the user elsewhere first, and they come back with the same code.
    if (done?.kind === "go-to") await refundCodeAttempt(core, attempt);
    if (done) return done;
  }
  for (const { email } of attempts) await recordWrongCode(core, email, client);
  return { kind: "wrong-code", attemptsLeft: Math.max(...attempts.map((one) => MAX_CODE_ATTEMPTS - one.attempts)) };
}

/** Null: a concurrent request consumed the code first. */
async function useCode(core: Core, key: CodeKey, code: Code, client: Client): Promise<CodeResult | null> {
  const { purpose } = code;
  switch (purpose) {
    case "sign-in-link": {
      const consume = async (tx: Db, now: number) => (await consumeCode(tx, key, now)) !== null;
      return signInByEmail(core, { ...code, request: key.request }, consume, client);
    }
    case "password-reset":
    case "sign-up": {
      const token = await exchange(core, key, { ...code, purpose }, client);
      return token === null ? null : { kind: "continue", purpose, token };
    }
    case "security-alert":
    case "email-change":
    case "email-change-undo":
      return null;
  }
}

/** Exchanges a code for a link of the same purpose: one transaction consumes the code and mints the link. */
async function exchange(
  core: Core,
  key: CodeKey,
  code: Code & { purpose: RequestPurpose },
  client: Client,
): Promise<string | null> {
  const { purpose, accountId, email } = code;
  return core.database.transaction(async (tx) => {
    // A sign-up has no account yet. Without the lock, a link could be minted that a simultaneous reset has not seen.
    if (accountId !== null && !(await lockOwner(core, tx, code))) return null;
    const now = core.clock();
    if (!(await consumeCode(tx, key, now))) return null;
    await clearCodeAttempts(core, tx, { purpose, email });
    await useRequests(tx, { brought: client.request, request: key.request, email, purpose }, now);
    const lifetimeMs = linkLifetime(core, purpose);
    // Not limited: each code is exchanged for at most one link.
    const link = { purpose, accountId, email, lifetimeMs, request: key.request, unlimited: true };
    return (await mintToken(tx, link, now))?.token ?? null;
  });
}
