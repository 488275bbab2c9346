import { batching } from "../db/batching/batching.ts";
import { isPostgres } from "../db/engine.ts";
import type { Db } from "../db/schema.ts";

/** A user account, as Latchkey sees it. */
export interface Account {
  id: string;
  /** Normalised. Emails go to this address, never to the one that was typed. */
  email: string;
  /** A PHC string, or the hash of another system until the next sign-in replaces it. Null: no password works. */
  passwordHash: string | null;
  disabled: boolean;
}

/**
 * The interface to the accounts table, Latchkey's own or the host's. Every function gets the database handle first: the
 * current transaction if the call writes.
 */
export interface Accounts {
  /** `email` is normalised and compared byte for byte. Returns null if there is no such account. */
  findByEmail(db: Db, email: string): Promise<Account | null>;
  findById(db: Db, id: string): Promise<Account | null>;
  /** Returns null and changes nothing if the address has an account already. */
  create(tx: Db, account: { id: string; email: string; passwordHash: string; now: number }): Promise<Account | null>;
  /**
   * Sets the password if the stored hash is still `from`; `"any"` sets it in any case. Returns whether it did. After a
   * `passwordHash` of null no password works. As the first write of its transaction it also locks the account, so that a
   * concurrent sign-in waits for its end.
   */
  setPassword(tx: Db, id: string, passwordHash: string | null, from: string | null | "any"): Promise<boolean>;
  /**
   * Sets the address if it is still `from` and no other account has the new one; `email` is normalised. Returns whether it
   * did. Optional: without it addresses cannot be changed, and the form and its pages are absent.
   */
  setEmail?(tx: Db, id: string, email: string, from: string): Promise<boolean>;
  /**
   * Locks the account until the transaction ends and returns it as it is then, or null if it is gone. On PostgreSQL this is
   * `SELECT … FOR NO KEY UPDATE`; SQLite transactions have the only write lock already. Optional: without it the account is
   * locked by setting its password to itself, which rewrites the row.
   */
  lock?(tx: Db, id: string): Promise<Account | null>;
}

const byEmail = batching.prepared((db, { email }: { email: string }) =>
  db.selectFrom("latchkey_accounts").selectAll().where("email", "=", email),
);
const byIds = batching.prepared((db, { ids }: { ids: string }) =>
  db
    .selectFrom("latchkey_accounts")
    .selectAll()
    .where(batching.inJson(db, "id", ids)),
);
const byId = batching.batched(async (db, ids: string[]) => {
  const rows = new Map((await byIds(db, { ids: JSON.stringify(ids) })).map((row) => [row.id, row]));
  return ids.map((id) => rows.get(id));
});

/** Latchkey's own table. */
export const ownAccounts: Required<Accounts> = {
  async findByEmail(db, email) {
    const [row] = await byEmail(db, { email });
    return row ? toAccount(row) : null;
  },

  async findById(db, id) {
    const row = await byId(db, id);
    return row ? toAccount(row) : null;
  },

  async create(tx, { id, email, passwordHash, now }) {
    const row = await tx
      .insertInto("latchkey_accounts")
      .values({ id, email, password_hash: passwordHash, disabled_at: null, created_at: now })
      .onConflict((conflict) => conflict.column("email").doNothing())
      .returningAll()
      .executeTakeFirst();
    return row ? toAccount(row) : null;
  },

  async setPassword(tx, id, passwordHash, from) {
    const row = await tx
      .updateTable("latchkey_accounts")
      .set({ password_hash: passwordHash })
      .where("id", "=", id)
      .where("disabled_at", "is", null)
      .$if(from !== "any", (query) => query.where("password_hash", from === null ? "is" : "=", from))
      .returning("id")
      .executeTakeFirst();
    return row !== undefined;
  },

  async setEmail(tx, id, email, from) {
    const row = await tx
      .updateTable("latchkey_accounts")
      .set({ email })
      .where("id", "=", id)
      .where("email", "=", from)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom("latchkey_accounts as other").select("other.id").where("other.email", "=", email))),
      )
      .returning("id")
      .executeTakeFirst();
    return row !== undefined;
  },

  async lock(tx, id) {
    const [row] = await byIdForUpdate(tx, { id });
    return row ? toAccount(row) : null;
  },
};

const byIdForUpdate = batching.prepared((db, { id }: { id: string }) => {
  const query = db.selectFrom("latchkey_accounts").selectAll().where("id", "=", id);
  return isPostgres(db) ? query.forNoKeyUpdate() : query;
});

function toAccount(row: {
  id: string;
  email: string;
  password_hash: string | null;
  disabled_at: number | null;
}): Account {
  return { id: row.id, email: row.email, passwordHash: row.password_hash, disabled: row.disabled_at !== null };
}
