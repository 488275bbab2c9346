import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { sql } from "kysely";
import pg from "pg";
import { databaseUrlProblem, openDatabase } from "../../src/db/database.ts";
import { isDatabaseUnavailable } from "../../src/db/health.ts";
import type { Db } from "../../src/db/schema.ts";
import { consumeToken, mintToken } from "../../src/links/tokens.ts";
import { countLimit } from "../../src/rate-limits/store.ts";
import { addAccount } from "../support/accounts.ts";
import { freshPostgres } from "../support/engine.ts";
import { limit } from "../support/keys.ts";
import { NOW, openStore, openTwoHandles } from "../support/open-store.ts";
import { openRaw, type RawDatabase } from "../support/raw-database.ts";
import { until } from "../support/until.ts";
import "../support/use-postgres.ts";

const RATE = { count: 1_000, windowMs: 1_000 };
const RESET = { purpose: "password-reset", accountId: "anna", email: "anna@example.com", lifetimeMs: 1_000 } as const;

describe("DATABASE_URL of a PostgreSQL server", () => {
  it("accepts the forms that psql and node-postgres accept", () => {
    for (const url of [
      "postgres://host/name",
      "postgres://host",
      "postgres://:secret@host/name",
      "postgresql://user:password@host:5433/name?sslmode=verify-full",
      "postgres://u:p@/db?host=/run/postgresql",
      "postgres:///db?host=/run/postgresql",
      "postgres://%2Frun%2Fpostgresql/db",
      "postgres://[::1]:5432/db",
      "postgres://u:a%2Fb%23c%3Fd%25@host/db",
      "postgres://u:p@host/db?options=-c%20search_path%3Dapp&application_name=app",
      "postgres://u:p@host/db?prepared=off&pool_size=20",
      "postgres://u:p@host/db?sslmode=require&channel_binding=require",
      "postgres://u:p@host/db?channel_binding=prefer&connect_timeout=10",
    ]) {
      assert.equal(databaseUrlProblem(url), null, url);
    }
  });

  it("refuses an ambiguous or unknown form without repeating the password (C3)", () => {
    for (const [url, problem] of [
      ["postgres:", /a path \(sqlite:latchkey\.db\)/],
      ["postgres://", /has no host/],
      ["mysql://host/name", /a path \(sqlite:latchkey\.db\)/],
      ["postgres://u:secret@/db", /has no host/],
      ["postgres://host/name?pool_size=1", /pool_size/],
      ["postgres://host/name?prepared=maybe", /prepared=on or prepared=off/],
      ["postgres://host/name?channel_binding=maybe", /value of channel_binding/],
      ["postgres://host/name?connect_timeout=soon", /value of connect_timeout/],
      ["postgres://host/name?channel_binding=require", /sslmode=verify-full/],
      ["postgres://host/name?channel_binding=require&sslmode=disable", /sslmode=verify-full/],
      ["postgres://host/name?channel_binding=require&sslmode=require&sslmode=no-verify", /sslmode=verify-full/],
      ["postgres://host/name?channel_binding=require&sslmode=require&uselibpqcompat=true", /sslmode=verify-full/],
      ["postgres://host/name?schema=x", /search_path/],
      ["postgres://host/name?target_session_attrs=any", /unknown parameter target_session_attrs/],
      ["postgres://host/name?sslmode=maybe", /value of sslmode/],
      ["postgres://host/name?ssl=false", /value of ssl/],
      ["postgres://host/name/more", /more than a database name/],
      ["postgres://one:5432,two:5432/name", /several hosts/],
      ["postgres://one,two/name", /several hosts/],
      ["postgres://u:secret/x@host/name", /%2F/],
      ["postgres://u:12/secret@host/name", /%2F/],
      ["postgres://u:secret#x@host/name", /%23/],
      ["postgres://u:12#secret@host/name", /%23/],
      ["postgres://u:secret?x@host/name", /%3F/],
      ["postgres://u:12?secret@host/name", /%3F/],
      ["postgres://u:sec ret@host/name", /%20/],
      ["sqlite:///file?mode=memory", /\/\/ after sqlite:/],
      ["sqlite:file?mode=memory", /no parameters/],
    ] as const) {
      const message = databaseUrlProblem(url) ?? "";
      assert.match(message, problem, url);
      assert.doesNotMatch(message, /secret|sec ret/, url);
    }
  });

  it("limits the connections of a process to pool_size", async () => {
    const { query } = await openStore(`${await freshPostgres()}?pool_size=3`);

    await Promise.all(Array.from({ length: 20 }, () => sql`select pg_sleep(0.01)`.execute(query)));

    const { rows } = await sql`select 1 from pg_stat_activity where datname = current_database()`.execute(query);
    assert.equal(rows.length, 3);
  });

  it("is reported as an outage with the reason if no server responds", async () => {
    await assert.rejects(openDatabase("postgres://127.0.0.1:1/name"), (error: Error) => {
      assert.match(error.message, /Can't reach the database.*ECONNREFUSED/);
      return isDatabaseUnavailable(error);
    });
  });
});

describe("A PostgreSQL database in LATIN1", () => {
  it("is refused at the start with the encoding and the statement that creates a right one (C4)", async () => {
    const url = await freshPostgres({ encoding: "LATIN1" });

    await assert.rejects(openDatabase(url), /is encoded in LATIN1, .*create database NAME encoding 'UTF8'/);

    assert.deepEqual(await (await openRaw(url)).tables(), []);
  });
});

describe("A time in PostgreSQL", () => {
  it("is a number in Latchkey and a string in connections of the host app", async () => {
    const url = await freshPostgres();
    const { query } = await openStore(url);
    await addAccount(query, "anna");

    const ours = await query.selectFrom("latchkey_accounts").select("created_at").executeTakeFirst();
    const host = new pg.Client(url);
    await host.connect();
    const { rows } = await host.query("select created_at from latchkey_accounts");
    await host.end();

    assert.equal(ours?.created_at, NOW);
    assert.equal(rows[0].created_at, String(NOW));
  });
});

describe("Two conflicting transactions", () => {
  it("both commit after a deadlock", async () => {
    const { query, transaction } = await openStore();
    for (const id of ["anna", "bob"]) await addAccount(query, id);
    const met = barrier(2);
    let attempts = 0;

    await Promise.all(
      [
        ["anna", "bob"],
        ["bob", "anna"],
      ].map((order) =>
        transaction(async (tx) => {
          attempts += 1;
          for (const id of order) {
            await tx.updateTable("latchkey_accounts").set({ disabled_at: attempts }).where("id", "=", id).execute();
            await met();
          }
        }),
      ),
    );

    assert.equal(attempts, 3);
  });

  it("both commit after a serialization failure (40001)", async () => {
    const { query, transaction } = await openStore();
    await addAccount(query, "anna");
    const met = barrier(2);
    let attempts = 0;

    await Promise.all(
      [1, 2].map(() =>
        transaction(async (tx) => {
          attempts += 1;
          await sql`set transaction isolation level serializable`.execute(tx);
          const known = await tx.selectFrom("latchkey_accounts").select("id").execute();
          await met();
          await addAccount(tx, `person ${known.length}`);
        }),
      ),
    );

    assert.equal(attempts, 3);
    assert.equal((await query.selectFrom("latchkey_accounts").select("id").execute()).length, 3);
  });

  it("fail as an outage after eight attempts if the conflict persists", async () => {
    const { transaction } = await openStore();
    let attempts = 0;
    const conflicting = transaction(async (tx) => {
      attempts += 1;
      await sql`do $$ begin raise exception sqlstate '40001'; end $$`.execute(tx);
    });

    await assert.rejects(conflicting, isDatabaseUnavailable);
    assert.equal(attempts, 8);
  });
});

describe("Connections to a read-only server", () => {
  it("are all closed after the first refused write, so that the next write connects to the primary", async () => {
    const { query } = await openStore();
    const reading = sql`select set_config('default_transaction_read_only', 'on', false), pg_sleep(0.2)`;
    await Promise.all(Array.from({ length: 5 }, () => reading.execute(query)));

    await assert.rejects(addAccount(query, "anna"), isDatabaseUnavailable);

    await Promise.all(["anna", "bob", "carol"].map((id) => addAccount(query, id)));
  });
});

describe("A statement outside a transaction", () => {
  it("is retried after a conflict", async () => {
    const url = await freshPostgres();
    const { query } = await openStore(url);
    const raw = await openRaw(url);
    await raw.rows("create sequence tried");
    await raw.rows(`create function stumble() returns trigger language plpgsql as $$ begin
      if nextval('tried') < 3 then raise exception sqlstate '40001'; end if; return new; end $$`);
    await raw.rows(
      "create trigger stumbling before insert on latchkey_accounts for each row execute function stumble()",
    );

    await addAccount(query, "anna");

    assert.equal(Number((await raw.rows("select last_value from tried"))[0]?.last_value), 3);
  });
});

describe("Two instances with group commits", () => {
  it("never deadlock although they count the same limits in opposite orders", async () => {
    const url = await freshPostgres();
    const instances = [await openStore(url), await openStore(url)];
    const keys = Array.from({ length: 40 }, (_, i) => `key ${i}`);

    for (let round = 0; round < 5; round += 1) {
      await Promise.all(
        instances.flatMap(({ batchTransaction }, i) =>
          (i ? keys.toReversed() : keys).map((key) =>
            batchTransaction((tx) => countLimit(tx, limit(key), RATE, NOW), [key]),
          ),
        ),
      );
    }

    const [{ deadlocks } = {}] = await until("the statistics are available", async () => {
      const raw = await openRaw(url);
      return raw.rows("select deadlocks from pg_stat_database where datname = current_database() and xact_commit > 0");
    });
    assert.equal(Number(deadlocks), 0);
    assert.equal((await countLimit(instances[0]?.query as Db, limit("key 0"), RATE, NOW)).within, true);
  });
});

describe("Concurrent writes of links", () => {
  it("create at most five live links per address across instances", async () => {
    const instances = await openTwoHandles();

    const minted = await Promise.all(
      Array.from({ length: 40 }, (_, i) => mintToken(instances[i % 2]?.query as Db, RESET, NOW)),
    );

    assert.equal(minted.filter((one) => one !== null).length, 5);
  });

  it("consume the links of one address one after the other without a deadlock", async () => {
    const { query, transaction } = await openStore();
    const one = await mintToken(query, RESET, NOW);
    const other = await mintToken(query, RESET, NOW);
    let attempts = 0;

    await Promise.all(
      [one, other].map((link) =>
        transaction(async (tx) => {
          attempts += 1;
          const used = await consumeToken(tx, "password-reset", link?.token ?? "", NOW);
          await sql`select pg_sleep(0.2)`.execute(tx);
          await tx.deleteFrom("latchkey_tokens").where("email", "=", RESET.email).execute();
          return used;
        }),
      ),
    );

    assert.equal(attempts, 2);
  });
});

describe("NOTIFY", () => {
  it("survives a failing LISTEN, which is logged once and retried", async () => {
    const url = await freshPostgres();
    const errors: string[] = [];
    const log = { info() {}, error: (_: object, message: string) => void errors.push(message) };
    const listener = await openDatabase(url, { log });
    after(() => listener.close());
    const raw = await openRaw(url);
    // The first NOTIFY opens the connection; the LISTEN that follows on it fails.
    listener.notifyWorkers();
    await until("connected", async () => (await sessions(raw, "%pg_notify%")) === 1, { every: 20 });
    await raw.rows(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_notify%' and pid <> pg_backend_pid()",
    );
    let notified = 0;
    listener.onNotified(() => {
      notified += 1;
    });

    await until("it listens", async () => (await sessions(raw, "listen%")) === 1, { every: 50 });
    const sender = await openStore(url);
    await until(
      "notified",
      async () => {
        sender.notifyWorkers();
        return notified > 0;
      },
      { every: 100 },
    );
    assert.ok(errors.length <= 1, errors.join());
  });

  it("reaches the other instances but not its sender, also after a broken connection", async () => {
    const url = await freshPostgres();
    const [one, other] = [await openStore(url), await openStore(url)];
    const heard = { one: 0, other: 0 };
    one.onNotified(() => {
      heard.one += 1;
    });
    other.onNotified(() => {
      heard.other += 1;
    });
    const listeners = async () =>
      (await (await openRaw(url)).rows("select pid from pg_stat_activity where query ilike 'listen%'")).length;
    await until("both listen", async () => (await listeners()) === 2, { every: 50 });

    one.notifyWorkers();
    await until("the other instance is notified", () => heard.other > 0);
    assert.equal(heard.one, 0);

    const raw = await openRaw(url);
    await raw.rows("select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'");
    const before = heard.other;
    await until("it listens again and checks for missed work", () => heard.other > before);
  });
});

/** Connections whose last statement is like the pattern. */
async function sessions(raw: RawDatabase, pattern: string): Promise<number> {
  const rows = await raw.rows(
    "select 1 from pg_stat_activity where query ilike ? and pid <> pg_backend_pid()",
    pattern,
  );
  return rows.length;
}

/** A barrier that opens when `count` callers wait at it, and stays open. */
function barrier(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived >= count) resolve();
    return promise;
  };
}
