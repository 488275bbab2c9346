import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { areaUnderCurve, describeVerdict, openTimingApp, type TimingApp, timeTrial } from "../test/support/timing.ts";

/**
 * Measures whether response times reveal which addresses have an account: `node bench/silence.ts [pairs] [which]`. An AUC of
 * 0.5 reveals nothing; the guarantee is 0.45 to 0.55.
 */
const PAIRS = Number(process.argv[2] ?? 1_000);
const WHICH = new RegExp(process.argv[3] ?? "", "i");

const REQUESTS: Array<[name: string, ask: (app: TimingApp) => (email: string) => Promise<unknown>]> = [
  ["Forgotten password", (app) => (email) => app.send("/forgot-password", { email })],
  ["Sign-up", (app) => (email) => app.send("/sign-up", { email })],
  ["Sign-in", (app) => (email) => app.send("/sign-in", { email, password: "not the right password" })],
];

for (const [condition, smtpMs, lanes] of [
  ["idle", 0, 0],
  ["under load", 0, 3],
  ["SMTP slow", 300, 0],
  ["under load and SMTP slow", 300, 3],
] as const) {
  for (const [method, ask] of REQUESTS) {
    await withTimingApp(`${method}, ${condition}`, smtpMs, async (app) => {
      const stop = app.load(lanes);
      const verdict = await timeTrial(app.pairs(ask(app)));
      await stop();
      return describeVerdict(verdict);
    });
  }
}

// The worker does more for an address with an account. Does that change the time of the client's next request?
for (const [method, ask] of REQUESTS.slice(0, 2)) {
  await withTimingApp(`The request after ${method}`, 0, async (app) => {
    const next = { known: [] as number[], nobod: [] as number[] };
    const pairs = app.pairs(async (email) => {
      await ask(app)(email);
      await new Promise((resolve) => setTimeout(resolve, 1));
      const began = performance.now();
      await app.send("/forgot-password", { email: "me@example.com" });
      next[email.slice(0, 5) as keyof typeof next].push(performance.now() - began);
    });
    await timeTrial(pairs);
    const { auc, low, high } = areaUnderCurve(next.known, next.nobod);
    return `AUC ${auc.toFixed(3)}, from ${low.toFixed(3)} to ${high.toFixed(3)}`;
  });
}

async function withTimingApp(name: string, smtpMs: number, c: (app: TimingApp) => Promise<string>): Promise<void> {
  if (!WHICH.test(name)) return;
  const folder = await mkdtemp(join(tmpdir(), "latchkey-silence-"));
  const app = await openTimingApp(`sqlite:${join(folder, "silence.db")}`, PAIRS, smtpMs);
  try {
    console.log(`${name}: ${await c(app)}`);
  } finally {
    await app.latchkey.close();
    await rm(folder, { recursive: true });
  }
}
