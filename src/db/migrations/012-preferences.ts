import type { Kysely } from "kysely";

/** The language and the time zone of an account's owner, for emails that the owner did not request. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("latchkey_preferences")
    .addColumn("account_id", "text", (column) => column.primaryKey())
    .addColumn("locale", "text", (column) => column.notNull())
    .addColumn("time_zone", "text")
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable("latchkey_preferences").execute();
}
