import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { sql } from "kysely";
import { openDatabase, sqlitePath } from "../../src/store/database.ts";
import type { Db } from "../../src/store/schema.ts";
import { freshFile, NOW, openStore } from "../support/open-store.ts";

describe("A transaction on SQLite", () => {
  it("waits for its turn: fifty at once that read and then write lose nothing", async () => {
    const { query, transaction } = await openStore();

    await Promise.all(
      Array.from({ length: 50 }, () =>
        transaction(async (tx) => {
          const known = await ids(tx);
          await add(tx, `person ${known.length}`);
        }),
      ),
    );

    assert.equal((await ids(query)).length, 50);
  });
});

describe("Opening an SQLite file", () => {
  it("takes the path from a sqlite: address and from no other", () => {
    for (const [url, path] of [
      ["sqlite:latchkey.db", "latchkey.db"],
      ["sqlite:/var/lib/a b.db", "/var/lib/a b.db"],
      ["sqlite::memory:", ":memory:"],
      ["sqlite:", null],
      ["", null],
      ["latchkey.db", null],
      ["postgres://localhost/latchkey", null],
      ["SQLITE:latchkey.db", null],
      [" sqlite:latchkey.db", null],
    ] as const) {
      assert.equal(sqlitePath(url), path, url);
    }
  });

  it("fails with the reason where there is nothing to open", async () => {
    const garbage = freshFile();
    writeFileSync(garbage, "This is no database, and was never one.".repeat(100));

    await assert.rejects(openDatabase("mysql://localhost/x"), /such as sqlite:latchkey\.db/);
    await assert.rejects(openDatabase(`sqlite:${garbage}/latchkey.db`), /unable to open/);
    await assert.rejects(openDatabase(`sqlite:${dirname(garbage)}`), /unable to open/);
    await assert.rejects(openDatabase(`sqlite:${garbage}`), /not a database/);
  });

  it("waits for another program that writes to the file, also to a new one, and stops nothing meanwhile", async () => {
    const path = freshFile();
    const host = new DatabaseSync(path);

    host.exec("begin immediate; create table users (name text)");
    setImmediate(() => host.exec("commit"));
    const { query } = await openStore(`sqlite:${path}`);
    host.exec("begin immediate; insert into users values ('Anna')");
    setImmediate(() => host.exec("commit"));
    await add(query, "anna");

    host.close();
    assert.deepEqual(await ids(query), ["anna"]);
  });

  it("makes what was answered for durable: written ahead, and flushed at each commit", async () => {
    const { query } = await openStore(`sqlite:${freshFile()}`);

    const { rows: journal } = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(query);
    const { rows: flushing } = await sql<{ synchronous: number }>`pragma synchronous`.execute(query);

    assert.equal(journal[0]?.journal_mode, "wal");
    assert.equal(flushing[0]?.synchronous, 2);
  });
});

async function add(db: Db, id: string): Promise<void> {
  const account = { id, email: id, password_hash: null, disabled_at: null, created_at: NOW };
  await db.insertInto("latchkey_accounts").values(account).execute();
}

async function ids(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("latchkey_accounts").select("id").orderBy("id").execute();
  return rows.map(({ id }) => id);
}
