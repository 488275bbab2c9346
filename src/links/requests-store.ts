import type { Purpose } from "../core/purposes.ts";
import { batchInsert } from "../db/batching/batch-insert.ts";
import { deleteBatch } from "../db/delete-batch.ts";
import type { Db } from "../db/schema.ts";
import { digest, isTokenShaped, newToken } from "../lib/secrets.ts";

/** A browser that asked for a mail and waits for it. Times in epoch milliseconds. */
export interface MailRequest {
  /** Names it in other rows; opens nothing. */
  digest: string;
  purpose: Purpose;
  /** Settled, as it was asked for; whether anybody has it is not known here. */
  email: string;
  attempts: number;
  /** When its last mail was asked for. */
  requestedAt: number;
  usedAt: number | null;
}

/** So many codes may be tried for one request, right or wrong; then it is dead. */
export const MAX_CODE_ATTEMPTS = 5;

/**
 * Notes that a browser asks for a mail, and returns the token for its cookie with the digest for other rows. A browser
 * that asks again for the same goes on with the request that it has, so that every mail it asked for stays its own.
 */
export async function openRequest(
  tx: Db,
  request: { purpose: Purpose; email: string; lifetimeMs: number; brought: string | null },
  now: number,
): Promise<{ token: string; digest: string }> {
  const { purpose, email, lifetimeMs, brought } = request;
  const expiresAt = now + lifetimeMs;
  if (brought !== null && isTokenShaped(brought)) {
    const same = await waiting(tx, brought, now)
      .set({ requested_at: now, expires_at: expiresAt })
      .where("purpose", "=", purpose)
      .where("email", "=", email)
      .returning("digest")
      .executeTakeFirst();
    if (same) return { token: brought, digest: same.digest };
  }
  const token = newToken();
  const key = digest("request", token);
  await insert(tx, {
    digest: key,
    purpose,
    email,
    attempts: 0,
    requested_at: now,
    expires_at: expiresAt,
    used_at: null,
  });
  return { token, digest: key };
}

const insert = batchInsert("latchkey_requests", [
  ...(["digest", "purpose", "email", "attempts", "requested_at", "expires_at", "used_at"] as const),
]);

/** The request behind a cookie, also one whose attempts are used up or that was used. Null: unknown or expired. */
export async function findRequest(db: Db, token: string, now: number): Promise<MailRequest | null> {
  if (!isTokenShaped(token)) return null;
  const row = await db
    .selectFrom("latchkey_requests")
    .selectAll()
    .where("digest", "=", digest("request", token))
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row ? toRequest(row) : null;
}

/**
 * Asks for another mail of the request, at least `waitMs` after the last. Its lifetime begins anew, or else it would end
 * before the mail. Null: too soon, used, or no longer there.
 */
export async function renewRequest(
  tx: Db,
  token: string,
  { waitMs, lifetimeMs }: { waitMs: number; lifetimeMs: number },
  now: number,
): Promise<MailRequest | null> {
  if (!isTokenShaped(token)) return null;
  const row = await waiting(tx, token, now)
    .set({ requested_at: now, expires_at: now + lifetimeMs })
    .where("requested_at", "<=", now - waitMs)
    .returningAll()
    .executeTakeFirst();
  return row ? toRequest(row) : null;
}

/** Counts a try before its code is looked at, so that simultaneous guesses cannot slip past. Null: there is none left. */
export async function countCodeAttempt(db: Db, key: { digest: string }, now: number): Promise<MailRequest | null> {
  const row = await db
    .updateTable("latchkey_requests")
    .set((row) => ({ attempts: row("attempts", "+", 1) }))
    .where("digest", "=", key.digest)
    .where("expires_at", ">", now)
    .where("attempts", "<", MAX_CODE_ATTEMPTS)
    .where("used_at", "is", null)
    .returningAll()
    .executeTakeFirst();
  return row ? toRequest(row) : null;
}

/** Takes a try back: it was right, and done in another browser, of which the one that asked is to see nothing. */
export async function refundCodeAttempt(tx: Db, key: { digest: string }): Promise<void> {
  await tx
    .updateTable("latchkey_requests")
    .set((row) => ({ attempts: row("attempts", "-", 1) }))
    .where("digest", "=", key.digest)
    .execute();
}

/** Whether another code of the request may be tried. */
export async function acceptsCode(db: Db, key: { digest: string }, now: number): Promise<boolean> {
  const row = await db
    .selectFrom("latchkey_requests")
    .select("digest")
    .where("digest", "=", key.digest)
    .where("expires_at", ">", now)
    .where("attempts", "<", MAX_CODE_ATTEMPTS)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The request got what it waited for, in the browser that waits for it, whose cookie is `brought`. Done in any other, it
 * goes on waiting: or else whoever asks with somebody else's address would see on their page that its owner used the mail.
 */
export async function useRequest(tx: Db, key: { digest: string; brought: string | null }, now: number): Promise<void> {
  if (key.brought === null || digest("request", key.brought) !== key.digest) return;
  await tx
    .updateTable("latchkey_requests")
    .set({ used_at: now })
    .where("digest", "=", key.digest)
    .where("used_at", "is", null)
    .execute();
}

/** Deletes expired requests, at most `limit`. */
export function purgeRequests(db: Db, now: number, limit: number): Promise<number> {
  return deleteBatch(db, { table: "latchkey_requests", column: "expires_at", upTo: now }, limit);
}

function waiting(tx: Db, token: string, now: number) {
  return tx
    .updateTable("latchkey_requests")
    .where("digest", "=", digest("request", token))
    .where("expires_at", ">", now)
    .where("attempts", "<", MAX_CODE_ATTEMPTS)
    .where("used_at", "is", null);
}

function toRequest(row: {
  digest: string;
  purpose: string;
  email: string;
  attempts: number;
  requested_at: number;
  used_at: number | null;
}): MailRequest {
  const { digest, email, attempts } = row;
  return {
    digest,
    purpose: row.purpose as Purpose,
    email,
    attempts: attempts,
    requestedAt: row.requested_at,
    usedAt: row.used_at,
  };
}
