import { batched } from "../db/batching/batch.ts";
import { inJson } from "../db/batching/batch-insert.ts";
import { prepared } from "../db/batching/prepared.ts";
import type { Db } from "../db/schema.ts";

/** What Latchkey knows of a person. */
export interface Account {
  id: string;
  /** Settled; mail goes here, and never to what somebody typed. */
  email: string;
  /** A PHC string, or what another system stored until its password is seen; null where no password works. */
  passwordHash: string | null;
  disabled: boolean;
}

/**
 * The seam to the table of accounts, ours or a host's. Every function gets the database handle first, which is the live
 * transaction wherever something is about to be written.
 */
export interface Accounts {
  /** `email` is settled and compared byte for byte. Returns null where there is no such account. */
  findByEmail(db: Db, email: string): Promise<Account | null>;
  findById(db: Db, id: string): Promise<Account | null>;
  /** Returns null, and changes nothing, where the address has an account already. */
  create(tx: Db, account: { id: string; email: string; passwordHash: string; now: number }): Promise<Account | null>;
  /**
   * Sets the password only while the stored hash is still `from`; `"any"` sets it whatever it is. Returns whether it did.
   * A `passwordHash` of null leaves the account without a password that works.
   * As the first write of its transaction it also locks the account, so that a simultaneous sign-in waits for its end.
   */
  setPassword(tx: Db, id: string, passwordHash: string | null, from: string | null | "any"): Promise<boolean>;
  /**
   * Sets the address only while it is still `from` and nobody else has the new one; `email` is settled. Returns whether it
   * did. Optional: without it nobody can change their address, and the form and its pages are absent.
   */
  setEmail?(tx: Db, id: string, email: string, from: string): Promise<boolean>;
}

const byEmail = prepared((db, { email }: { email: string }) =>
  db.selectFrom("latchkey_accounts").selectAll().where("email", "=", email),
);
const byIds = prepared((db, { ids }: { ids: string }) =>
  db
    .selectFrom("latchkey_accounts")
    .selectAll()
    .where(inJson(db, "id", ids)),
);
const byId = batched(async (db, ids: string[]) => {
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
};

function toAccount(row: {
  id: string;
  email: string;
  password_hash: string | null;
  disabled_at: number | null;
}): Account {
  return { id: row.id, email: row.email, passwordHash: row.password_hash, disabled: row.disabled_at !== null };
}
