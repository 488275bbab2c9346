import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("latchkey_outbox")
    .addColumn("priority", "integer", (column) => column.notNull().defaultTo(sql`0`))
    .execute();
  await db.schema.dropIndex("latchkey_outbox_by_state_next_attempt_at").execute();
  await db.schema
    .createIndex("latchkey_outbox_by_state_priority_next_attempt_at")
    .on("latchkey_outbox")
    .columns(["state", "priority", "next_attempt_at"])
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex("latchkey_outbox_by_state_priority_next_attempt_at").execute();
  await db.schema
    .createIndex("latchkey_outbox_by_state_next_attempt_at")
    .on("latchkey_outbox")
    .columns(["state", "next_attempt_at"])
    .execute();
  await db.schema.alterTable("latchkey_outbox").dropColumn("priority").execute();
}
