import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("latchkey_accounts")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("email", "text", (column) => column.notNull().unique())
    .addColumn("password_hash", "text")
    .addColumn("disabled_at", "bigint")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();

  await db.schema
    .createTable("latchkey_tokens")
    .addColumn("digest", "text", (column) => column.primaryKey())
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("account_id", "text")
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await index(db, "latchkey_tokens", ["account_id"]);
  await index(db, "latchkey_tokens", ["email"]);
  await index(db, "latchkey_tokens", ["expires_at"]);

  await db.schema
    .createTable("latchkey_ended_tokens")
    .addColumn("digest", "text", (column) => column.primaryKey())
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("ended_at", "bigint", (column) => column.notNull())
    .execute();
  await index(db, "latchkey_ended_tokens", ["ended_at"]);

  await db.schema
    .createTable("latchkey_sessions")
    .addColumn("digest", "text", (column) => column.primaryKey())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("road", "text", (column) => column.notNull())
    .addColumn("browser", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("last_seen_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await index(db, "latchkey_sessions", ["id"]);
  await index(db, "latchkey_sessions", ["account_id"]);
  await index(db, "latchkey_sessions", ["expires_at"]);
  await index(db, "latchkey_sessions", ["last_seen_at"]);

  await db.schema
    .createTable("latchkey_outbox")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("account_id", "text")
    .addColumn("locale", "text", (column) => column.notNull())
    .addColumn("data", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("next_attempt_at", "bigint", (column) => column.notNull())
    .addColumn("give_up_at", "bigint", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("finished_at", "bigint")
    .addColumn("answer", "text")
    .execute();
  await index(db, "latchkey_outbox", ["state", "next_attempt_at"]);
  await index(db, "latchkey_outbox", ["finished_at"]);

  await db.schema
    .createTable("latchkey_limits")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("count", "integer", (column) => column.notNull())
    .addColumn("window_ends_at", "bigint", (column) => column.notNull())
    .execute();
  await index(db, "latchkey_limits", ["window_ends_at"]);

  await db.schema
    .createTable("latchkey_events")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("account_id", "text")
    .addColumn("email", "text")
    .addColumn("client", "text")
    .addColumn("browser", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await index(db, "latchkey_events", ["account_id", "at"]);
  await index(db, "latchkey_events", ["at"]);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const name of ["events", "limits", "outbox", "sessions", "ended_tokens", "tokens", "accounts"]) {
    await db.schema.dropTable(`latchkey_${name}`).execute();
  }
}

async function index(db: Kysely<unknown>, table: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_by_${columns.join("_")}`)
    .on(table)
    .columns(columns)
    .execute();
}
