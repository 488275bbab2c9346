import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Db } from "../../src/db/schema.ts";
import { DAY, MINUTE } from "../../src/lib/clock.ts";
import { clearLimit, countLimit, countLimitBelow, purgeLimits, refundLimit } from "../../src/rate-limits/store.ts";
import { limit } from "../support/keys.ts";
import { freshDatabase, NOW, openStore, openTwoHandles } from "../support/open-store.ts";

const RATE = { count: 3, windowMs: 10 * MINUTE };

describe("A rate limit", () => {
  it("allows its number of requests in a window, and returns the end of the window", async () => {
    const { query } = await openStore();

    const within: boolean[] = [];
    for (let i = 0; i < 5; i += 1) {
      const counted = await countLimit(query, limit("key"), RATE, NOW + i * MINUTE);
      assert.equal(counted.windowEndsAt, NOW + 10 * MINUTE);
      within.push(counted.within);
    }

    assert.deepEqual(within, [true, true, true, false, false]);
  });

  it("holds to the last millisecond of its window, and restarts once with the next", async () => {
    const { query } = await openStore();
    await exhaust(query, "key");

    const last = await countLimit(query, limit("key"), RATE, NOW + 10 * MINUTE - 1);
    const next = await countLimit(query, limit("key"), RATE, NOW + 10 * MINUTE);
    const more = await countLimit(query, limit("key"), RATE, NOW + 10 * MINUTE + 1);

    assert.deepEqual(last, { within: false, windowEndsAt: NOW + 10 * MINUTE });
    assert.deepEqual(next, { within: true, windowEndsAt: NOW + 20 * MINUTE });
    assert.deepEqual(more, { within: true, windowEndsAt: NOW + 20 * MINUTE });
  });

  it("is not extended by refused requests", async () => {
    const { query } = await openStore();
    await exhaust(query, "key");
    for (let i = 0; i < 100; i += 1) await countLimit(query, limit("key"), RATE, NOW + 9 * MINUTE);

    assert.equal((await countLimit(query, limit("key"), RATE, NOW + 10 * MINUTE)).within, true);
  });

  it("counts every key separately, byte for byte", async () => {
    const { query } = await openStore();
    await exhaust(query, "mails anna@example.com");

    const others = [
      "mails bob@example.com",
      "mails Anna@example.com",
      "sign-in anna@example.com",
      "mails anna@example.co%",
    ];
    for (const key of [...others, "mails anna@example.com ", ""]) {
      assert.equal((await countLimit(query, limit(key), RATE, NOW)).within, true, key);
    }
    assert.equal((await countLimit(query, limit("mails anna@example.com"), RATE, NOW)).within, false);
  });

  it("holds for fifty concurrent callers, also through two handles on one file (L1)", async () => {
    const [one, other] = await openTwoHandles();
    const rate = { count: 10, windowMs: MINUTE };

    const counted = await Promise.all(
      Array.from({ length: 50 }, (_, i) => countLimit((i % 2 ? one : other).query, limit("key"), rate, NOW)),
    );

    assert.equal(counted.filter(({ within }) => within).length, 10);
  });

  it("holds for fifty concurrent callers at the start of a window", async () => {
    const { query } = await openStore();
    await exhaust(query, "key");

    const counted = await Promise.all(
      Array.from({ length: 50 }, () => countLimit(query, limit("key"), RATE, NOW + 10 * MINUTE)),
    );

    assert.equal(counted.filter(({ within }) => within).length, 3);
  });

  it("that counts only allowed requests leaves the rest to a larger limit, also for fifty concurrent callers", async () => {
    const [one, other] = await openTwoHandles();
    const day = (count: number) => ({ count, windowMs: DAY });

    const many = await Promise.all(
      Array.from({ length: 50 }, (_, i) => countLimitBelow((i % 2 ? one : other).query, limit("key"), day(7), NOW)),
    );
    const rest = [];
    for (let i = 0; i < 5; i += 1) rest.push(await countLimitBelow(one.query, limit("key"), day(10), NOW + 1));
    await refundLimit(one.query, limit("key"), NOW + DAY);

    assert.equal(many.filter(({ within }) => within).length, 7);
    assert.deepEqual(
      rest.map(({ within }) => within),
      [true, true, true, false, false],
    );
    assert.equal(rest[4]?.windowEndsAt, NOW + DAY);
    assert.equal((await countLimitBelow(one.query, limit("key"), day(10), NOW + 2)).within, true);
    assert.equal((await countLimitBelow(one.query, limit("key"), day(10), NOW + 3)).within, false);
    assert.deepEqual(await countLimitBelow(one.query, limit("key"), day(7), NOW + DAY), {
      within: true,
      windowEndsAt: NOW + 2 * DAY,
    });
  });

  it("survives a restart (L1)", async () => {
    const url = await freshDatabase();
    const before = await openStore(url);
    await exhaust(before.query, "key");
    await before.close();

    const after = await openStore(url);

    assert.equal((await countLimit(after.query, limit("key"), RATE, NOW)).within, false);
  });

  it("does not count rolled-back requests", async () => {
    const { query, transaction } = await openStore();
    const action = transaction(async (tx) => {
      await exhaust(tx, "key");
      throw new Error("The action failed.");
    });

    await assert.rejects(action, /The action failed/);

    assert.equal((await countLimit(query, limit("key"), RATE, NOW)).within, true);
  });

  it("is cleared for its key alone", async () => {
    const { query } = await openStore();
    await exhaust(query, "anna");
    await exhaust(query, "bob");

    await clearLimit(query, limit("anna"));
    await clearLimit(query, limit("no one"));

    assert.deepEqual(await countLimit(query, limit("anna"), RATE, NOW + MINUTE), {
      within: true,
      windowEndsAt: NOW + 11 * MINUTE,
    });
    assert.equal((await countLimit(query, limit("bob"), RATE, NOW + MINUTE)).within, false);
  });

  it("is deleted after its window, and not before", async () => {
    const { query } = await openStore();
    await exhaust(query, "over");
    await exhaust(query, "holds", NOW + 1);

    await purgeLimits(query, NOW + 10 * MINUTE, 1_000);

    const rows = await query.selectFrom("latchkey_limits").select("key").execute();
    assert.deepEqual(
      rows.map(({ key }) => key),
      ["holds"],
    );
    assert.equal((await countLimit(query, limit("holds"), RATE, NOW + 10 * MINUTE)).within, false);
  });
});

async function exhaust(db: Db, key: string, now = NOW): Promise<void> {
  for (let i = 0; i <= RATE.count; i += 1) await countLimit(db, limit(key), RATE, now);
}
