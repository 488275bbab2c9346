import type { Purpose } from "../core/purposes.ts";
import { batching } from "../db/batching/batching.ts";
import { deleteBatch } from "../db/delete-batch.ts";
import type { Db } from "../db/schema.ts";
import { digest, isTokenShaped, newToken } from "../lib/secrets.ts";

/** A browser that requested an email and waits for it. Times in epoch milliseconds. */
export interface MailRequest {
  /** Identifies the request in other rows. It is not a credential. */
  digest: string;
  purpose: Purpose;
  /** The normalised address of the request. It may have no account. */
  email: string;
  attempts: number;
  /** When its last email was requested. */
  requestedAt: number;
  usedAt: number | null;
}

/** Maximum number of code attempts for one request, right or wrong. */
export const MAX_CODE_ATTEMPTS = 5;

/**
 * Records that a browser requests an email, and returns the token for its cookie and the digest for other rows. A repeated
 * request for the same address and purpose keeps its row, so that all its emails belong to this browser.
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

const insert = batching.batchInsert("latchkey_requests", [
  ...(["digest", "purpose", "email", "attempts", "requested_at", "expires_at", "used_at"] as const),
]);

/** The request behind a cookie, also if its attempts are used up or it was used. Null: unknown or expired. */
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
 * Requests another email, at least `waitMs` after the last. The lifetime starts again, because the request must not expire
 * before its email. Null: too soon, used or expired.
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

/** Counts an attempt at a code before the code is checked. Null: none is left. */
export async function countRequestAttempt(db: Db, key: { digest: string }, now: number): Promise<MailRequest | null> {
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

/** Gives an attempt back: the code was right, and typed in another browser than the one that made the request. */
export async function refundRequestAttempt(tx: Db, key: { digest: string }): Promise<void> {
  await tx
    .updateTable("latchkey_requests")
    .set((row) => ({ attempts: row("attempts", "-", 1) }))
    .where("digest", "=", key.digest)
    .execute();
}

/** Whether the request accepts another code. */
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
 * Marks the request as used if the link or code was used in the browser that made the request, whose cookie is `brought`. If
 * it was used in another browser the request goes on waiting: otherwise an attacker who requests an email for a victim's
 * address would see on their page that the victim used it.
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
