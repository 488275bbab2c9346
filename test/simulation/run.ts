/** Runs many random histories: `npm run simulate -- --histories 10000 --seed 1`. */
import { parseArgs } from "node:util";
import { firstSeed } from "../support/seed.ts";
import { FAULTS } from "./faults.ts";
import { type RunResult, runHistories } from "./histories.ts";

const { values } = parseArgs({
  options: { histories: { type: "string", default: "1000" }, seed: { type: "string" }, fault: { type: "string" } },
});
const count = Number(values.histories);
const first = values.seed === undefined ? firstSeed() : Number(values.seed);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(first)) {
  throw new Error("Write whole numbers: npm run simulate -- --histories 1000 --seed 1");
}
if (values.fault !== undefined && !FAULTS[values.fault]) {
  throw new Error(`Write one of these faults: ${Object.keys(FAULTS).join("; ")}`);
}

console.log(`${count} histories, seeds ${first} to ${first + count - 1}`);
const began = performance.now();
const lived = await runHistories({ first, count, fault: values.fault ?? null }, drawBar);
const seconds = Math.round((performance.now() - began) / 1_000);
const { histories, crashes, faults, mails, broken } = lived;
console.log(`\n${histories} histories in ${seconds} s: ${crashes} crashes, ${faults} faults, ${mails} mails.`);
console.log(broken ?? "All guarantees held.");
process.exitCode = broken === null ? 0 : 1;

function drawBar({ histories }: RunResult): void {
  const bar = "█".repeat(Math.round((histories / count) * 30)).padEnd(30, "░");
  if (process.stdout.isTTY) process.stdout.write(`\r${bar} ${histories} of ${count}`);
  else if (histories % Math.ceil(count / 20) === 0) console.log(`${histories} of ${count}`);
}
