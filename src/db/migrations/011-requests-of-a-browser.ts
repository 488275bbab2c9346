import { type Kysely, sql } from "kysely";

/**
 * A browser may have several requests. Until now the digest of its cookie was the key of its only request; a cookie that was
 * set before the migration goes on identifying that request. Each request also keeps the path to open after its use.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("latchkey_requests").addColumn("cookie", "text").execute();
  await db.schema.alterTable("latchkey_requests").addColumn("next", "text").execute();
  await sql`update latchkey_requests set cookie = digest`.execute(db);
  await db.schema.createIndex("latchkey_requests_by_cookie").on("latchkey_requests").column("cookie").execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex("latchkey_requests_by_cookie").execute();
  await db.schema.alterTable("latchkey_requests").dropColumn("next").execute();
  await db.schema.alterTable("latchkey_requests").dropColumn("cookie").execute();
}
