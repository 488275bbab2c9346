import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY, SECOND } from "../../src/lib/clock.ts";
import {
  deleteSuppression,
  insertSuppression,
  listSuppressions,
  purgeSuppressions,
} from "../../src/mail/suppressions.ts";
import { NOW, openStore } from "../support/open-store.ts";

const ANNA = "anna@example.com";

describe("A suppression", () => {
  it("stores the server's answer, and counts each refusal", async () => {
    const { query } = await openStore();

    await insertSuppression(query, { email: ANNA, answer: "550 no such user" }, NOW);
    await insertSuppression(query, { email: ANNA, answer: "550 still no such user" }, NOW + DAY);

    const bounce = { email: ANNA, answer: "550 still no such user", times: 2, firstAt: NOW, lastAt: NOW + DAY };
    assert.deepEqual(await listSuppressions(query, { atMost: 10 }, NOW + DAY), [bounce]);
    assert.deepEqual(await listSuppressions(query, { email: ANNA, atMost: 10 }, NOW + DAY), [bounce]);
    assert.deepEqual(await listSuppressions(query, { email: "bob@example.com", atMost: 10 }, NOW), []);
  });

  it("expires 30 days after the last refusal, and is purged", async () => {
    const { query } = await openStore();
    await insertSuppression(query, { email: ANNA, answer: "550" }, NOW);
    await insertSuppression(query, { email: "bob@example.com", answer: "550" }, NOW + SECOND);

    const later = NOW + 30 * DAY;

    assert.equal((await listSuppressions(query, { email: ANNA, atMost: 1 }, later - 1)).length, 1);
    assert.deepEqual(await listSuppressions(query, { email: ANNA, atMost: 1 }, later), []);
    await purgeSuppressions(query, later, 1_000);
    assert.deepEqual(
      (await query.selectFrom("latchkey_suppressions").selectAll().execute()).map(({ email }) => email),
      ["bob@example.com"],
    );
  });

  it("is deleted alone on request", async () => {
    const { query } = await openStore();
    await insertSuppression(query, { email: ANNA, answer: "550" }, NOW);
    await insertSuppression(query, { email: "bob@example.com", answer: "550" }, NOW);

    await deleteSuppression(query, ANNA);

    assert.deepEqual(
      (await listSuppressions(query, { atMost: 10 }, NOW)).map(({ email }) => email),
      ["bob@example.com"],
    );
  });

  it("is listed newest first, in a bounded list", async () => {
    const { query } = await openStore();
    for (let i = 0; i < 5; i += 1)
      await insertSuppression(query, { email: `p${i}@example.com`, answer: "550" }, NOW + i);

    const newest = await listSuppressions(query, { atMost: 2 }, NOW + 5);

    assert.deepEqual(
      newest.map(({ email }) => email),
      ["p4@example.com", "p3@example.com"],
    );
  });
});
