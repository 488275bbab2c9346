import type { Db } from "../db/schema.ts";

/** Disables an account of Latchkey's own table. Returns false if it was disabled already. */
export async function disable(tx: Db, id: string, now: number): Promise<boolean> {
  const row = await tx
    .updateTable("latchkey_accounts")
    .set({ disabled_at: now })
    .where("id", "=", id)
    .where("disabled_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Enables the account again. Returns false if it was not disabled. */
export async function enable(tx: Db, id: string): Promise<boolean> {
  const row = await tx
    .updateTable("latchkey_accounts")
    .set({ disabled_at: null })
    .where("id", "=", id)
    .where("disabled_at", "is not", null)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes the account and all rows that belong to its id or its address. */
export async function remove(tx: Db, account: { id: string; email: string }): Promise<void> {
  const { id, email } = account;
  await tx.deleteFrom("latchkey_preferences").where("account_id", "=", id).execute();
  await tx.deleteFrom("latchkey_accounts").where("id", "=", id).execute();
  await tx.deleteFrom("latchkey_sessions").where("account_id", "=", id).execute();
  for (const table of ["latchkey_tokens", "latchkey_codes", "latchkey_outbox"] as const) {
    await tx
      .deleteFrom(table)
      .where((row) => row.or([row("account_id", "=", id), row("email", "=", email)]))
      .execute();
  }
  const byAddress = ["requests", "suppressions"] as const;
  for (const table of byAddress) await tx.deleteFrom(`latchkey_${table}`).where("email", "=", email).execute();
  await tx.deleteFrom("latchkey_email_changes").where("account_id", "=", id).execute();
  await tx.deleteFrom("latchkey_events").where("account_id", "=", id).execute();
}
