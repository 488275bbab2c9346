import { createInterface } from "node:readline/promises";
import { InvalidArgumentError } from "commander";
import { Refusal } from "./with-operator.ts";

/** ISO 8601 to the second, of epoch milliseconds. */
export function formatTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

/** A count with its noun: `1 email`, `2,000 emails`. */
export function pluralise(many: number, what: string): string {
  return `${many.toLocaleString("en")} ${what}${many === 1 ? "" : "s"}`;
}

/** Prints rows in columns as wide as their widest cell. */
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

/** Asks before something that can't be undone. Throws a Refusal if the answer is not yes, or if there is no terminal. */
export async function confirm(what: string, { yes = false }: { yes?: boolean | undefined }): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new Refusal(`${what}\nNothing was changed. Add --yes to skip this question.`);

  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${what}\nType yes to continue: `);
  terminal.close();
  if (answer.trim().toLowerCase() !== "yes") throw new Refusal("Cancelled. Nothing was changed.");
}

/** Parses a whole number from 1 up, as an option's value. */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Use a whole number, 1 or more.");
}

/** A progress display. */
export interface Progress {
  show(done: number, note?: string): void;
  /** Ends the line. */
  end(): void;
}

const WIDTH = 30;
/** In milliseconds, for output that is not a terminal. */
const LINE_INTERVAL = 5_000;

/** A moving bar on a terminal; elsewhere a plain line every few seconds and one at the end. */
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
      } else if (performance.now() - printedAt > LINE_INTERVAL) {
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
