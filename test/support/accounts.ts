import type { Db } from "../../src/db/schema.ts";
import { NOW } from "./open-store.ts";

/** Puts an account into the store, whose address is its id. */
export async function addAccount(db: Db, id: string): Promise<void> {
  const account = { id, email: id, password_hash: null, disabled_at: null, created_at: NOW };
  await db.insertInto("latchkey_accounts").values(account).execute();
}

/** The accounts that are there. */
export async function accountIds(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("latchkey_accounts").select("id").orderBy("id").execute();
  return rows.map(({ id }) => id);
}
