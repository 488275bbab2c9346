import type { Core } from "../core/context.ts";
import type { Purpose } from "../core/purposes.ts";
import { deleteBatch } from "../db/delete-batch.ts";
import type { Db } from "../db/schema.ts";
import type { Owner } from "./tokens.ts";

/** A code that was emailed together with a link. */
export interface Code {
  purpose: Purpose;
  accountId: string | null;
  /** The address that it was emailed to. */
  email: string;
}

/** Identifies a code: the digest of its request, and its own digests under every secret key, newest first. */
export interface CodeKey {
  request: string;
  digests: readonly string[];
}

/** The key of a code that was typed, or is about to be emailed. */
export function codeKey({ keys }: Core, request: string, digits: string): CodeKey {
  return { request, digests: keys.code(request, digits) };
}

/** Stores the digest of a code that is about to be emailed. Expiry in epoch milliseconds. */
export async function insertCode(db: Db, key: CodeKey, code: Code, expiresAt: number): Promise<void> {
  const { purpose, accountId: account_id, email } = code;
  await db
    .insertInto("latchkey_codes")
    .values({ request: key.request, hash: key.digests[0] ?? "", purpose, account_id, email, expires_at: expiresAt })
    // Two emails of a request may carry the same code by chance.
    .onConflict((conflict) => conflict.columns(["request", "hash"]).doUpdateSet({ expires_at: expiresAt }))
    .execute();
}

/** Returns a live code without changing anything. Null: unknown or expired. */
export async function findCode(db: Db, key: CodeKey, now: number): Promise<Code | null> {
  const row = await db
    .selectFrom("latchkey_codes")
    .selectAll()
    .where("request", "=", key.request)
    .where("hash", "in", key.digests)
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

/** Consumes a code, in the transaction that does the operation. Of concurrent callers one gets it and the others null. */
export async function consumeCode(tx: Db, key: CodeKey, now: number): Promise<Code | null> {
  const row = await tx
    .deleteFrom("latchkey_codes")
    .where("request", "=", key.request)
    .where("hash", "in", key.digests)
    .where("expires_at", ">", now)
    .returningAll()
    .executeTakeFirst();
  return row ? toCode(row) : null;
}

/** Deletes every code of an account, of one purpose of it, or of an address without an account. */
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

/** Deletes the codes of many accounts. */
export async function deleteCodesOfAccounts(tx: Db, accountIds: string[]): Promise<void> {
  await tx.deleteFrom("latchkey_codes").where("account_id", "in", accountIds).execute();
}

/** Deletes every code. Codes live for minutes, so there are never many. */
export async function deleteAllCodes(tx: Db): Promise<void> {
  await tx.deleteFrom("latchkey_codes").execute();
}

/** Deletes a code whose email certainly did not leave. */
export async function withdrawCode(db: Db, key: CodeKey): Promise<void> {
  await db.deleteFrom("latchkey_codes").where("request", "=", key.request).where("hash", "in", key.digests).execute();
}

/** Deletes expired codes, at most `limit`. */
export function purgeCodes(db: Db, now: number, limit: number): Promise<number> {
  return deleteBatch(db, { table: "latchkey_codes", column: "expires_at", upTo: now }, limit);
}

function toCode(row: { purpose: string; account_id: string | null; email: string }): Code {
  return { purpose: row.purpose as Purpose, accountId: row.account_id, email: row.email };
}
