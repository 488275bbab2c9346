import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspectSchema, openDatabase } from "../../src/db/database.ts";
import { MIGRATIONS, migrateDown, migrateUp } from "../../src/db/migrations/migrations.ts";
import type { Db } from "../../src/db/schema.ts";
import { freshDatabase, NOW, openStore } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { runAtOnce } from "../support/script.ts";

/** The tables that each migration creates, oldest first. */
const CREATED = [
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
  [],
  [],
  ["latchkey_email_changes"],
  ["latchkey_keys"],
  [],
  [],
  ["latchkey_preferences"],
];
/** Changes of earlier tables, by the number of the migration. An empty name: the table is dropped. */
const CHANGED: Array<{ from: number; names: Record<string, string> }> = [
  {
    from: 6,
    names: { latchkey_bounces: "latchkey_suppressions", latchkey_failed_sign_ins: "latchkey_failed_attempts" },
  },
  { from: 7, names: { latchkey_ended_tokens: "" } },
];
const TABLES = tablesAfter(CREATED.length);

/** The tables after the first `count` migrations. */
function tablesAfter(count: number): string[] {
  const rename = (name: string) =>
    CHANGED.filter(({ from }) => from <= count).reduce((now, { names }) => names[now] ?? now, name);
  return CREATED.slice(0, count)
    .flat()
    .map(rename)
    .filter((name) => name !== "");
}
/** The tables of the migrator. They stay after all migrations are reverted. */
const MIGRATOR_TABLES = ["latchkey_migrations", "latchkey_migrations_lock"];

describe("A database", () => {
  it("has every table after opening, each with the prefix latchkey_, and is ready", async () => {
    const url = await freshDatabase({ migrated: false });
    const database = await openStore(url);

    assert.deepEqual(await tablesIn(url), [...TABLES, ...MIGRATOR_TABLES].toSorted());
    assert.equal(await database.isReady(), true);
  });

  it("loses all tables when migrated down, gets the same ones back, and is not ready in between", async () => {
    const url = await freshDatabase({ migrated: false });
    const database = await openStore(url);
    const before = await schemaOf(url);

    for (let left = CREATED.length - 1; left >= 0; left -= 1) {
      await migrateDown(database.query);
      assert.deepEqual(await tablesIn(url), [...tablesAfter(left), ...MIGRATOR_TABLES].toSorted());
      assert.equal(await database.isReady(), false);
    }
    await migrateUp(database.query);

    assert.deepEqual(await schemaOf(url), before);
    assert.equal(await database.isReady(), true);
    await addAccount(database.query, "anna@example.com");
  });

  it("is unchanged by a migration up or down that is already done", async () => {
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

  it("migrates down one step at a time, and up again with the data of the remaining tables", async () => {
    const url = await freshDatabase({ migrated: false });
    const database = await openStore(url);
    const before = await schemaOf(url);
    await addAccount(database.query, "anna@example.com");

    await migrateDown(database.query);
    assert.deepEqual(await addresses(database.query), ["anna@example.com"]);
    await migrateUp(database.query);

    assert.deepEqual(await schemaOf(url), before);
    assert.equal(await database.isReady(), true);
    assert.deepEqual(await addresses(database.query), ["anna@example.com"]);
  });

  it("keeps its data when it is opened again, also concurrently", async () => {
    const url = await freshDatabase();
    const first = await openStore(url);
    await addAccount(first.query, "anna@example.com");

    const second = await openStore(url);
    await addAccount(second.query, "bob@example.com");
    await first.close();
    await second.close();

    const third = await openStore(url);
    assert.deepEqual(await addresses(third.query), ["anna@example.com", "bob@example.com"]);
  });

  it("can be opened and migrated by ten processes at once", async () => {
    for (let round = 0; round < 2; round += 1) {
      const url = await freshDatabase({ migrated: false });

      const results = await runAtOnce(
        10,
        `
          const { openDatabase } = await use("db/database.ts");
          await ready();
          const database = await openDatabase(given[0]);
          const isReady = await database.isReady();
          await database.close();
          await say(isReady);
        `,
        url,
      );

      assert.deepEqual(results, Array(10).fill(true));
      assert.deepEqual(await tablesIn(url), [...TABLES, ...MIGRATOR_TABLES].toSorted());
    }
  });
});

describe("The SQL of latchkey migrate --print", () => {
  it("creates the schema that migrating creates and records it as applied", async () => {
    const [printed, migrated] = [await freshDatabase({ migrated: false }), await freshDatabase({ migrated: false })];
    const raw = await openRaw(printed);
    for (const statement of (await inspectSchema(printed)).sql.split(";\n").filter(Boolean)) await raw.rows(statement);
    await openStore(migrated);

    const database = await openDatabase(printed, { migrate: false });
    await database.close();
    assert.deepEqual(await schemaOf(printed), await schemaOf(migrated));
    assert.equal((await inspectSchema(printed)).sql, "");
  });
});

describe("Opening a database without migrating", () => {
  it("refuses an older schema with the command to run and leaves it unchanged", async () => {
    const url = await freshDatabase({ migrated: false });
    await assert.rejects(openDatabase(url, { migrate: false }), /has no tables of Latchkey\. Run `latchkey migrate`/);
    assert.deepEqual(await tablesIn(url), []);

    const database = await openStore(url);
    await migrateDown(database.query);
    await assert.rejects(openDatabase(url, { migrate: false }), /lacks the migration \d{3}-/);
  });

  it("refuses a newer schema and names its migration, also when it may migrate", async () => {
    const url = await freshDatabase();
    await openStore(url);
    await (await openRaw(url)).rows("insert into latchkey_migrations (name, timestamp) values ('999-later', '2030')");

    for (const migrate of [true, false]) {
      await assert.rejects(openDatabase(url, { migrate }), /has the migration 999-later of a newer version/);
    }
  });
});

describe("The database of a host app", () => {
  it("keeps the tables and rows of the host app through migrations up and down", async () => {
    const url = await freshDatabase({ migrated: false });
    const host = await openRaw(url);
    await host.rows("create table users (id integer primary key, name text)");
    await host.rows("insert into users (id, name) values (1, 'Anna')");

    const { query } = await openStore(url);
    await migrateAllDown(query);

    assert.deepEqual(await tablesIn(url), [...MIGRATOR_TABLES, "users"]);
    assert.equal((await host.rows("select id from users where name = 'Anna'")).length, 1);
  });

  it("is unchanged after a failed migration, and opens after the cause is removed", async () => {
    const url = await freshDatabase({ migrated: false });
    const host = await openRaw(url);
    await host.rows("create table latchkey_events (mine text)");

    await assert.rejects(openDatabase(url), /latchkey_events.* already exists/);

    assert.deepEqual(await tablesIn(url), ["latchkey_events", ...MIGRATOR_TABLES]);
    await host.rows("drop table latchkey_events");
    const database = await openStore(url);
    assert.equal(await database.isReady(), true);
  });
});

/** Each step reverts the newest migration. */
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

async function tablesIn(url: string): Promise<string[]> {
  return (await openRaw(url)).tables();
}

/** Every table, column and index with its definition. */
async function schemaOf(url: string): Promise<unknown> {
  const sql = await openRaw(url);
  if (url.startsWith("sqlite:")) return sql.rows("select type, name, sql from sqlite_schema order by name");
  const columns = await sql.rows(`select table_name, column_name, data_type, is_nullable, column_default
    from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position`);
  return { columns, indexes: await sql.rows("select indexdef from pg_indexes where schemaname = 'public' order by 1") };
}
