import { sql } from "kysely";
import type { Db } from "../../db/schema.ts";
import { newToken } from "../../lib/secrets.ts";
import { consumeToken, rememberEnded, type Token, tokenDigest } from "../../links/tokens.ts";

const PURPOSE = "email-change-undo";

/**
 * The right to undo a change of address, kept from the change on, among the links that it will be mailed as. No link opens
 * it itself: the secret behind its digest is thrown away here. Its `created_at` is its place among the changes of the
 * account, strictly later than every one before, whatever the clocks of several instances say. The account must be locked.
 */
export async function reserveUndo(
  tx: Db,
  { accountId, email }: { accountId: string; email: string },
  lifetimeMs: number,
  now: number,
): Promise<string> {
  const before = await tx
    .selectFrom("latchkey_tokens")
    .select((row) => row.fn.max("created_at").as("at"))
    .where("account_id", "=", accountId)
    .where("purpose", "=", PURPOSE)
    .executeTakeFirst();
  const right = tokenDigest(PURPOSE, newToken());
  const created_at = Math.max(now, Number(before?.at ?? 0) + 1);
  const row = { digest: right, purpose: PURPOSE, account_id: accountId, email, created_at, request: null };
  await tx
    .insertInto("latchkey_tokens")
    .values({ ...row, expires_at: now + lifetimeMs })
    .execute();
  return right;
}

/**
 * Makes the link of a right as its mail leaves. Null: the right is gone, since the change was undone by an earlier link
 * meanwhile. The account must be locked, so that a simultaneous undo either sees this link or leaves no right to it.
 */
export async function mintUndo(tx: Db, right: string, lifetimeMs: number, now: number): Promise<string | null> {
  const token = newToken();
  const minted = await sql`
    insert into latchkey_tokens (digest, purpose, account_id, email, created_at, expires_at)
    select cast(${tokenDigest(PURPOSE, token)} as text), purpose, account_id, email, created_at,
      cast(${now + lifetimeMs} as bigint)
    from latchkey_tokens where digest = ${right} and purpose = ${PURPOSE}
    returning digest`.execute(tx);
  return minted.rows.length === 1 ? token : null;
}

/**
 * Uses an undo link up, and with it every right and link of later changes: they belong to the mailboxes to which whoever
 * took the account over has moved it. Those of earlier changes stay: nobody undoes the owner's way back by using their own.
 */
export async function consumeUndo(tx: Db, token: string, now: number): Promise<Token | null> {
  const place = await tx
    .selectFrom("latchkey_tokens")
    .select("created_at")
    .where("digest", "=", tokenDigest(PURPOSE, token))
    .executeTakeFirst();
  const used = await consumeToken(tx, PURPOSE, token, now);
  if (!place || !used) return null;

  const later = await tx
    .deleteFrom("latchkey_tokens")
    .where("account_id", "=", used.accountId)
    .where("purpose", "=", PURPOSE)
    .where("created_at", ">=", place.created_at)
    .returningAll()
    .execute();
  await rememberEnded(tx, later, "replaced", now);
  return used;
}
