import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { openDatabase } from "../../src/store/database.ts";
import { MIGRATIONS, migrateDown, migrateUp } from "../../src/store/migrations.ts";
import type { Db } from "../../src/store/schema.ts";
import { freshFile, NOW, openStore } from "../support/open-store.ts";
import { runAtOnce } from "../support/script.ts";

/** What each migration brought, oldest first. */
const BROUGHT = [
  [
    "latchkey_accounts",
    "latchkey_ended_tokens",
    "latchkey_events",
    "latchkey_limits",
    "latchkey_outbox",
    "latchkey_sessions",
    "latchkey_tokens",
  ],
  ["latchkey_codes", "latchkey_requests"],
  ["latchkey_bounces"],
  [],
  ["latchkey_failed_sign_ins"],
];
const TABLES = BROUGHT.flat();
/** What the migrations know of themselves. It stays when they are taken back. */
const BOOKS = ["latchkey_migrations", "latchkey_migrations_lock"];

describe("A database", () => {
  it("has every table once it is open, each with our prefix, and is ready", async () => {
    const path = freshFile();
    const database = await openStore(`sqlite:${path}`);

    assert.deepEqual(tablesIn(path), [...TABLES, ...BOOKS].toSorted());
    assert.equal(await database.isReady(), true);
  });

  it("loses every table on the way down, has the very same on the way up again, and says meanwhile that it is not ready", async () => {
    const path = freshFile();
    const database = await openStore(`sqlite:${path}`);
    const before = schemaOf(path);

    for (let left = BROUGHT.length - 1; left >= 0; left -= 1) {
      await migrateDown(database.query);
      assert.deepEqual(tablesIn(path), [...BROUGHT.slice(0, left).flat(), ...BOOKS].toSorted());
      assert.equal(await database.isReady(), false);
    }
    await migrateUp(database.query);

    assert.deepEqual(schemaOf(path), before);
    assert.equal(await database.isReady(), true);
    await addAccount(database.query, "anna@example.com");
  });

  it("is left as it is by going up when it is up, and by going down when it is down", async () => {
    const { query } = await openStore();
    await addAccount(query, "anna@example.com");

    await migrateUp(query);
    await migrateUp(query);
    assert.deepEqual(await addresses(query), ["anna@example.com"]);
    await migrateAllDown(query);
    await migrateDown(query);
    await migrateUp(query);

    assert.deepEqual(await addresses(query), []);
  });

  it("goes one step down at a time, and back up with the data of the tables that stayed", async () => {
    const path = freshFile();
    const database = await openStore(`sqlite:${path}`);
    const before = schemaOf(path);
    await addAccount(database.query, "anna@example.com");

    await migrateDown(database.query);
    assert.deepEqual(await addresses(database.query), ["anna@example.com"]);
    await migrateUp(database.query);

    assert.deepEqual(schemaOf(path), before);
    assert.equal(await database.isReady(), true);
    assert.deepEqual(await addresses(database.query), ["anna@example.com"]);
  });

  it("keeps its data when it is opened again, also while it is open", async () => {
    const url = `sqlite:${freshFile()}`;
    const first = await openStore(url);
    await addAccount(first.query, "anna@example.com");

    const second = await openStore(url);
    await addAccount(second.query, "bob@example.com");
    await first.close();
    await second.close();

    const third = await openStore(url);
    assert.deepEqual(await addresses(third.query), ["anna@example.com", "bob@example.com"]);
  });

  it("may be opened by several processes at once, also where the file does not exist yet", async () => {
    for (let round = 0; round < 3; round += 1) {
      const path = freshFile();

      const said = await runAtOnce(
        4,
        `
          const { openDatabase } = await use("store/database.ts");
          await ready();
          const database = await openDatabase(given[0]);
          const isReady = await database.isReady();
          await database.close();
          await say(isReady);
        `,
        `sqlite:${path}`,
      );

      assert.deepEqual(said, [true, true, true, true]);
      assert.deepEqual(tablesIn(path), [...TABLES, ...BOOKS].toSorted());
    }
  });
});

describe("A host's database", () => {
  it("keeps the host's tables and rows on the way up and down", async () => {
    const path = freshFile();
    inFile(path, (host) => host.exec("create table users (id integer primary key, name text)"));
    inFile(path, (host) => host.exec("insert into users (name) values ('Anna')"));

    const { query } = await openStore(`sqlite:${path}`);
    await migrateAllDown(query);

    assert.deepEqual(tablesIn(path), [...BOOKS, "users"]);
    assert.equal(
      inFile(path, (host) => host.prepare("select count(*) as n from users where name = 'Anna'").get()?.n),
      1,
    );
  });

  it("is left untouched where a migration fails half-way, and can be opened once the cause is gone", async () => {
    const path = freshFile();
    inFile(path, (host) => host.exec("create table latchkey_events (mine text)"));

    await assert.rejects(openDatabase(`sqlite:${path}`), /latchkey_events.* already exists/);

    assert.deepEqual(tablesIn(path), ["latchkey_events", ...BOOKS]);
    inFile(path, (host) => host.exec("drop table latchkey_events"));
    const database = await openStore(`sqlite:${path}`);
    assert.equal(await database.isReady(), true);
  });
});

/** Each step takes the newest migration back. */
async function migrateAllDown(db: Db): Promise<void> {
  for (const _ of Object.keys(MIGRATIONS)) await migrateDown(db);
}

async function addAccount(db: Db, email: string): Promise<void> {
  const account = { id: email, email, password_hash: null, disabled_at: null, created_at: NOW };
  await db.insertInto("latchkey_accounts").values(account).execute();
}

async function addresses(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("latchkey_accounts").select("email").orderBy("email").execute();
  return rows.map(({ email }) => email);
}

function tablesIn(path: string): unknown[] {
  return schemaOf(path)
    .filter(({ type }) => type === "table")
    .map(({ name }) => name);
}

/** Every table and index, with the SQL that made it. */
function schemaOf(path: string): Array<Record<string, unknown>> {
  const statement = "select type, name, sql from sqlite_schema where name not like 'sqlite_%' order by name";
  return inFile(path, (file) => file.prepare(statement).all());
}

/** Does something to the file past our own store, as a host does. */
function inFile<T>(path: string, work: (file: DatabaseSync) => T): T {
  const file = new DatabaseSync(path, { timeout: 5_000 });
  try {
    return work(file);
  } finally {
    file.close();
  }
}
