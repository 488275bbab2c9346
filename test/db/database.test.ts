import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { accountIds, addAccount } from "../support/accounts.ts";
import { defaultDatabase, freshDatabase, openStore } from "../support/open-store.ts";
import { nextMessage, runScript } from "../support/script.ts";

describe("A transaction", () => {
  it("commits all of its work and returns its result", async () => {
    const { query, transaction } = await openStore();

    const result = await transaction(async (tx) => {
      await addAccount(tx, "anna");
      await addAccount(tx, "bob");
      return "done";
    });

    assert.equal(result, "done");
    assert.deepEqual(await accountIds(query), ["anna", "bob"]);
  });

  it("rolls back and rethrows if its callback throws, and the next transaction succeeds", async () => {
    const { query, transaction } = await openStore();
    const fault = new Error("The work failed.");
    const work = transaction(async (tx) => {
      await addAccount(tx, "anna");
      await tx.updateTable("latchkey_accounts").set({ email: "other" }).execute();
      throw fault;
    });

    await assert.rejects(work, (error) => error === fault);

    assert.deepEqual(await accountIds(query), []);
    await transaction((tx) => addAccount(tx, "bob"));
    assert.deepEqual(await accountIds(query), ["bob"]);
  });

  it("rolls back if the database refuses one of its statements", async () => {
    const { query, transaction } = await openStore();
    await addAccount(query, "bob");
    const work = transaction(async (tx) => {
      await addAccount(tx, "anna");
      await addAccount(tx, "bob");
    });

    await assert.rejects(work, /unique/i);

    assert.deepEqual(await accountIds(query), ["bob"]);
  });

  it("is never visible in part to other readers", async () => {
    const { query, transaction } = await openStore();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const work = transaction(async (tx) => {
      await addAccount(tx, "anna");
      await gate;
      await addAccount(tx, "bob");
    });
    const seen = accountIds(query);

    open();

    // On SQLite the reader waits for the commit. On PostgreSQL it sees the state before.
    assert.notEqual((await seen).length, 1);
    await work;
    assert.deepEqual(await accountIds(query), ["anna", "bob"]);
  });

  it("refuses writes after it has ended", async () => {
    const { query, transaction } = await openStore();
    const escaped = await transaction(async (tx) => [tx] as const);

    await assert.rejects(addAccount(escaped[0], "anna"), /already committed/);

    assert.deepEqual(await accountIds(query), []);
  });
});

describe("A query that bypasses its transaction", () => {
  const attempts: Record<string, (database: Database) => Promise<unknown>> = {
    "a query on the outer handle": ({ query }) => accountIds(query),
    "a write on the outer handle": ({ query }) => addAccount(query, "bob"),
    "a transaction in the transaction": ({ transaction }) => transaction((tx) => addAccount(tx, "bob")),
    "batched work in the transaction": ({ batchTransaction }) => batchTransaction((tx) => addAccount(tx, "bob")),
    "a readiness check": ({ isReady }) => isReady(),
    "a query several calls deep": async ({ query }) => {
      await new Promise((resolve) => setImmediate(resolve));
      await Promise.all([1, 2].map(() => accountIds(query)));
    },
  };

  for (const [what, attempt] of Object.entries(attempts)) {
    it(`throws instead of hanging and rolls the transaction back: ${what}`, { timeout: 5_000 }, async () => {
      const database = await openStore();
      const work = database.transaction(async (tx) => {
        await addAccount(tx, "anna");
        await attempt(database);
      });

      await assert.rejects(work, /would deadlock/);

      assert.deepEqual(await accountIds(database.query), []);
      await attempt(database);
    });
  }
});

describe("A process killed during a transaction", () => {
  it("leaves only what was committed before", async () => {
    const url = await freshDatabase();
    const killed = runScript(
      `
        const { openDatabase } = await use("db/database.ts");
        const { query, transaction } = await openDatabase(given[0]);
        const add = (db, id) => db.insertInto("latchkey_accounts")
          .values({ id, email: id, password_hash: null, disabled_at: null, created_at: 0 }).execute();
        await transaction((tx) => add(tx, "anna"));
        await transaction(async (tx) => {
          await add(tx, "bob");
          await ready();
        });
      `,
      url,
    );
    assert.equal(await nextMessage(killed), "ready");

    killed.kill("SIGKILL");
    await new Promise((resolve) => killed.once("exit", resolve));

    const { query } = await openStore(url);
    assert.deepEqual(await accountIds(query), ["anna"]);
    await addAccount(query, "carol");
  });
});

describe("A database", () => {
  it("rejects every query after it is closed", async () => {
    const database = await openDatabase(await defaultDatabase());
    await addAccount(database.query, "anna");

    await database.close();

    await assert.rejects(accountIds(database.query));
    await assert.rejects(database.transaction(accountIds));
    await assert.rejects(database.isReady());
  });
});
