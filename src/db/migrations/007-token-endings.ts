import { type Kysely, sql } from "kysely";

/**
 * Records the end of a link in its own row instead of moving the row to `latchkey_ended_tokens`. Indexes of live links leave
 * out ended rows, so that the rows kept for dead-link pages cost the hot paths nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("latchkey_tokens").addColumn("ended_at", "bigint").execute();
  await db.schema.alterTable("latchkey_tokens").addColumn("end_reason", "text").execute();
  // The account, the creation and the expiry of an ended link were not kept.
  await sql`
    insert into latchkey_tokens (digest, purpose, email, request, created_at, expires_at, ended_at, end_reason)
    select digest, purpose, email, request, ended_at, ended_at, ended_at, reason from latchkey_ended_tokens as ended
    where not exists (select 1 from latchkey_tokens as live where live.digest = ended.digest)`.execute(db);
  await db.schema.dropTable("latchkey_ended_tokens").execute();

  for (const column of ["account_id", "email"]) {
    await db.schema.dropIndex(`latchkey_tokens_by_${column}`).execute();
    await db.schema
      .createIndex(`latchkey_tokens_live_by_${column}`)
      .on("latchkey_tokens")
      .column(column)
      .where(sql.ref("ended_at"), "is", null)
      .execute();
  }
  await db.schema
    .createIndex("latchkey_tokens_by_ended_at")
    .on("latchkey_tokens")
    .column("ended_at")
    .where(sql.ref("ended_at"), "is not", null)
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("latchkey_ended_tokens")
    .addColumn("digest", "text", (column) => column.primaryKey())
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("ended_at", "bigint", (column) => column.notNull())
    .addColumn("request", "text")
    .execute();
  await db.schema
    .createIndex("latchkey_ended_tokens_by_ended_at")
    .on("latchkey_ended_tokens")
    .column("ended_at")
    .execute();
  await sql`
    insert into latchkey_ended_tokens (digest, purpose, reason, email, ended_at, request)
    select digest, purpose, end_reason, email, ended_at, request from latchkey_tokens
    where ended_at is not null`.execute(db);
  await sql`delete from latchkey_tokens where ended_at is not null`.execute(db);

  await db.schema.dropIndex("latchkey_tokens_by_ended_at").execute();
  for (const column of ["account_id", "email"]) {
    await db.schema.dropIndex(`latchkey_tokens_live_by_${column}`).execute();
    await db.schema.createIndex(`latchkey_tokens_by_${column}`).on("latchkey_tokens").column(column).execute();
  }
  for (const column of ["ended_at", "end_reason"]) {
    await db.schema.alterTable("latchkey_tokens").dropColumn(column).execute();
  }
}
