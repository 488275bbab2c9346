import { sql } from "kysely";
import type { Purpose, RequestPurpose } from "../core/purposes.ts";
import { batching } from "../db/batching/batching.ts";
import { deleteBatch } from "../db/delete-batch.ts";
import type { Db } from "../db/schema.ts";
import { digest, isTokenShaped, newToken } from "../lib/secrets.ts";

/** A browser that requested an email and waits for it. Times in epoch milliseconds. */
export interface MailRequest {
  /** Identifies the request in other rows. It is not a credential. */
  digest: string;
  purpose: RequestPurpose;
  /** The normalised address of the request. It may have no account. */
  email: string;
  attempts: number;
  /** When its last email was requested. */
  requestedAt: number;
  usedAt: number | null;
  /** The path to open after the link or code was used. Check it again before use. */
  next: string | null;
}

/** Maximum number of code attempts for one request, right or wrong. */
export const MAX_CODE_ATTEMPTS = 5;

/** How many requests of one browser are looked at. */
const MAX_OWN_REQUESTS = 5;

/** The request behind an email, and whether the cookie of this browser made it. */
interface RequestKey {
  digest: string;
  /** The token from the cookie, or null. */
  brought: string | null;
}

/**
 * Records that a browser requests an email, and returns the token for its cookie and the digest for other rows. The cookie
 * stays the same for all requests of a browser, so that two tabs cannot lose each other's. A repeated request for the same
 * address and purpose keeps its row, so that all its emails belong to one request.
 */
export async function openRequest(
  tx: Db,
  request: { purpose: RequestPurpose; email: string; lifetimeMs: number; next: string | null; brought: string | null },
  now: number,
): Promise<{ token: string; digest: string }> {
  const { purpose, email, lifetimeMs, next, brought } = request;
  const expiresAt = now + lifetimeMs;
  const token = brought !== null && isTokenShaped(brought) ? brought : newToken();
  const cookie = cookieDigest(token);
  const before = token === brought ? await equalRequests(tx, { cookie, purpose, email }) : [];
  if (before.length > 0) {
    const same = await waiting(tx, { digests: before, cookie }, now)
      .set({ requested_at: now, expires_at: expiresAt, ...(next === null ? {} : { next }) })
      .returning("digest")
      .executeTakeFirst();
    if (same) return { token, digest: same.digest };
  }
  // Follows from the requests before it: two equal ones at the same moment are one row, and their emails have one request.
  const key = digest("browser request", [token, purpose, email, ...before].join("\n"));
  await insert(tx, {
    digest: key,
    cookie,
    purpose,
    email,
    attempts: 0,
    requested_at: now,
    expires_at: expiresAt,
    used_at: null,
    next,
  });
  return { token, digest: key };
}

const insert = batching.batchInsert(
  "latchkey_requests",
  [
    ...(["digest", "cookie", "purpose", "email", "attempts"] as const),
    ...(["requested_at", "expires_at", "used_at", "next"] as const),
  ],
  { keepExisting: true },
);

/** Every request of a browser for a purpose and an address, in whatever state. */
async function equalRequests(
  db: Db,
  { cookie, purpose, email }: { cookie: string; purpose: RequestPurpose; email: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom("latchkey_requests")
    .select("digest")
    .where("cookie", "=", cookie)
    .where("purpose", "=", purpose)
    .where("email", "=", email)
    .orderBy("digest")
    .execute();
  return rows.map(({ digest }) => digest);
}

/** 0 for a request that accepts a code; 1 after its use or its last attempt. */
const isOver = sql<number>`case when used_at is null and attempts < ${sql.lit(MAX_CODE_ATTEMPTS)} then 0 else 1 end`;

/** The requests of the browser with this cookie, at most five: first those that accept a code, newest first, then the others. */
export async function requestsOf(db: Db, brought: string | null, now: number): Promise<MailRequest[]> {
  if (brought === null || !isTokenShaped(brought)) return [];
  const rows = await db
    .selectFrom("latchkey_requests")
    .selectAll()
    .where("cookie", "=", cookieDigest(brought))
    .where("expires_at", ">", now)
    .orderBy(isOver)
    .orderBy("requested_at", "desc")
    .limit(MAX_OWN_REQUESTS)
    .execute();
  return rows.map(toRequest);
}

/** Whether the request accepts a code. */
export function isWaiting({ attempts, usedAt }: MailRequest): boolean {
  return usedAt === null && attempts < MAX_CODE_ATTEMPTS;
}

/** What a link or code has to do with the browser that uses it: whether it made the request, and where it was going. */
export interface Origin {
  /** True if this browser made the request. */
  isOwn: boolean;
  /** The path to open afterwards. Check it again before use. */
  next: string | null;
}

/** The origin of a link or code. A request that has expired, or none, is not this browser's. */
export async function originOf(
  db: Db,
  { digest: key, brought }: { digest: string | null; brought: string | null },
  now: number,
): Promise<Origin> {
  const row =
    key === null
      ? undefined
      : await db
          .selectFrom("latchkey_requests")
          .select(["cookie", "next"])
          .where("digest", "=", key)
          .where("expires_at", ">", now)
          .executeTakeFirst();
  if (!row) return { isOwn: false, next: null };
  return { isOwn: brought !== null && row.cookie === cookieDigest(brought), next: row.next };
}

/**
 * Requests another email, at least `waitMs` after the last. The lifetime starts again, because the request must not expire
 * before its email. Null: too soon, used or expired.
 */
export async function renewRequest(
  tx: Db,
  { digest, brought }: RequestKey,
  { waitMs, lifetimeMs }: { waitMs: number; lifetimeMs: number },
  now: number,
): Promise<MailRequest | null> {
  if (brought === null) return null;
  const row = await waiting(tx, { digests: [digest], cookie: cookieDigest(brought) }, now)
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
 * Marks requests of this browser, whose cookie is `brought`, as used: the one behind the link or code, and every other for
 * the address, whose links and codes ended with it. Without a purpose those of every purpose. In another browser a request
 * goes on waiting: otherwise an attacker who requests an email for a victim's address would see on their page that the
 * victim used it.
 */
export async function useRequests(
  tx: Db,
  used: { brought: string | null; request: string | null; email: string; purpose?: Purpose },
  now: number,
): Promise<void> {
  if (used.brought === null) return;
  await tx
    .updateTable("latchkey_requests")
    .set({ used_at: now })
    .where("cookie", "=", cookieDigest(used.brought))
    .where("used_at", "is", null)
    .where(({ eb, and, or }) =>
      or([
        eb("digest", "=", used.request ?? ""),
        and([eb("email", "=", used.email), ...(used.purpose ? [eb("purpose", "=", used.purpose)] : [])]),
      ]),
    )
    .execute();
}

/** Deletes expired requests, at most `limit`. */
export function purgeRequests(db: Db, now: number, limit: number): Promise<number> {
  return deleteBatch(db, { table: "latchkey_requests", column: "expires_at", upTo: now }, limit);
}

function waiting(tx: Db, { digests, cookie }: { digests: string[]; cookie: string }, now: number) {
  return tx
    .updateTable("latchkey_requests")
    .where("digest", "in", digests)
    .where("cookie", "=", cookie)
    .where("expires_at", ">", now)
    .where("attempts", "<", MAX_CODE_ATTEMPTS)
    .where("used_at", "is", null);
}

/** What is stored of the cookie. */
function cookieDigest(token: string): string {
  return digest("request", token);
}

function toRequest(row: {
  digest: string;
  purpose: string;
  email: string;
  attempts: number;
  requested_at: number;
  used_at: number | null;
  next: string | null;
}): MailRequest {
  const { digest, email, attempts, next } = row;
  return {
    digest,
    purpose: row.purpose as RequestPurpose,
    email,
    attempts,
    requestedAt: row.requested_at,
    usedAt: row.used_at,
    next,
  };
}
