import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { hash } from "@node-rs/argon2";
import { createLatchkey, type Latchkey } from "../../src/latchkey.ts";
import { openRaw } from "./raw-database.ts";

/** The same request for an address with an account, and for one without. */
export interface Pair {
  known: () => Promise<unknown>;
  unknown: () => Promise<unknown>;
}

/** How well a stranger with a clock can tell the two apart: 0.5 is not at all, 1 and 0 are always. Times in milliseconds. */
export interface Verdict {
  auc: number;
  /** The 95 % interval of it. */
  low: number;
  high: number;
  knownMedian: number;
  unknownMedian: number;
}

/**
 * Asks every pair, in an order of chance, so that whatever else the machine does falls on both alike. So many at once as
 * there are lanes. After `atMostMs` no further pair is asked: the verdict has a wider interval then.
 */
export async function timeTrial(
  pairs: Pair[],
  { lanes = 1, atMostMs = Number.POSITIVE_INFINITY }: { lanes?: number; atMostMs?: number } = {},
): Promise<Verdict> {
  const until = performance.now() + atMostMs;
  const known: number[] = [];
  const unknown: number[] = [];
  const waiting = [...pairs];
  const run = async () => {
    for (let pair = waiting.pop(); pair && performance.now() < until; pair = waiting.pop()) {
      const turns = [
        async (ask: Pair) => known.push(await timeOf(ask.known)),
        async (ask: Pair) => unknown.push(await timeOf(ask.unknown)),
      ];
      if (Math.random() < 0.5) turns.reverse();
      for (const turn of turns) await turn(pair);
    }
  };
  await Promise.all(Array.from({ length: lanes }, run));
  return { ...areaUnderCurve(known, unknown), knownMedian: median(known), unknownMedian: median(unknown) };
}

/** What is promised of the area under the curve. */
const ALLOWED = { low: 0.45, high: 0.55 };

/** Fails only where the whole interval is outside of what is allowed: noise widens it, and is no proof of anything. */
export function assertSilent(verdict: Verdict): void {
  assert.ok(verdict.high >= ALLOWED.low && verdict.low <= ALLOWED.high, describeVerdict(verdict));
}

/** The verdict in a line. */
export function describeVerdict({ auc, low, high, knownMedian, unknownMedian }: Verdict): string {
  const medians = `${knownMedian.toFixed(2)} ms and ${unknownMedian.toFixed(2)} ms`;
  return `AUC ${auc.toFixed(3)}, from ${low.toFixed(3)} to ${high.toFixed(3)}; medians ${medians}`;
}

/**
 * The chance that someone known took longer than someone unknown: Mann and Whitney's statistic, with the interval of
 * Hanley and McNeil (Radiology 143, 1982).
 */
export function areaUnderCurve(known: number[], unknown: number[]): { auc: number; low: number; high: number } {
  let above = 0;
  for (const a of known) {
    for (const b of unknown) above += a > b ? 1 : a === b ? 0.5 : 0;
  }
  const [n, m] = [known.length, unknown.length];
  const auc = above / (n * m);
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc * auc) / (1 + auc);
  const variance = (auc * (1 - auc) + (n - 1) * (q1 - auc * auc) + (m - 1) * (q2 - auc * auc)) / (n * m);
  const margin = 1.96 * Math.sqrt(Math.max(variance, 0));
  return { auc, low: auc - margin, high: auc + margin };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  // The work that the last request left behind is done before the next one begins.
  await new Promise((resolve) => setImmediate(resolve));
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

/** An app with accounts, as many addresses without one, and a running worker. */
export interface TimingApp {
  latchkey: Latchkey;
  /** A pair for each account: the request for it, and for an address of the same length without an account. */
  pairs(ask: (email: string) => Promise<unknown>): Pair[];
  /** Sends a form, each from a computer of its own, and returns the status. */
  send(path: string, fields: Record<string, string>): Promise<number>;
  /** Sends requests of other clients in parallel until the returned function is called. */
  load(lanes: number): () => Promise<void>;
}

/** `database` is the URL of a fresh database; the delivery of an email takes `smtpMs`. */
export async function openTimingApp(database: string, people: number, smtpMs: number): Promise<TimingApp> {
  const latchkey = await createLatchkey({
    baseUrl: "http://localhost:3000",
    database,
    mode: "development",
    mail: { transport: { send: async () => setTimeout(smtpMs, "250 taken") } },
    limits: {
      requestsPerIp: "100000000/1h",
      mailsPerAddress: "100000000/1h",
      signInsPerAccount: "100000000/1h",
      mailsPerDay: 100_000_000,
    },
  });
  const passwordHash = await hash("correct horse battery staple", { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const sql = await openRaw(database);
  await sql.rows("begin");
  for (let i = 0; i < people; i += 1) {
    const account = [`id-${i}`, addressOf("known", i), passwordHash];
    await sql.rows(
      "insert into latchkey_accounts (id, email, password_hash, created_at) values (?, ?, ?, 0)",
      ...account,
    );
  }
  await sql.rows("commit");
  latchkey.worker.start();

  const send = async (path: string, fields: Record<string, string>) => {
    const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
    const body = new URLSearchParams(fields).toString();
    const request = new Request(`http://localhost:3000${path}`, { method: "POST", headers, body });
    const response = await latchkey.fetch(request, { ip: "192.0.2.1" });
    await response.text();
    return response.status;
  };
  return {
    latchkey,
    send,
    pairs: (ask) =>
      Array.from({ length: people }, (_, i) => ({
        known: () => ask(addressOf("known", i)),
        unknown: () => ask(addressOf("nobod", i)),
      })),
    load(lanes) {
      let isOver = false;
      const lane = async (n: number) => {
        for (let i = 0; !isOver; i += 1) {
          await send("/forgot-password", { email: addressOf(i % 2 ? "known" : "other", (n * 1_000 + i) % people) });
          await (await latchkey.fetch(new Request("http://localhost:3000/sign-in"), { ip: "192.0.2.2" })).text();
          await setTimeout(1);
        }
      };
      const done = Promise.all(Array.from({ length: lanes }, (_, n) => lane(n)));
      return async () => {
        isOver = true;
        await done;
      };
    },
  };
}

function addressOf(client: string, i: number): string {
  return `${client}${String(i).padStart(5, "0")}@example.com`;
}
