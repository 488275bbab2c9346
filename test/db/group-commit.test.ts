import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { openDatabase } from "../../src/db/database.ts";
import type { Db } from "../../src/db/schema.ts";
import { add, ids } from "../support/accounts.ts";
import { countingTurns } from "../support/event-loop.ts";
import { openStore, quickest } from "../support/open-store.ts";

describe("Work that shares a commit", () => {
  it("gets its own result, and all of it is there", async () => {
    const { query, batchTransaction } = await openStore();

    const results = await Promise.all(
      Array.from({ length: 300 }, (_, i) =>
        batchTransaction(async (tx) => {
          await add(tx, `person ${i}`);
          return i;
        }),
      ),
    );

    assert.deepEqual(results, [...Array(300).keys()]);
    assert.equal((await ids(query)).length, 300);
  });

  it("waits for company where it can, and goes with a person who cannot", async () => {
    const { query, batchTransaction } = await openStore();
    const patient = batchTransaction((tx) => add(tx, "patient"), [], { withinMs: 60_000 });
    await setImmediate();
    assert.deepEqual(await ids(query), []);

    await Promise.all([patient, batchTransaction((tx) => add(tx, "hurried"))]);
    assert.deepEqual(await ids(query), ["hurried", "patient"]);
  });

  it("goes alone when no one came in time", async () => {
    const { query, batchTransaction } = await openStore();

    await batchTransaction((tx) => add(tx, "alone"), [], { withinMs: 5 });

    assert.deepEqual(await ids(query), ["alone"]);
  });

  it("goes on in a turn of its own where it could wait, so that a hundred of them hold up no other client", async () => {
    const { batchTransaction } = await openStore();

    const wentOn = await countingTurns((turns) => {
      const people = Array.from({ length: 20 }, (_, i) => `person ${i}`);
      return Promise.all(people.map((id) => batchTransaction((tx) => add(tx, id), [], { withinMs: 5 }).then(turns)));
    });

    assert.equal(new Set(wentOn).size, 20);
  });

  it("fails by its own fault alone, and leaves nothing then", async () => {
    const { query, batchTransaction } = await openStore();

    const settled = await Promise.allSettled(
      ["anna", "bob", "carol"].map((id) =>
        batchTransaction(async (tx) => {
          await add(tx, id);
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
    assert.deepEqual(await ids(query), ["anna", "carol"]);
  });

  it("rolls back what a job that returns null did, alone and in a batch, and commits the others", async () => {
    const { query, transaction, batchTransaction } = await openStore();
    const insertAndReturn = (id: string, result: string | null) => async (tx: Db) => {
      await add(tx, id);
      return result;
    };

    assert.equal(await transaction(insertAndReturn("own", null)), null);
    assert.equal(await batchTransaction(insertAndReturn("alone", null)), null);
    const inBatch = ["anna", null, "carol"].map((result, i) => batchTransaction(insertAndReturn(`job ${i}`, result)));

    assert.deepEqual(await Promise.all(inBatch), ["anna", null, "carol"]);
    assert.deepEqual(await ids(query), ["job 0", "job 2"]);
  });

  it("fails alone where the database refuses one of its statements", async () => {
    const { query, transaction, batchTransaction } = await openStore();
    await add(query, "anna");
    const deeds = ["anna", "bob"].map((id) => batchTransaction((tx) => add(tx, id)));

    const settled = await Promise.allSettled(deeds);

    assert.deepEqual(
      settled.map(({ status }) => status),
      ["rejected", "fulfilled"],
    );
    assert.deepEqual(await ids(query), ["anna", "bob"]);
    await transaction((tx) => add(tx, "carol"));
  });

  it("goes on after a failure: what comes later is done", async () => {
    const { query, batchTransaction } = await openStore();
    const failed = batchTransaction(async () => {
      throw new Error("The work failed.");
    });

    await assert.rejects(failed, /The work failed/);

    await batchTransaction((tx) => add(tx, "anna"));
    assert.deepEqual(await ids(query), ["anna"]);
  });

  it("takes turns with transactions of their own", async () => {
    const { query, transaction, batchTransaction } = await openStore();

    await Promise.all(
      Array.from({ length: 60 }, (_, i) => (i % 2 ? batchTransaction : transaction)((tx) => add(tx, `person ${i}`))),
    );

    assert.equal((await ids(query)).length, 60);
  });

  it("fails, and does not wait for ever, where the database was closed", async () => {
    const database = await openDatabase(await quickest());
    await database.close();

    await assert.rejects(database.batchTransaction((tx) => add(tx, "anna")));
    await assert.rejects(database.batchTransaction((tx) => add(tx, "bob")));
  });

  it("throws instead of hanging inside a transaction, also while others wait for theirs", {
    timeout: 5_000,
  }, async () => {
    const { query, transaction, batchTransaction } = await openStore();
    const other = batchTransaction((tx) => add(tx, "bob"));
    const deed = transaction(async (tx) => {
      await add(tx, "anna");
      await batchTransaction((inner) => add(inner, "carol"));
    });

    await assert.rejects(deed, /Use its `tx`/);

    await other;
    assert.deepEqual(await ids(query), ["bob"]);
  });
});
