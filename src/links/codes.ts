import type { Purpose } from "../core/purposes.ts";
import { deleteBatch } from "../db/delete-batch.ts";
import type { Db } from "../db/schema.ts";
import type { Owner } from "./tokens.ts";

/** A code that was mailed beside a link. */
export interface Code {
  purpose: Purpose;
  accountId: string | null;
  /** The address that it was mailed to. */
  email: string;
}

/** Where a code is kept: the digest of its request, and its own hash. */
export interface CodeKey {
  request: string;
  hash: string;
}

/** Keeps the hash of a code that is about to be mailed. Expiry in epoch milliseconds. */
export async function insertCode(db: Db, key: CodeKey, code: Code, expiresAt: number): Promise<void> {
  const { purpose, accountId: account_id, email } = code;
  await db
    .insertInto("latchkey_codes")
    .values({ ...key, purpose, account_id, email, expires_at: expiresAt })
    // Two mails of a request whose codes happen to be the same: either will do.
    .onConflict((conflict) => conflict.columns(["request", "hash"]).doUpdateSet({ expires_at: expiresAt }))
    .execute();
}

/** Looks at a code and changes nothing. Null: there is no such code, or its time is over. */
export async function findCode(db: Db, key: CodeKey, now: number): Promise<Code | null> {
  const row = await db
    .selectFrom("latchkey_codes")
    .selectAll()
    .where("request", "=", key.request)
    .where("hash", "=", key.hash)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row ? toCode(row) : null;
}

/** Whether any code of the request still works. */
export async function hasLiveCode(db: Db, request: string, now: number): Promise<boolean> {
  const row = await db
    .selectFrom("latchkey_codes")
    .select("hash")
    .where("request", "=", request)
    .where("expires_at", ">", now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Uses a code up, in the transaction that does the deed: of simultaneous callers one gets it and the others null. */
export async function consumeCode(tx: Db, key: CodeKey, now: number): Promise<Code | null> {
  const row = await tx
    .deleteFrom("latchkey_codes")
    .where("request", "=", key.request)
    .where("hash", "=", key.hash)
    .where("expires_at", ">", now)
    .returningAll()
    .executeTakeFirst();
  return row ? toCode(row) : null;
}

/** Ends every code of an account, of one purpose of it, or of an address that has none yet. */
export async function deleteCodes(tx: Db, owner: Owner): Promise<void> {
  await tx
    .deleteFrom("latchkey_codes")
    .$if("accountId" in owner, (query) => query.where("account_id", "=", (owner as { accountId: string }).accountId))
    .$if("email" in owner, (query) => query.where("email", "=", (owner as { email: string }).email))
    .$if(owner.purpose !== undefined, (query) => query.where("purpose", "=", owner.purpose ?? ""))
    .execute();
}

/** Ends the sign-up codes of these addresses. */
export async function deleteSignUpCodes(tx: Db, emails: string[]): Promise<void> {
  if (emails.length === 0) return;
  await tx.deleteFrom("latchkey_codes").where("email", "in", emails).where("purpose", "=", "sign-up").execute();
}

/** Ends the codes of many accounts. */
export async function deleteCodesOfAccounts(tx: Db, accountIds: string[]): Promise<void> {
  await tx.deleteFrom("latchkey_codes").where("account_id", "in", accountIds).execute();
}

/** Ends every code, whosever it is. They live for minutes, so that there are never many. */
export async function deleteAllCodes(tx: Db): Promise<void> {
  await tx.deleteFrom("latchkey_codes").execute();
}

/** Takes back a code whose mail certainly did not leave. */
export async function withdrawCode(db: Db, key: CodeKey): Promise<void> {
  await db.deleteFrom("latchkey_codes").where("request", "=", key.request).where("hash", "=", key.hash).execute();
}

/** Deletes expired codes, at most `limit`. */
export function purgeCodes(db: Db, now: number, limit: number): Promise<number> {
  return deleteBatch(db, { table: "latchkey_codes", column: "expires_at", upTo: now }, limit);
}

function toCode(row: { purpose: string; account_id: string | null; email: string }): Code {
  return { purpose: row.purpose as Purpose, accountId: row.account_id, email: row.email };
}
