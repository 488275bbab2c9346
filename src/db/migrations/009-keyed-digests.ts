import { type Kysely, sql } from "kysely";

/**
 * Rate limits, failure counters and codes are stored as digests under a key that is not in the database. The old rows hold
 * addresses and IP addresses in plain text, and cannot be converted without the key, so they are deleted: limits and failure
 * counters start again, and a code that was emailed in the last ten minutes no longer works. Its link still does.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await deleteRows(db);
  await db.schema.alterTable("latchkey_failed_attempts").renameColumn("email", "key").execute();
  await db.schema
    .createTable("latchkey_keys")
    .addColumn("position", "integer", (column) => column.primaryKey())
    .addColumn("id", "text", (column) => column.notNull().unique())
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await deleteRows(db);
  await db.schema.dropTable("latchkey_keys").execute();
  await db.schema.alterTable("latchkey_failed_attempts").renameColumn("key", "email").execute();
}

async function deleteRows(db: Kysely<unknown>): Promise<void> {
  for (const table of ["latchkey_limits", "latchkey_failed_attempts", "latchkey_codes"]) {
    await sql`delete from ${sql.table(table)}`.execute(db);
  }
}
