import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createLatchkeyWith } from "../../src/latchkey.ts";
import { digest } from "../../src/lib/secrets.ts";
import type { PasswordHashing } from "../../src/passwords/hashing.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { areaUnderCurve, describeVerdict } from "../support/timing.ts";

const TARGETS = 100;
const REQUESTS_PER_TARGET = 10;
/** A busy machine does not get to ask about all targets: the interval is wider then. */
const AT_MOST_MS = 50_000;
const OWN = "mallory@example.com";

/**
 * The attack: request an email to an own address, then five sign-in links and five resets for the target, then another email
 * to the own address. If only accounts occupied a delivery lane, the gap between the own two emails would reveal them.
 */
describe("The arrival of one's own email", () => {
  for (const [speed, smtpMs] of [
    ["5 ms", () => 5],
    ["5 to 25 ms", () => 5 + Math.random() * 20],
    ["20 to 60 ms", () => 20 + Math.random() * 40],
  ] as Array<[string, () => number]>) {
    it(`does not reveal whether a target has an account, with SMTP answering in ${speed} (S1)`, async (t) => {
      const { gapFor, close } = await openAttack(smtpMs);
      const gaps = { known: [] as number[], unknown: [] as number[] };
      const until = performance.now() + AT_MOST_MS;
      for (let i = 0; i < TARGETS && performance.now() < until; i += 1) {
        const sides: Array<keyof typeof gaps> = Math.random() < 0.5 ? ["known", "unknown"] : ["unknown", "known"];
        for (const side of sides) gaps[side].push(await gapFor(`${side}${i}@example.com`));
      }
      await close();

      const { auc, low, high } = areaUnderCurve(gaps.known, gaps.unknown);
      const [knownMedian = 0, unknownMedian = 0] = [gaps.known, gaps.unknown].map(median);
      const words = describeVerdict({ auc, low, high, knownMedian, unknownMedian });
      t.diagnostic(words);
      assert.ok(high >= 0.45 && low <= 0.55, words);
    });
  }
});

/** Hashing that takes a fixed time and no processor, so that a busy machine adds little noise. */
const hashing: PasswordHashing = {
  hash: async (password) => digest("test", password),
  verify: async () => true,
  load: () => ({ running: 0, waiting: 0, refused: 0 }),
  admit: (work) => work(),
};

async function openAttack(smtpMs: () => number) {
  const database = await freshDatabase();
  const arrivals: number[] = [];
  const latchkey = await createLatchkeyWith(
    {
      baseUrl: "http://localhost:3000",
      database,
      mode: "development",
      limits: { requestsPerIp: "100000000/1h", mailsPerAddress: "100000000/1h", mailsPerDay: 100_000_000 },
      mail: {
        transport: {
          async send({ to }) {
            await sleep(smtpMs());
            if (to === OWN) arrivals.push(performance.now());
            return "250 accepted";
          },
        },
      },
    },
    { hashing },
  );
  const sql = await openRaw(database);
  const insert = "insert into latchkey_accounts (id, email, created_at) values (?, ?, 0)";
  for (let i = 0; i < TARGETS; i += 1) await sql.rows(insert, `id${i}`, `known${i}@example.com`);
  await sql.rows(insert, "own", OWN);

  const ask = async (path: string, email: string) => {
    const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
    const body = new URLSearchParams({ email }).toString();
    const request = new Request(`http://localhost:3000${path}`, { method: "POST", headers, body });
    const response = await latchkey.fetch(request, { ip: "192.0.2.1" });
    assert.equal(response.status, 303);
  };
  // The worker is called by hand: its random delay before a claim would only add noise, which an attacker averages out.
  const gapFor = async (target: string) => {
    arrivals.length = 0;
    // An address of the attacker's own has as many live links as it wants.
    await sql.rows("delete from latchkey_tokens where account_id = 'own'");
    await ask("/forgot-password", OWN);
    for (let i = 0; i < REQUESTS_PER_TARGET / 2; i += 1) {
      await ask("/sign-in-link", target);
      await ask("/forgot-password", target);
    }
    await ask("/forgot-password", OWN);
    await latchkey.deliverDue();
    const [first = 0, last = 0] = arrivals;
    assert.equal(arrivals.length, 2);
    return last - first;
  };
  for (let i = 0; i < 10; i += 1) await gapFor("warm-up@example.com");
  return { gapFor, close: () => latchkey.close() };
}

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
