import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { areaUnderCurve, inWords, openTown, type Town, timeTrial } from "../test/support/timing.ts";

/**
 * Measures whether response times reveal which addresses have an account: `node bench/silence.ts [pairs] [which]`. An AUC of
 * 0.5 reveals nothing; the guarantee is 0.45 to 0.55.
 */
const PAIRS = Number(process.argv[2] ?? 1_000);
const WHICH = new RegExp(process.argv[3] ?? "", "i");

const REQUESTS: Array<[name: string, ask: (town: Town) => (email: string) => Promise<unknown>]> = [
  ["Forgotten password", (town) => (email) => town.send("/forgot-password", { email })],
  ["Sign-up", (town) => (email) => town.send("/sign-up", { email })],
  ["Sign-in", (town) => (email) => town.send("/sign-in", { email, password: "not the right password" })],
];

for (const [condition, smtpMs, lanes] of [
  ["idle", 0, 0],
  ["under load", 0, 3],
  ["SMTP slow", 300, 0],
  ["under load and SMTP slow", 300, 3],
] as const) {
  for (const [method, ask] of REQUESTS) {
    await inTown(`${method}, ${condition}`, smtpMs, async (town) => {
      const stop = town.load(lanes);
      const verdict = await timeTrial(town.pairs(ask(town)));
      await stop();
      return inWords(verdict);
    });
  }
}

// The worker does more for an address with an account. Does that change the time of the client's next request?
for (const [method, ask] of REQUESTS.slice(0, 2)) {
  await inTown(`The request after ${method}`, 0, async (town) => {
    const next = { known: [] as number[], nobod: [] as number[] };
    const pairs = town.pairs(async (email) => {
      await ask(town)(email);
      await new Promise((resolve) => setTimeout(resolve, 1));
      const began = performance.now();
      await town.send("/forgot-password", { email: "me@example.com" });
      next[email.slice(0, 5) as keyof typeof next].push(performance.now() - began);
    });
    await timeTrial(pairs);
    const { auc, low, high } = areaUnderCurve(next.known, next.nobod);
    return `AUC ${auc.toFixed(3)}, from ${low.toFixed(3)} to ${high.toFixed(3)}`;
  });
}

async function inTown(name: string, smtpMs: number, c: (town: Town) => Promise<string>): Promise<void> {
  if (!WHICH.test(name)) return;
  const folder = await mkdtemp(join(tmpdir(), "latchkey-silence-"));
  const town = await openTown(`sqlite:${join(folder, "silence.db")}`, PAIRS, smtpMs);
  try {
    console.log(`${name}: ${await c(town)}`);
  } finally {
    await town.latchkey.close();
    await rm(folder, { recursive: true });
  }
}
