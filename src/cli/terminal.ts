import { createInterface } from "node:readline/promises";
import { InvalidArgumentError } from "commander";
import { Refusal } from "./with-operator.ts";

/** A moment in epoch milliseconds, to the second. */
export function formatTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

/** How many there are of something: `1 mail`, `2,000 mails`. */
export function pluralise(many: number, what: string): string {
  return `${many.toLocaleString("en")} ${what}${many === 1 ? "" : "s"}`;
}

/** Prints rows in columns as wide as their widest cell; the last one may be of any length. */
export function printColumns(rows: string[][]): void {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  }
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}

/** Asks before something that cannot be taken back. Throws a Refusal where the answer is not yes, or nobody can answer. */
export async function confirm(what: string, { yes = false }: { yes?: boolean | undefined }): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new Refusal(`${what}\nNothing was done. Add --yes to do it without being asked.`);

  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${what}\nWrite yes to go on: `);
  terminal.close();
  if (answer.trim().toLowerCase() !== "yes") throw new Refusal("Nothing was done.");
}

/** A whole number from 1 on, as an option's value. */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number from 1 on.");
}

/** How far something has come. */
export interface Progress {
  show(done: number, note?: string): void;
  /** Ends the line. */
  end(): void;
}

const WIDTH = 30;
/** In milliseconds, where the lines stay. */
const A_LINE_EVERY = 5_000;

/** A bar that moves on a terminal; elsewhere a plain line now and then, and one at the end. */
export function progress(what: string, total: number): Progress {
  const isTerminal = process.stdout.isTTY;
  let printedAt = performance.now();
  let last = "";

  return {
    show(done, note = "") {
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const counted = `${done.toLocaleString("en")} of ${total.toLocaleString("en")}`;
      last = `${what}: ${counted}${note && `, ${note}`}`;
      if (isTerminal) {
        const bar = "#".repeat(Math.round(share * WIDTH)).padEnd(WIDTH, "-");
        process.stdout.write(`\r\x1b[K[${bar}] ${String(Math.floor(share * 100)).padStart(3)} %  ${last}`);
      } else if (performance.now() - printedAt > A_LINE_EVERY) {
        printedAt = performance.now();
        console.log(last);
      }
    },
    end() {
      if (isTerminal) process.stdout.write("\n");
      else if (last !== "") console.log(last);
    },
  };
}
