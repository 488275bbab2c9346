import { sql } from "kysely";
import { deleteBatch } from "../db/delete-batch.ts";
import type { Db } from "../db/schema.ts";
import { newId } from "../lib/ids.ts";
import { newToken } from "../lib/secrets.ts";
import { consumeToken, ENDED_TOKENS_KEPT_FOR, type Token, tokenDigest } from "./tokens.ts";

const PURPOSE = "email-change-undo";

/**
 * Stores an email change, with the right of the old address to undo it until `expiresAt`. The caller has locked the account.
 * Returns the id of the change.
 */
export async function insertEmailChange(
  tx: Db,
  change: { accountId: string; from: string; to: string; expiresAt: number },
  now: number,
): Promise<string> {
  const { accountId, from, to, expiresAt } = change;
  const latest = await tx
    .selectFrom("latchkey_email_changes")
    .select((row) => row.fn.max("changed_at").as("at"))
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  const id = newId(now);
  await tx
    .insertInto("latchkey_email_changes")
    .values({
      id,
      account_id: accountId,
      from_email: from,
      to_email: to,
      changed_at: Math.max(now, Number(latest?.at ?? 0) + 1),
      expires_at: expiresAt,
      undone_at: null,
    })
    .execute();
  return id;
}

/**
 * Mints the link that undoes a change, as its email leaves. Returns null if the change was undone or its right has expired.
 * The caller has locked the account, so that a concurrent undo either ends this link or is seen here.
 */
export async function mintUndo(tx: Db, changeId: string, lifetimeMs: number, now: number): Promise<string | null> {
  const token = newToken();
  const minted = await sql`
    insert into latchkey_tokens (digest, purpose, account_id, email, created_at, expires_at, email_change_id)
    select cast(${tokenDigest(PURPOSE, token)} as text), cast(${PURPOSE} as text), account_id, from_email,
      cast(${now} as bigint), cast(${now + lifetimeMs} as bigint), id
    from latchkey_email_changes where id = ${changeId} and undone_at is null and expires_at > ${now}
    returning digest`.execute(tx);
  return minted.rows.length === 1 ? token : null;
}

/**
 * Consumes an undo link and with it every later change: those addresses belong to the intruder. Earlier
 * changes stay undoable, so that an attacker's undo link cannot end the owner's. The caller has locked the account.
 */
export async function consumeUndo(tx: Db, token: string, now: number): Promise<Token | null> {
  const used = await consumeToken(tx, PURPOSE, token, now);
  if (!used || used.accountId === null) return null;
  const undone = await tx
    .updateTable("latchkey_email_changes")
    .set({ undone_at: now })
    .where("account_id", "=", used.accountId)
    .where("undone_at", "is", null)
    .where("changed_at", ">=", (query) =>
      query
        .selectFrom("latchkey_email_changes as change")
        .innerJoin("latchkey_tokens as link", "link.email_change_id", "change.id")
        .where("link.digest", "=", tokenDigest(PURPOSE, token))
        .select("change.changed_at"),
    )
    .returning("id")
    .execute();
  if (undone.length === 0) return null;

  const ids = undone.map(({ id }) => id);
  await tx
    .updateTable("latchkey_tokens")
    .set({ ended_at: now, end_reason: "replaced" })
    .where("account_id", "=", used.accountId)
    .where("ended_at", "is", null)
    .where("expires_at", ">", now)
    .where("email_change_id", "in", ids)
    .execute();
  return used;
}

/** Ends every right to undo an email change. For a restored backup, in which a used right is unused again. */
export async function expireEmailChanges(db: Db, now: number): Promise<void> {
  await db.updateTable("latchkey_email_changes").set({ expires_at: now }).where("expires_at", ">", now).execute();
}

/** Deletes changes whose right to undo expired longer than ENDED_TOKENS_KEPT_FOR ago, at most `limit`. */
export function purgeEmailChanges(db: Db, now: number, limit: number): Promise<number> {
  const upTo = now - ENDED_TOKENS_KEPT_FOR;
  return deleteBatch(db, { table: "latchkey_email_changes", column: "expires_at", upTo }, limit);
}
