import { type Kysely, sql } from "kysely";

/**
 * Makes session ids unique. Version 0.1 gave the second of two concurrent submissions a session with the id of the first.
 * Of the sessions with one id the newest stays; the browsers of the others sign in again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    delete from latchkey_sessions where exists (
      select 1 from latchkey_sessions as newer
      where newer.id = latchkey_sessions.id and (newer.created_at > latchkey_sessions.created_at
        or (newer.created_at = latchkey_sessions.created_at and newer.digest > latchkey_sessions.digest))
    )`.execute(db);
  await replaceIndex(db, true);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await replaceIndex(db, false);
}

async function replaceIndex(db: Kysely<unknown>, isUnique: boolean): Promise<void> {
  await db.schema.dropIndex("latchkey_sessions_by_id").execute();
  await db.schema
    .createIndex("latchkey_sessions_by_id")
    .on("latchkey_sessions")
    .column("id")
    .$call((index) => (isUnique ? index.unique() : index))
    .execute();
}
