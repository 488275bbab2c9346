import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { isOnPostgres } from "../support/engine.ts";
import { freshDatabase } from "../support/open-store.ts";
import { areaUnderCurve, assertSilent, openTimingApp, type TimingApp, timeTrial } from "../support/timing.ts";

/** Number of addresses with an account, and of addresses without one. */
const PEOPLE = Number(process.env.LATCHKEY_TEST_PAIRS || (isOnPostgres() ? 50 : 250));
/** A machine with much else to do does not get to ask them all. */
const AT_MOST_MS = isOnPostgres() ? 5_000 : 15_000;

const REQUESTS: Array<[method: string, ask: (app: TimingApp) => (email: string) => Promise<number>]> = [
  ["/forgot-password", (app) => (email) => app.send("/forgot-password", { email })],
  ["/sign-up", (app) => (email) => app.send("/sign-up", { email })],
];

describe("Response time", () => {
  for (const [method, ask] of REQUESTS) {
    for (const [condition, lanes] of [
      ["while the server is idle", 0],
      ["while other clients are served", 2],
    ] as const) {
      it(`of ${method} does not reveal whether an account exists, ${condition} and with a slow mail server (S3)`, async () => {
        const app = await openTimedApp();
        const stop = app.load(lanes);

        const verdict = await timeTrial(app.pairs(ask(app)), { atMostMs: AT_MOST_MS });
        await stop();

        assertSilent(verdict);
      });
    }
  }
});

describe("The verdict on two samples of times", () => {
  const rows = (shift: number) => Array.from({ length: 400 }, (_, i) => 10 + (i % 20) / 10 + shift);

  it("is 0.5 for equal samples, with a confidence interval around it (S3)", () => {
    const { auc, low, high } = areaUnderCurve(rows(0), rows(0));

    assert.ok(Math.abs(auc - 0.5) < 1e-9);
    assert.ok(low > 0.45 && low < 0.5 && high > 0.5 && high < 0.55);
  });

  it("detects a difference of a third of a millisecond in twelve, on either side (S3)", () => {
    assert.throws(() => assertSilent({ ...areaUnderCurve(rows(0.33), rows(0)), knownMedian: 0, unknownMedian: 0 }));
    assert.throws(() => assertSilent({ ...areaUnderCurve(rows(0), rows(0.33)), knownMedian: 0, unknownMedian: 0 }));
  });
});

async function openTimedApp(): Promise<TimingApp> {
  const app = await openTimingApp(await freshDatabase(), PEOPLE, 50);
  after(() => app.latchkey.close());
  return app;
}
