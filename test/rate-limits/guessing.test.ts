import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { databaseClock } from "../../src/db/clock.ts";
import { isPostgres } from "../../src/db/engine.ts";
import { DAY, MINUTE, SECOND } from "../../src/lib/clock.ts";
import { countLimit, countLimitBelow, peekLimit } from "../../src/rate-limits/store.ts";
import { checkAttempt, countFailure } from "../../src/sign-in-attempts/store.ts";
import { KEYS, limit } from "../support/keys.ts";
import { openApp, PASSWORD, signUp } from "../support/open-app.ts";
import { NOW, openStore } from "../support/open-store.ts";

const YEARS = 3_650 * DAY;
const RATE = { count: 3, windowMs: 10 * MINUTE };

describe("The sign-in limit of a client", () => {
  it("is not used up by 60 right passwords behind one IP address (L5)", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");

    for (let i = 0; i < 60; i += 1) {
      const response = await app.client().send("/sign-in", { email: "anna@example.com", password: PASSWORD });
      assert.equal(response.status, 303, `sign-in ${i + 1}`);
    }
  });

  it("holds for 50 concurrent guesses at different addresses, and a right password resets nothing (L5)", async () => {
    const app = await openApp({ limits: { requestsPerIp: "10/10m" } });
    await signUp(app, "anna@example.com");
    const guess = (i: number) =>
      app.client().send("/sign-in", { email: `p${i}@example.com`, password: "wrong password" });

    for (let i = 0; i < 5; i += 1) assert.equal((await guess(i)).status, 401);
    const right = await app.client().send("/sign-in", { email: "anna@example.com", password: PASSWORD });
    assert.equal(right.status, 303);
    const guesses = await Promise.all(Array.from({ length: 50 }, (_, i) => guess(i + 5)));

    assert.equal(guesses.filter(({ status }) => status === 401).length, 5);
  });
});

describe("A stored time from another clock", () => {
  for (const ahead of [2 * SECOND, YEARS]) {
    it(`causes no wait under five failures if it is ${ahead / SECOND} s ahead (L6)`, async () => {
      const { query } = await openStore();
      const key = KEYS.failures("anna@example.com");
      await countFailure(query, key, NOW + ahead);

      assert.deepEqual(await countFailure(query, key, NOW), { kind: "yes" });
    });

    it(`delays a client no longer than the rule says if it is ${ahead / SECOND} s ahead (L6)`, async () => {
      const { query } = await openStore();
      const key = KEYS.failures("anna@example.com");
      for (let i = 0; i < 5; i += 1) await countFailure(query, key, NOW + ahead);
      assert.deepEqual(await checkAttempt(query, key, NOW), { kind: "wait", waitMs: SECOND });
      assert.deepEqual(await checkAttempt(query, key, NOW + SECOND), { kind: "yes" });

      for (let i = 0; i < 4; i += 1) await countLimit(query, limit("key"), RATE, NOW + ahead);
      const peeked = await peekLimit(query, limit("key"), RATE, NOW);
      assert.ok(!peeked.within && peeked.windowEndsAt <= NOW + RATE.windowMs);
      await countLimitBelow(query, limit("key"), RATE, NOW + 1);
      assert.equal((await peekLimit(query, limit("key"), RATE, NOW + RATE.windowMs)).within, true);
    });
  }
});

describe("The clock of instances on one PostgreSQL database", () => {
  it("is the clock of the database, whatever the clocks of the instances show (L6)", async () => {
    const { query } = await openStore();
    if (!isPostgres(query)) return;
    const clocks = [0, 2 * SECOND, -YEARS, YEARS].map((ahead) => databaseClock(query, () => performance.now() + ahead));
    const opened = await Promise.all(clocks);
    for (const { stop } of opened) stop();

    const times = opened.map(({ now }) => now());

    assert.ok(Math.max(...times) - Math.min(...times) < SECOND, String(times));
    assert.ok(Math.abs((times[0] ?? 0) - Date.now()) < MINUTE);
  });
});
