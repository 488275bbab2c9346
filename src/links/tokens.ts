import { sql } from "kysely";
import { type EndReason, PURPOSES, type Purpose } from "../core/purposes.ts";
import { takeAdvisoryLocks } from "../db/batching/advisory-locks.ts";
import { isPostgres, skipLocked } from "../db/engine.ts";
import { retryConflicts } from "../db/errors.ts";
import type { Db } from "../db/schema.ts";
import { DAY } from "../lib/clock.ts";
import { digest, isTokenShaped, newToken } from "../lib/secrets.ts";

/** A token as it was minted: for whom, and the address that it was mailed to. */
export interface Token {
  accountId: string | null;
  email: string;
  expiresAt: number;
  /** The digest of the request that asked for it. Null where no browser asked. */
  request: string | null;
}

/**
 * Whose links and codes: an account's, those of one purpose, or those of an address that has no account yet. "An account's"
 * leaves out its links of the purpose "email-change-undo": whoever took an account over and moved it to their own mailbox would
 * else end the owner's only way back with a reset, a change or an objection of their own. They end by their own rule, which
 * stands in address-undo.ts.
 */
export type Owner = { accountId: string; purpose?: Purpose } | { email: string; purpose: Purpose };

/** What a link is good for, seen without touching it. Times in epoch milliseconds. */
export type TokenState =
  | { kind: "live"; token: Token }
  | { kind: "expired"; at: number }
  | { kind: "ended"; reason: EndReason; at: number; email: string; request: string | null }
  | { kind: "unknown" };

/** So many links of one purpose and address may be live at a time: an older mail keeps working after "send again". */
export const MAX_LIVE_TOKENS = 5;

/** How long a dead link still knows why it is dead. */
export const ENDED_TOKENS_KEPT_FOR = 7 * DAY;

/** The key of a token's row. The purpose is part of the digest, so that a token is unknown under any other purpose. */
export function tokenDigest(purpose: Purpose, token: string): string {
  return digest(PURPOSES[purpose].digestLabel, token);
}

/** What a token is minted from. */
interface Minting {
  purpose: Purpose;
  accountId: string | null;
  email: string;
  lifetimeMs: number;
  request?: string | null;
  /** The tries of one mail, from 1. */
  attempt?: number;
  /** Not counted: what was not asked for from outside, and so cannot be asked for again and again. */
  unlimited?: boolean;
}

/**
 * Makes a token and stores its digest. Returns null where as many as may be are live already: refusing the next one,
 * rather than ending the oldest, means that nobody can kill the owner's link by asking again. A mail that
 * is tried again may have one more for each try of which nobody knows whether it arrived.
 */
export async function mintToken(
  db: Db,
  token: Minting,
  now: number,
): Promise<{ token: string; expiresAt: number } | null> {
  const secret = newToken();
  const expiresAt = now + token.lifetimeMs;
  const { purpose, accountId, email, request = null, attempt = 1, unlimited = false } = token;
  const mostBefore = unlimited ? Number.MAX_SAFE_INTEGER : MAX_LIVE_TOKENS - 1 + attempt;
  const minted = await holding(db, purpose, email, (tx) =>
    sql`
    insert into latchkey_tokens (digest, purpose, account_id, email, created_at, expires_at, request)
    select cast(${tokenDigest(purpose, secret)} as text), cast(${purpose} as text), cast(${accountId} as text),
      cast(${email} as text), cast(${now} as bigint), cast(${expiresAt} as bigint),
      cast(${request} as text)
    where (
      select count(*) from latchkey_tokens where email = ${email} and purpose = ${purpose} and expires_at > ${now}
        and account_id is not distinct from cast(${accountId} as text)
    ) < ${mostBefore}
    returning digest`.execute(tx),
  );
  return minted.rows.length === 1 ? { token: secret, expiresAt } : null;
}

/** The address's links of that purpose, as one thing to hold. */
function linksOf(purpose: Purpose, email: string): string {
  return `links ${purpose} ${email}`;
}

/** Counting and inserting must not come between the counting and inserting of another worker. */
async function holding<T>(db: Db, purpose: Purpose, email: string, mint: (tx: Db) => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return mint(db);
  const inTurn = async (tx: Db) => {
    await takeAdvisoryLocks(tx, [linksOf(purpose, email)]);
    return mint(tx);
  };
  return db.isTransaction ? inTurn(db) : retryConflicts(() => db.transaction().execute(inTurn));
}

/**
 * Whoever uses a link up goes on to end the address's other links. Two who do so at once with two links would each hold
 * what the other needs, so the second waits here. Takes nothing where the link is gone: then nothing is done with it.
 */
async function holdAddressOf(tx: Db, purpose: Purpose, key: string): Promise<void> {
  if (!isPostgres(tx)) return;
  const row = await tx.selectFrom("latchkey_tokens").select("email").where("digest", "=", key).executeTakeFirst();
  if (row) await takeAdvisoryLocks(tx, [linksOf(purpose, row.email)]);
}

/** Looks at a token and changes nothing. */
export async function findToken(db: Db, purpose: Purpose, token: string, now: number): Promise<TokenState> {
  if (!isTokenShaped(token)) return { kind: "unknown" };
  const key = tokenDigest(purpose, token);

  const row = await db
    .selectFrom("latchkey_tokens")
    .selectAll()
    .where("digest", "=", key)
    .where("purpose", "=", purpose)
    .executeTakeFirst();
  if (row && row.expires_at > now) return { kind: "live", token: toToken(row) };
  if (row) return { kind: "expired", at: row.expires_at };

  const ended = await db
    .selectFrom("latchkey_ended_tokens")
    .selectAll()
    .where("digest", "=", key)
    .where("purpose", "=", purpose)
    .executeTakeFirst();
  if (!ended) return { kind: "unknown" };
  const { email, ended_at: at, request } = ended;
  return { kind: "ended", reason: ended.reason as EndReason, at, email, request };
}

/**
 * Uses a token up, in the transaction that does the deed. One conditional statement decides, so of any number of
 * simultaneous callers one gets the token and the others null.
 */
export async function consumeToken(tx: Db, purpose: Purpose, token: string, now: number): Promise<Token | null> {
  if (!isTokenShaped(token)) return null;
  await holdAddressOf(tx, purpose, tokenDigest(purpose, token));
  const row = await tx
    .deleteFrom("latchkey_tokens")
    .where("digest", "=", tokenDigest(purpose, token))
    .where("purpose", "=", purpose)
    .where("expires_at", ">", now)
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;

  await rememberEnded(tx, [row], "used", now);
  return toToken(row);
}

/**
 * Ends every live link of its owner, as `Owner` says whose they are. One that has expired stays what it is. Not among all
 * of an account's: the old address's right to take it back, and, where its password was changed, "This wasn't me". Both
 * are there for deeds of a thief's, and let nobody in.
 */
export async function revokeTokens(tx: Db, owner: Owner, reason: EndReason, now: number): Promise<void> {
  const rows = await tx
    .deleteFrom("latchkey_tokens")
    .where("expires_at", ">", now)
    .$if("accountId" in owner, (query) => query.where("account_id", "=", (owner as { accountId: string }).accountId))
    .$if("email" in owner, (query) => query.where("email", "=", (owner as { email: string }).email))
    .$if(owner.purpose !== undefined, (query) => query.where("purpose", "=", owner.purpose ?? ""))
    .$if(owner.purpose === undefined, (query) => query.where("purpose", "!=", "email-change-undo"))
    .$if(owner.purpose === undefined && reason === "password-changed", (query) =>
      query.where("purpose", "!=", "security-alert"),
    )
    .returningAll()
    .execute();
  await rememberEnded(tx, rows, reason, now);
}

/**
 * Ends live links of these accounts, or of anybody, at most so many. Returns how many it ended. Those of the purpose
 * "email-change-undo" stay, as with `revokeAll`, unless `waysBackToo`: while an account is in other hands its reset link goes to
 * them, and this link alone to the owner.
 */
export async function revokeTokensInBatch(
  tx: Db,
  whose: { accountIds: string[] } | "anybody",
  { atMost, now, waysBackToo = false }: { atMost: number; now: number; waysBackToo?: boolean },
): Promise<number> {
  const rows = await tx
    .deleteFrom("latchkey_tokens")
    .where("digest", "in", (query) =>
      query
        .selectFrom("latchkey_tokens")
        .select("digest")
        .where("expires_at", ">", now)
        .$if(whose !== "anybody", (some) =>
          some.where("account_id", "in", (whose as { accountIds: string[] }).accountIds),
        )
        .$if(!waysBackToo, (most) => most.where("purpose", "!=", "email-change-undo"))
        .limit(atMost),
    )
    .returningAll()
    .execute();
  await rememberEnded(tx, rows, "withdrawn", now);
  return rows.length;
}

/** Takes back a token whose mail certainly did not leave, so that it does not count among the live ones. */
export async function withdrawToken(db: Db, purpose: Purpose, token: string): Promise<void> {
  await db.deleteFrom("latchkey_tokens").where("digest", "=", tokenDigest(purpose, token)).execute();
}

/** Forgets the tokens that have been dead for so long that nobody asks why any more. */
export async function purgeTokens(db: Db, now: number): Promise<void> {
  const before = now - ENDED_TOKENS_KEPT_FOR;
  const expired = db.selectFrom("latchkey_tokens").select("digest").where("expires_at", "<", before);
  await db.deleteFrom("latchkey_tokens").where("digest", "in", skipLocked(db, expired)).execute();
  const ended = db.selectFrom("latchkey_ended_tokens").select("digest").where("ended_at", "<", before);
  await db.deleteFrom("latchkey_ended_tokens").where("digest", "in", skipLocked(db, ended)).execute();
}

interface Row {
  digest: string;
  purpose: string;
  account_id: string | null;
  email: string;
  expires_at: number;
  request: string | null;
}

/** So many rows go with one statement: an engine takes some ten thousand parameters. */
const AT_ONCE = 500;

/** Keeps what links that have just been deleted say of themselves from now on. */
export async function rememberEnded(tx: Db, rows: Row[], reason: EndReason, now: number): Promise<void> {
  if (rows.length === 0) return;
  const ended = rows.map(({ digest, purpose, email, request }) => {
    return { digest, purpose, reason, email, request, ended_at: now };
  });
  for (let i = 0; i < ended.length; i += AT_ONCE) {
    await tx
      .insertInto("latchkey_ended_tokens")
      .values(ended.slice(i, i + AT_ONCE))
      .execute();
  }
}

function toToken(row: Row): Token {
  return { accountId: row.account_id, email: row.email, expiresAt: row.expires_at, request: row.request };
}
