import type { SignInMethod } from "../core/context.ts";
import { batching } from "../db/batching/batching.ts";
import { deleteBatch } from "../db/delete-batch.ts";
import type { Db } from "../db/schema.ts";
import { browserWords } from "../i18n/browser.ts";
import { DAY, MINUTE } from "../lib/clock.ts";
import { newId } from "../lib/ids.ts";
import { digest, isTokenShaped, newToken } from "../lib/secrets.ts";

/** A session of one browser. Times in epoch milliseconds. */
export interface Session {
  /** Names the session on the account page. It is not a credential. */
  id: string;
  accountId: string;
  method: SignInMethod;
  browser: string;
  createdAt: number;
  lastSeenAt: number;
}

export const SESSION_LIFETIME = 30 * DAY;
export const SESSION_IDLE = 14 * DAY;

/** Maximum of live sessions per account. Starting one more ends the one that was seen longest ago. */
export const MAX_SESSIONS = 100;

/** `last_seen_at` is updated at most this often, so that most page views do not write. */
const SEEN_EVERY = 5 * MINUTE;

/** Starts a session and returns its token, 256 random bits. Only the digest is stored. */
export async function insertSession(
  tx: Db,
  session: { accountId: string; method: SignInMethod; browser: string },
  now: number,
): Promise<string> {
  const token = newToken();
  await deleteOldestSessions(tx, session.accountId, MAX_SESSIONS - 1);
  await tx
    .insertInto("latchkey_sessions")
    .values({
      digest: digest("session", token),
      id: newId(now),
      account_id: session.accountId,
      method: session.method,
      browser: session.browser,
      created_at: now,
      last_seen_at: now,
      expires_at: now + SESSION_LIFETIME,
    })
    .execute();
  return token;
}

/** Ends all sessions of the account but the `keep` that were seen last. */
async function deleteOldestSessions(tx: Db, accountId: string, keep: number): Promise<void> {
  await tx
    .deleteFrom("latchkey_sessions")
    .where("digest", "in", (query) =>
      query
        .selectFrom("latchkey_sessions")
        .select("digest")
        .where("account_id", "=", accountId)
        .orderBy("last_seen_at", "desc")
        .orderBy("digest")
        .limit(Number.MAX_SAFE_INTEGER)
        .offset(keep),
    )
    .execute();
}

/** The live session behind a cookie, or null. */
export async function findSession(db: Db, token: string, now: number): Promise<Session | null> {
  if (!isTokenShaped(token)) return null;
  const row = await byDigest(db, { key: digest("session", token), now });
  if (!row) return null;

  if (row.last_seen_at < now - SEEN_EVERY) {
    await db.updateTable("latchkey_sessions").set({ last_seen_at: now }).where("digest", "=", row.digest).execute();
  }
  return toSession(row);
}

/** The live sessions of an account, at most `MAX_SESSIONS`, the last seen first. */
export async function listLiveSessions(db: Db, accountId: string, now: number): Promise<Session[]> {
  const rows = await byAccount(db, { key: accountId, now });
  return rows.map(toSession);
}

/** Ends the session behind a cookie. Returns it, or null if there was none. */
export async function deleteSession(db: Db, token: string): Promise<Session | null> {
  if (!isTokenShaped(token)) return null;
  const row = await db
    .deleteFrom("latchkey_sessions")
    .where("digest", "=", digest("session", token))
    .returningAll()
    .executeTakeFirst();
  return row ? toSession(row) : null;
}

/** Ends one session of the account, by the id that its page shows, and returns it. Another account's id ends nothing: null. */
export async function deleteSessionById(db: Db, accountId: string, id: string): Promise<Session | null> {
  // PostgreSQL refuses NUL in text with an error.
  if (id.includes("\0")) return null;
  const row = await db
    .deleteFrom("latchkey_sessions")
    .where("id", "=", id)
    .where("account_id", "=", accountId)
    .returningAll()
    .executeTakeFirst();
  return row ? toSession(row) : null;
}

/** Ends every session of the account; with `except`, all but the one of that id. Returns how many it ended. */
export async function deleteSessions(tx: Db, accountId: string, except?: string): Promise<number> {
  const rows = await tx
    .deleteFrom("latchkey_sessions")
    .where("account_id", "=", accountId)
    .$if(except !== undefined, (query) => query.where("id", "!=", except ?? ""))
    .returning("id")
    .execute();
  return rows.length;
}

/** Deletes expired sessions, at most `limit`. */
export function purgeExpiredSessions(db: Db, now: number, limit: number): Promise<number> {
  return deleteBatch(db, { table: "latchkey_sessions", column: "expires_at", upTo: now }, limit);
}

/** Deletes sessions that were idle for SESSION_IDLE, at most `limit`. */
export function purgeIdleSessions(db: Db, now: number, limit: number): Promise<number> {
  return deleteBatch(db, { table: "latchkey_sessions", column: "last_seen_at", upTo: now - SESSION_IDLE }, limit);
}

/** The key of a lookup and the time of it, in epoch milliseconds. */
interface Sought {
  key: string;
  now: number;
}

interface LiveParams {
  /** Digests or account ids, as JSON. */
  keys: string;
  now: number;
  idleSince: number;
}

/** A session is live until its lifetime or its idle timeout is over. */
const live = (db: Db, column: "digest" | "account_id", { keys, now, idleSince }: LiveParams) =>
  db
    .selectFrom("latchkey_sessions")
    .selectAll()
    .where(batching.inJson(db, column, keys))
    .where("expires_at", ">", now)
    .where("last_seen_at", ">", idleSince);

const liveByDigest = batching.prepared((db, params: LiveParams) => live(db, "digest", params));

/** The statement itself is limited: an account from before `MAX_SESSIONS` may have thousands of rows. */
const liveByAccount = batching.prepared((db, params: LiveParams) => {
  const ranked = live(db, "account_id", params).select((e) =>
    e.fn
      .agg<number>("row_number")
      .over((o) => o.partitionBy("account_id").orderBy("last_seen_at", "desc").orderBy("digest"))
      .as("position"),
  );
  return db
    .selectFrom(ranked.as("ranked"))
    .selectAll()
    .where("position", "<=", MAX_SESSIONS)
    .orderBy("last_seen_at", "desc")
    .orderBy("digest");
});

function soughtAll(sought: Sought[]) {
  const now = Math.max(...sought.map((one) => one.now));
  return { keys: JSON.stringify(sought.map(({ key }) => key)), now, idleSince: now - SESSION_IDLE };
}

const byDigest = batching.batched(async (db, sought: Sought[]) => {
  const rows = new Map((await liveByDigest(db, soughtAll(sought))).map((row) => [row.digest, row]));
  return sought.map(({ key }) => rows.get(key));
});
const byAccount = batching.batched(async (db, sought: Sought[]) => {
  const rows = Map.groupBy(await liveByAccount(db, soughtAll(sought)), (row) => row.account_id);
  return sought.map(({ key }) => rows.get(key) ?? []);
});

function toSession(row: {
  id: string;
  account_id: string;
  method: string;
  browser: string;
  created_at: number;
  last_seen_at: number;
}): Session {
  return {
    id: row.id,
    accountId: row.account_id,
    method: row.method as SignInMethod,
    browser: browserWords(row.browser),
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  };
}
