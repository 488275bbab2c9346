import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sql } from "kysely";
import { ownAccounts } from "../../src/accounts/accounts-table.ts";
import type { Db } from "../../src/db/schema.ts";
import { freshPostgres } from "../support/engine.ts";
import { NOW, openStore } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import "../support/use-postgres.ts";

describe("A prepared statement on PostgreSQL", () => {
  it("keeps working after another instance adds a column to its table", async () => {
    const url = await freshPostgres();
    const { query, transaction, batchTransaction } = await openStore(`${url}?pool_size=2`);
    const raw = await openRaw(url);
    const anna = { id: "anna", email: "anna@example.com", password_hash: null, disabled_at: null, created_at: NOW };
    await query.insertInto("latchkey_accounts").values(anna).execute();
    const find = (db: Db) => ownAccounts.findByEmail(db, anna.email);
    const alone = () => Promise.all([1, 2, 3].map(() => find(query)));
    const inTransaction = () => Promise.all([transaction(find)]);
    const inBatch = () => Promise.all([1, 2, 3].map(() => batchTransaction(find)));
    for (let i = 0; i < 3; i += 1) await alone();
    const { rows } = await sql`select 1 from pg_prepared_statements where name like 'latchkey%'`.execute(query);
    assert.equal(rows.length, 1);

    for (const [n, found] of [alone, inTransaction, inBatch].entries()) {
      await raw.rows(`alter table latchkey_accounts add column later${n} text`);

      for (const account of await found()) assert.equal(account?.id, "anna");
    }
  });
});

describe("DATABASE_URL with prepared=off", () => {
  it("names no statement on any connection", async () => {
    const countNamed = async (prepared: "on" | "off") => {
      const { query } = await openStore(`${await freshPostgres()}?pool_size=2&prepared=${prepared}`);
      await ownAccounts.findByEmail(query, "anna@example.com");
      await ownAccounts.findByEmail(query, "anna@example.com");
      const looks = [1, 2].map(() => sql`select name from pg_prepared_statements where name <> ''`.execute(query));
      return (await Promise.all(looks)).flatMap(({ rows }) => rows).length;
    };

    assert.ok((await countNamed("on")) > 0, "positive control: prepared=on names statements");
    assert.equal(await countNamed("off"), 0);
  });
});
