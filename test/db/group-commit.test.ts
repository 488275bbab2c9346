import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { openDatabase } from "../../src/db/database.ts";
import type { Db } from "../../src/db/schema.ts";
import { accountIds, addAccount } from "../support/accounts.ts";
import { withTurnCount } from "../support/event-loop.ts";
import { defaultDatabase, openStore } from "../support/open-store.ts";

describe("Work in a group commit", () => {
  it("is committed completely, and each job gets its own result", async () => {
    const { query, batchTransaction } = await openStore();

    const results = await Promise.all(
      Array.from({ length: 300 }, (_, i) =>
        batchTransaction(async (tx) => {
          await addAccount(tx, `person ${i}`);
          return i;
        }),
      ),
    );

    assert.deepEqual(results, [...Array(300).keys()]);
    assert.equal((await accountIds(query)).length, 300);
  });

  it("waits for other work if it may, and is committed with work that may not", async () => {
    const { query, batchTransaction } = await openStore();
    const patient = batchTransaction((tx) => addAccount(tx, "patient"), [], { withinMs: 60_000 });
    await setImmediate();
    assert.deepEqual(await accountIds(query), []);

    await Promise.all([patient, batchTransaction((tx) => addAccount(tx, "hurried"))]);
    assert.deepEqual(await accountIds(query), ["hurried", "patient"]);
  });

  it("is committed alone after its waiting time", async () => {
    const { query, batchTransaction } = await openStore();

    await batchTransaction((tx) => addAccount(tx, "alone"), [], { withinMs: 5 });

    assert.deepEqual(await accountIds(query), ["alone"]);
  });

  it("resolves one waiter per event-loop tick if it may wait", async () => {
    const { batchTransaction } = await openStore();

    const ticks = await withTurnCount((turns) => {
      const people = Array.from({ length: 20 }, (_, i) => `person ${i}`);
      return Promise.all(
        people.map((id) => batchTransaction((tx) => addAccount(tx, id), [], { withinMs: 5 }).then(turns)),
      );
    });

    assert.equal(new Set(ticks).size, 20);
  });

  it("is rolled back alone if its callback throws", async () => {
    const { query, batchTransaction } = await openStore();

    const settled = await Promise.allSettled(
      ["anna", "bob", "carol"].map((id) =>
        batchTransaction(async (tx) => {
          await addAccount(tx, id);
          if (id === "bob") throw new Error("Bob failed.");
          return id;
        }),
      ),
    );

    assert.deepEqual(settled, [
      { status: "fulfilled", value: "anna" },
      { status: "rejected", reason: new Error("Bob failed.") },
      { status: "fulfilled", value: "carol" },
    ]);
    assert.deepEqual(await accountIds(query), ["anna", "carol"]);
  });

  it("is rolled back if it returns null, alone and in a batch, and the other jobs are committed", async () => {
    const { query, transaction, batchTransaction } = await openStore();
    const insertAndReturn = (id: string, result: string | null) => async (tx: Db) => {
      await addAccount(tx, id);
      return result;
    };

    assert.equal(await transaction(insertAndReturn("own", null)), null);
    assert.equal(await batchTransaction(insertAndReturn("alone", null)), null);
    const inBatch = ["anna", null, "carol"].map((result, i) => batchTransaction(insertAndReturn(`job ${i}`, result)));

    assert.deepEqual(await Promise.all(inBatch), ["anna", null, "carol"]);
    assert.deepEqual(await accountIds(query), ["job 0", "job 2"]);
  });

  it("is rolled back alone if the database refuses one of its statements", async () => {
    const { query, transaction, batchTransaction } = await openStore();
    await addAccount(query, "anna");
    const jobs = ["anna", "bob"].map((id) => batchTransaction((tx) => addAccount(tx, id)));

    const settled = await Promise.allSettled(jobs);

    assert.deepEqual(
      settled.map(({ status }) => status),
      ["rejected", "fulfilled"],
    );
    assert.deepEqual(await accountIds(query), ["anna", "bob"]);
    await transaction((tx) => addAccount(tx, "carol"));
  });

  it("is committed after an earlier failure", async () => {
    const { query, batchTransaction } = await openStore();
    const failed = batchTransaction(async () => {
      throw new Error("The work failed.");
    });

    await assert.rejects(failed, /The work failed/);

    await batchTransaction((tx) => addAccount(tx, "anna"));
    assert.deepEqual(await accountIds(query), ["anna"]);
  });

  it("alternates with separate transactions", async () => {
    const { query, transaction, batchTransaction } = await openStore();

    await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        (i % 2 ? batchTransaction : transaction)((tx) => addAccount(tx, `person ${i}`)),
      ),
    );

    assert.equal((await accountIds(query)).length, 60);
  });

  it("is rejected at once after the database is closed", async () => {
    const database = await openDatabase(await defaultDatabase());
    await database.close();

    await assert.rejects(database.batchTransaction((tx) => addAccount(tx, "anna")));
    await assert.rejects(database.batchTransaction((tx) => addAccount(tx, "bob")));
  });

  it("throws instead of hanging inside a transaction, also while other work waits", {
    timeout: 5_000,
  }, async () => {
    const { query, transaction, batchTransaction } = await openStore();
    const other = batchTransaction((tx) => addAccount(tx, "bob"));
    const nested = transaction(async (tx) => {
      await addAccount(tx, "anna");
      await batchTransaction((inner) => addAccount(inner, "carol"));
    });

    await assert.rejects(nested, /would deadlock/);

    await other;
    assert.deepEqual(await accountIds(query), ["bob"]);
  });
});
