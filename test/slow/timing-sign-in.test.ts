import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { isOnPostgres } from "../support/engine.ts";
import { freshDatabase } from "../support/open-store.ts";
import { assertSilent, openTimingApp, timeTrial } from "../support/timing.ts";

/** Number of addresses with an account, and of addresses without one. */
const PEOPLE = Number(process.env.LATCHKEY_TEST_PAIRS || (isOnPostgres() ? 50 : 200));
/** A machine with much else to do does not get to ask them all. */
const AT_MOST_MS = isOnPostgres() ? 10_000 : 40_000;

describe("Response time of POST /sign-in", () => {
  it("does not reveal whether an account exists, with two concurrent sign-ins (S3)", async () => {
    const app = await openTimingApp(await freshDatabase(), PEOPLE, 50);
    after(() => app.latchkey.close());
    const statuses = new Set<number>();
    const ask = async (email: string) =>
      statuses.add(await app.send("/sign-in", { email, password: "not the right password" }));

    const verdict = await timeTrial(app.pairs(ask), { lanes: 2, atMostMs: AT_MOST_MS });

    assert.deepEqual([...statuses], [401]);
    assertSilent(verdict);
  });
});
