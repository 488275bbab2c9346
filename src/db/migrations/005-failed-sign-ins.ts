import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("latchkey_failed_sign_ins")
    .addColumn("email", "text", (column) => column.primaryKey())
    .addColumn("failures", "integer", (column) => column.notNull())
    .addColumn("last_failed_at", "bigint", (column) => column.notNull())
    .addColumn("failed_before_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex("latchkey_failed_sign_ins_by_last_failed_at")
    .on("latchkey_failed_sign_ins")
    .column("last_failed_at")
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable("latchkey_failed_sign_ins").execute();
}
