import { type Kysely, sql } from "kysely";

/** Gives the right to undo an email change a row of its own. Until now it was a token that no link could open. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("latchkey_email_changes")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("from_email", "text", (column) => column.notNull())
    .addColumn("to_email", "text")
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("undone_at", "bigint")
    .execute();
  await db.schema
    .createIndex("latchkey_email_changes_by_account_id_changed_at")
    .on("latchkey_email_changes")
    .columns(["account_id", "changed_at"])
    .execute();
  await db.schema
    .createIndex("latchkey_email_changes_by_expires_at")
    .on("latchkey_email_changes")
    .column("expires_at")
    .execute();
  await db.schema.alterTable("latchkey_tokens").addColumn("email_change_id", "text").execute();

  // A right and the links of its emails share the account and `created_at`; the right expires last. Its digest becomes the
  // id of the change, because queued emails name it. The new address of a change is where the next one began.
  const isLive = sql`purpose = 'email-change-undo' and ended_at is null and account_id is not null`;
  await sql`
    insert into latchkey_email_changes (id, account_id, from_email, to_email, changed_at, expires_at)
    select digest, account_id, email,
      coalesce(lead(email) over (partition by account_id order by created_at),
        (select email from latchkey_accounts where id = account_id)),
      created_at, expires_at
    from (
      select digest, account_id, email, created_at, expires_at,
        row_number() over (partition by account_id, created_at order by expires_at desc, digest) as place
      from latchkey_tokens where ${isLive}
    ) as rights where place = 1`.execute(db);
  await sql`
    update latchkey_tokens set email_change_id = (
      select id from latchkey_email_changes as change
      where change.account_id = latchkey_tokens.account_id and change.changed_at = latchkey_tokens.created_at
    ) where ${isLive}`.execute(db);
  await sql`delete from latchkey_tokens where digest in (select id from latchkey_email_changes)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    update latchkey_tokens set created_at = (
      select changed_at from latchkey_email_changes as change where change.id = email_change_id
    ) where email_change_id in (select id from latchkey_email_changes)`.execute(db);
  await sql`
    insert into latchkey_tokens
      (digest, purpose, account_id, email, created_at, expires_at, ended_at, end_reason)
    select id, 'email-change-undo', account_id, from_email, changed_at, expires_at, undone_at,
      case when undone_at is null then null else 'replaced' end
    from latchkey_email_changes`.execute(db);
  await db.schema.alterTable("latchkey_tokens").dropColumn("email_change_id").execute();
  await db.schema.dropTable("latchkey_email_changes").execute();
}
