import { sql } from "kysely";
import { type EndReason, PURPOSES, type Purpose, purposesThatSurvive } from "../core/purposes.ts";
import { batching } from "../db/batching/batching.ts";
import { deleteBatch } from "../db/delete-batch.ts";
import { isPostgres } from "../db/engine.ts";
import { retryConflicts } from "../db/errors.ts";
import type { Db } from "../db/schema.ts";
import { DAY } from "../lib/clock.ts";
import { digest, isTokenShaped, newToken } from "../lib/secrets.ts";

/** A token as it was minted: its account, and the address that it was mailed to. */
export interface Token {
  accountId: string | null;
  email: string;
  expiresAt: number;
  /** The digest of the request for the email. Null if no browser requested it. */
  request: string | null;
}

/**
 * Selects links and codes: of an account, of one purpose of an account, or of an address that has no account yet. Without a
 * purpose the links that undo an email change are left out. Otherwise an attacker who moved an account to their own mailbox
 * could end the owner's only way back with a reset. These links end by their own rule, in undo-store.ts.
 */
export type Owner = { accountId: string; purpose?: Purpose } | { email: string; purpose: Purpose };

/** The state of a link. Times in epoch milliseconds. */
export type TokenState =
  | { kind: "live"; token: Token }
  /** `invitation`: it was to set the first password of an invited account. */
  | { kind: "expired"; at: number; request: string | null; invitation?: true }
  | { kind: "ended"; reason: EndReason; at: number; email: string; request: string | null }
  | { kind: "unknown" };

/** Maximum of live links per address and purpose. Older emails keep working after "send again". */
export const MAX_LIVE_TOKENS = 5;

/** Retention of a dead link, so that its page can say why it is dead. */
export const ENDED_TOKENS_KEPT_FOR = 7 * DAY;

/** The key of a token's row. The purpose is part of the digest, so that a token is unknown under any other purpose. */
export function tokenDigest(purpose: Purpose, token: string): string {
  return digest(PURPOSES[purpose].digestLabel, token);
}

/** The input of `mintToken`. */
interface NewToken {
  purpose: Purpose;
  accountId: string | null;
  email: string;
  lifetimeMs: number;
  request?: string | null;
  /** The delivery attempt of the email, from 1. */
  attempt?: number;
  /** Skips the maximum of live links. Only for emails that cannot be requested from outside. */
  unlimited?: boolean;
}

/**
 * Creates a token and stores its digest. Returns null if the maximum of live links is reached. Refusing the next link, not
 * ending the oldest, keeps an attacker from ending the owner's link by requesting more. Each further delivery attempt of an
 * email may have one more link, because the earlier ones may have arrived.
 */
export async function mintToken(
  db: Db,
  token: NewToken,
  now: number,
): Promise<{ token: string; expiresAt: number } | null> {
  const secret = newToken();
  const expiresAt = now + token.lifetimeMs;
  const { purpose, accountId, email, request = null, attempt = 1, unlimited = false } = token;
  const maxBefore = unlimited ? Number.MAX_SAFE_INTEGER : MAX_LIVE_TOKENS - 1 + attempt;
  const minted = await withAddressLock(db, purpose, email, (tx) =>
    sql`
    insert into latchkey_tokens (digest, purpose, account_id, email, created_at, expires_at, request)
    select cast(${tokenDigest(purpose, secret)} as text), cast(${purpose} as text), cast(${accountId} as text),
      cast(${email} as text), cast(${now} as bigint), cast(${expiresAt} as bigint),
      cast(${request} as text)
    where (
      select count(*) from latchkey_tokens where email = ${email} and purpose = ${purpose}
        and ended_at is null and expires_at > ${now} and account_id is not distinct from cast(${accountId} as text)
    ) < ${maxBefore}
    returning digest`.execute(tx),
  );
  return minted.rows.length === 1 ? { token: secret, expiresAt } : null;
}

/** The advisory lock of an address's links of one purpose. */
function addressLock(purpose: Purpose, email: string): string {
  return `links ${purpose} ${email}`;
}

/** Serialises the counting and inserting of concurrent workers. */
async function withAddressLock<T>(db: Db, purpose: Purpose, email: string, mint: (tx: Db) => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return mint(db);
  const locked = async (tx: Db) => {
    await batching.takeAdvisoryLocks(tx, [addressLock(purpose, email)]);
    return mint(tx);
  };
  return db.isTransaction ? locked(db) : retryConflicts(() => db.transaction().execute(locked));
}

/**
 * A transaction that consumes a link then ends the other links of the address. Two that consume two links of one address at
 * once would deadlock, so the second waits here. Locks nothing if the link does not exist.
 */
async function lockAddressOf(tx: Db, purpose: Purpose, key: string): Promise<void> {
  if (!isPostgres(tx)) return;
  const row = await tx.selectFrom("latchkey_tokens").select("email").where("digest", "=", key).executeTakeFirst();
  if (row) await batching.takeAdvisoryLocks(tx, [addressLock(purpose, row.email)]);
}

/** Reads the state of a token and changes nothing. */
export async function findToken(db: Db, purpose: Purpose, token: string, now: number): Promise<TokenState> {
  if (!isTokenShaped(token)) return { kind: "unknown" };
  const row = await db
    .selectFrom("latchkey_tokens")
    .selectAll()
    .where("digest", "=", tokenDigest(purpose, token))
    .where("purpose", "=", purpose)
    .executeTakeFirst();
  if (!row) return { kind: "unknown" };
  const { email, request, ended_at: endedAt } = row;
  if (endedAt !== null) return { kind: "ended", reason: row.end_reason as EndReason, at: endedAt, email, request };
  return row.expires_at > now
    ? { kind: "live", token: toToken(row) }
    : { kind: "expired", at: row.expires_at, request };
}

/** The account of a token in any state, or null. */
export async function accountOfToken(db: Db, purpose: Purpose, token: string): Promise<string | null> {
  const digest = tokenDigest(purpose, token);
  const row = await db
    .selectFrom("latchkey_tokens")
    .select("account_id")
    .where("digest", "=", digest)
    .executeTakeFirst();
  return row?.account_id ?? null;
}

/**
 * Consumes a token, in the transaction that does what the link is for. One conditional statement decides: of any number of
 * concurrent callers one gets the token and the others null.
 */
export async function consumeToken(tx: Db, purpose: Purpose, token: string, now: number): Promise<Token | null> {
  if (!isTokenShaped(token)) return null;
  await lockAddressOf(tx, purpose, tokenDigest(purpose, token));
  const row = await tx
    .updateTable("latchkey_tokens")
    .set(ended("used", now))
    .where("digest", "=", tokenDigest(purpose, token))
    .where("purpose", "=", purpose)
    .where("ended_at", "is", null)
    .where("expires_at", ">", now)
    .returningAll()
    .executeTakeFirst();
  return row ? toToken(row) : null;
}

/**
 * Ends every live link that `Owner` selects. Expired links stay expired. Without a purpose, the links that `purposes.ts`
 * lists for the reason survive.
 */
export async function revokeTokens(tx: Db, owner: Owner, reason: EndReason, now: number): Promise<void> {
  await tx
    .updateTable("latchkey_tokens")
    .set(ended(reason, now))
    .where("ended_at", "is", null)
    .where("expires_at", ">", now)
    .$if("accountId" in owner, (query) => query.where("account_id", "=", (owner as { accountId: string }).accountId))
    .$if("email" in owner, (query) => query.where("email", "=", (owner as { email: string }).email))
    .$if(owner.purpose !== undefined, (query) => query.where("purpose", "=", owner.purpose ?? ""))
    .$if(owner.purpose === undefined, (query) => query.where("purpose", "not in", purposesThatSurvive(reason)))
    .execute();
}

/** Whether a link of the purpose that was mailed to the address at or after `since` was used, or replaced by the use of another. */
export async function wasLinkUsed(
  db: Db,
  { purpose, email, since }: { purpose: Purpose; email: string; since: number },
): Promise<boolean> {
  const row = await db
    .selectFrom("latchkey_tokens")
    .select("digest")
    .where("email", "=", email)
    .where("purpose", "=", purpose)
    .where("created_at", ">=", since)
    .where("end_reason", "in", ["used", "replaced"])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends the live sign-up links of these addresses, which have an account by now. */
export async function revokeSignUpTokens(tx: Db, emails: string[], now: number): Promise<void> {
  if (emails.length === 0) return;
  await tx
    .updateTable("latchkey_tokens")
    .set(ended("account-created", now))
    .where("email", "in", emails)
    .where("purpose", "=", "sign-up")
    .where("ended_at", "is", null)
    .where("expires_at", ">", now)
    .execute();
}

/** Ends every live link of these accounts but those that undo an email change. Returns how many it ended. */
export async function revokeTokensOfAccounts(tx: Db, accountIds: string[], now: number): Promise<number> {
  const rows = await tx
    .updateTable("latchkey_tokens")
    .set(ended("withdrawn", now))
    .where("ended_at", "is", null)
    .where("expires_at", ">", now)
    .where("account_id", "in", accountIds)
    .where("purpose", "!=", "email-change-undo")
    .returning("digest")
    .execute();
  return rows.length;
}

/**
 * Ends the live links among the next `atMost` rows after `after` in the order of the digest. Returns how many it ended and
 * where the next batch begins; `next` is null after the last row. Walking the key needs no clock, reaches every link that
 * existed at the start, and ends however many links are minted meanwhile.
 */
export async function revokeTokensAfter(
  tx: Db,
  after: string,
  { atMost, now, includeUndo = false }: { atMost: number; now: number; includeUndo?: boolean },
): Promise<{ ended: number; next: string | null }> {
  const page = await tx
    .selectFrom("latchkey_tokens")
    .select("digest")
    .where("digest", ">", after)
    .orderBy("digest")
    .limit(atMost)
    .execute();
  const last = page.at(-1)?.digest;
  if (last === undefined) return { ended: 0, next: null };
  const rows = await tx
    .updateTable("latchkey_tokens")
    .set(ended("withdrawn", now))
    .where("digest", ">", after)
    .where("digest", "<=", last)
    .where("ended_at", "is", null)
    .where("expires_at", ">", now)
    .$if(!includeUndo, (query) => query.where("purpose", "!=", "email-change-undo"))
    .returning("digest")
    .execute();
  return { ended: rows.length, next: page.length < atMost ? null : last };
}

/** Deletes a token whose email certainly did not leave, so that it does not count as live. */
export async function withdrawToken(db: Db, purpose: Purpose, token: string): Promise<void> {
  await db.deleteFrom("latchkey_tokens").where("digest", "=", tokenDigest(purpose, token)).execute();
}

/** Deletes tokens that expired unused longer than ENDED_TOKENS_KEPT_FOR ago, at most `limit`. */
export function purgeTokens(db: Db, now: number, limit: number): Promise<number> {
  const where = sql<boolean>`ended_at is null`;
  const upTo = now - ENDED_TOKENS_KEPT_FOR - 1;
  return deleteBatch(db, { table: "latchkey_tokens", column: "expires_at", upTo, where }, limit);
}

/** Deletes tokens that ended longer than ENDED_TOKENS_KEPT_FOR ago, at most `limit`. */
export function purgeEndedTokens(db: Db, now: number, limit: number): Promise<number> {
  return deleteBatch(
    db,
    { table: "latchkey_tokens", column: "ended_at", upTo: now - ENDED_TOKENS_KEPT_FOR - 1 },
    limit,
  );
}

function ended(reason: EndReason, now: number): { ended_at: number; end_reason: EndReason } {
  return { ended_at: now, end_reason: reason };
}

function toToken(row: { account_id: string | null; email: string; expires_at: number; request: string | null }): Token {
  return { accountId: row.account_id, email: row.email, expiresAt: row.expires_at, request: row.request };
}
