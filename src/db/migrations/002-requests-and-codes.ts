import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("latchkey_requests")
    .addColumn("digest", "text", (column) => column.primaryKey())
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("tries", "integer", (column) => column.notNull())
    .addColumn("asked_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("used_at", "bigint")
    .execute();
  await index(db, "latchkey_requests", "expires_at");

  await db.schema
    .createTable("latchkey_codes")
    .addColumn("request", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("account_id", "text")
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("latchkey_codes_key", ["request", "hash"])
    .execute();
  await index(db, "latchkey_codes", "account_id");
  await index(db, "latchkey_codes", "email");
  await index(db, "latchkey_codes", "expires_at");

  for (const table of ["latchkey_tokens", "latchkey_ended_tokens", "latchkey_outbox"]) {
    await db.schema.alterTable(table).addColumn("request", "text").execute();
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ["latchkey_tokens", "latchkey_ended_tokens", "latchkey_outbox"]) {
    await db.schema.alterTable(table).dropColumn("request").execute();
  }
  await db.schema.dropTable("latchkey_codes").execute();
  await db.schema.dropTable("latchkey_requests").execute();
}

async function index(db: Kysely<unknown>, table: string, column: string): Promise<void> {
  await db.schema.createIndex(`${table}_by_${column}`).on(table).column(column).execute();
}
