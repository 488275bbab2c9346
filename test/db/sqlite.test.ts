import assert from "node:assert/strict";
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { sql } from "kysely";
import { openDatabase, sqlitePath } from "../../src/db/database.ts";
import { accountIds, addAccount } from "../support/accounts.ts";
import { freshFile, openStore } from "../support/open-store.ts";

describe("A transaction on SQLite", () => {
  it("is serialised: fifty concurrent read-then-write transactions lose no update", async () => {
    const { query, transaction } = await openStore();

    await Promise.all(
      Array.from({ length: 50 }, () =>
        transaction(async (tx) => {
          const known = await accountIds(tx);
          await addAccount(tx, `person ${known.length}`);
        }),
      ),
    );

    assert.equal((await accountIds(query)).length, 50);
  });
});

describe("Opening a SQLite file", () => {
  it("accepts only sqlite: URLs", () => {
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

  it("fails with the reason if the file cannot be opened", async () => {
    const garbage = freshFile();
    writeFileSync(garbage, "This is no database, and was never one.".repeat(100));

    await assert.rejects(openDatabase("mysql://localhost/x"), /a path \(sqlite:latchkey\.db\)/);
    await assert.rejects(openDatabase(`sqlite:${garbage}/latchkey.db`), /unable to open/);
    await assert.rejects(openDatabase(`sqlite:${dirname(garbage)}`), /unable to open/);
    await assert.rejects(openDatabase(`sqlite:${garbage}`), /not a database/);
  });

  it("names a missing folder", async () => {
    const folder = join(dirname(freshFile()), "missing");
    await assert.rejects(openDatabase(`sqlite:${folder}/latchkey.db`), {
      message: `The folder ${folder} of the database does not exist.`,
    });
  });

  it("creates the database, its WAL and its shared memory with mode 0600 under umask 022 (C5)", async () => {
    const before = process.umask(0o022);
    try {
      const path = freshFile();
      const { query } = await openStore(`sqlite:${path}`);
      await addAccount(query, "anna");

      for (const suffix of ["", "-wal", "-shm"]) {
        assert.equal(statSync(`${path}${suffix}`).mode & 0o777, 0o600, suffix);
      }
    } finally {
      process.umask(before);
    }
  });

  it("waits for the write lock of another program without blocking the event loop, also on a new file", async () => {
    const path = freshFile();
    const host = new DatabaseSync(path);

    host.exec("begin immediate; create table users (name text)");
    setImmediate(() => host.exec("commit"));
    const { query } = await openStore(`sqlite:${path}`);
    host.exec("begin immediate; insert into users values ('Anna')");
    setImmediate(() => host.exec("commit"));
    await addAccount(query, "anna");

    host.close();
    assert.deepEqual(await accountIds(query), ["anna"]);
  });

  it("uses WAL and synchronous=FULL, so that every commit is durable", async () => {
    const { query } = await openStore(`sqlite:${freshFile()}`);

    const { rows: journal } = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(query);
    const { rows: flushing } = await sql<{ synchronous: number }>`pragma synchronous`.execute(query);

    assert.equal(journal[0]?.journal_mode, "wal");
    assert.equal(flushing[0]?.synchronous, 2);
  });
});

describe("A SQLite file", () => {
  it("that was deleted is neither written to nor created again (L1, M6)", async () => {
    const path = freshFile();
    const { query } = await openStore(`sqlite:${path}`);
    await addAccount(query, "anna");

    renameSync(path, `${path}-elsewhere`);
    await assert.rejects(addAccount(query, "bob"), { errcode: 14 });
    await assert.rejects(accountIds(query), { errcode: 14 });
    assert.equal(existsSync(path), false);
    renameSync(`${path}-elsewhere`, path);
    await addAccount(query, "carla");

    assert.deepEqual(await accountIds(query), ["anna", "carla"]);
  });

  it("that was replaced is closed, and the new file is used", async () => {
    const [path, other] = [freshFile(), freshFile()];
    const { query } = await openStore(`sqlite:${path}`);
    await addAccount(query, "anna");
    const there = await openDatabase(`sqlite:${other}`);
    await addAccount(there.query, "bob");
    await there.close();

    renameSync(path, `${path}-elsewhere`);
    for (const suffix of ["-wal", "-shm"]) rmSync(path + suffix);
    renameSync(other, path);

    assert.deepEqual(await accountIds(query), ["bob"]);
    await addAccount(query, "carla");
    assert.deepEqual(await accountIds((await openStore(`sqlite:${path}`)).query), ["bob", "carla"]);
  });

  it("that was read-only or corrupt for a while is written to again after its recovery", async () => {
    const path = freshFile();
    const { query } = await openStore(`sqlite:${path}`);
    await addAccount(query, "anna");
    const raw = new DatabaseSync(path);
    raw.exec("pragma wal_checkpoint(truncate)");
    raw.close();
    copyFileSync(path, `${path}-copy`);
    const file = openSync(`${path}-copy`, "r+");
    // The write version of the file format. A file with an unknown one is read-only.
    writeSync(file, Buffer.from([3]), 0, 1, 18);
    renameSync(`${path}-copy`, path);

    await assert.rejects(addAccount(query, "bob"), { errcode: 8 });
    writeSync(file, "This is no", 0);
    await assert.rejects(addAccount(query, "bob"), { errcode: 26 });
    writeSync(file, "SQLite for", 0);
    writeSync(file, Buffer.from([2]), 0, 1, 18);
    closeSync(file);
    await addAccount(query, "carla");

    assert.deepEqual(await accountIds(query), ["anna", "carla"]);
  });

  it("that is locked for long delays concurrent writers together and not one after the other", async () => {
    const path = freshFile();
    const { query } = await openStore(`sqlite:${path}`);
    const other = new DatabaseSync(path);
    other.exec("begin immediate");
    const began = performance.now();

    const added = await Promise.allSettled(["anna", "bob", "carla", "dora", "emil"].map((id) => addAccount(query, id)));
    const waited = performance.now() - began;
    other.exec("rollback");
    other.close();
    await addAccount(query, "fred");

    const codes = added.map((one) => one.status === "rejected" && one.reason.errcode % 256);
    assert.deepEqual(codes, [5, 5, 5, 5, 5]);
    // Without another attempt at the file, which would block every page for the busy timeout of SQLite.
    const names = added.slice(1).map((one) => one.status === "rejected" && one.reason.name);
    assert.deepEqual(new Set(names), new Set(["DatabaseLocked"]));
    assert.ok(waited > 4_000 && waited < 9_000, `${waited} ms`);
    assert.deepEqual(await accountIds(query), ["fred"]);
  });
});
