import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { printBudget, releaseAll } from "./bulk-release.ts";
import { wholeNumber } from "./terminal.ts";
import { Refusal, withOperator } from "./with-operator.ts";

export function inviteCommand(program: Command): void {
  program
    .command("invite")
    .description("make an account for each address of a CSV file, and mail each a link to choose a password")
    .argument("<file>", "with a line of headings, one of which is email")
    .option("--per-minute <n>", "let at most so many mails go in a minute", wholeNumber, 600)
    .action((file: string, { perMinute }: { perMinute: number }, command: Command) =>
      withOperator(
        command,
        async (operator) => {
          const invited = await operator.invite(await addressesIn(file));
          if (invited.kind === "refused") {
            const lines = invited.lines.map(({ line, why }) => `  line ${line} ${why}`);
            throw new Refusal(`Nothing was imported. Please set right in ${file}:\n${lines.join("\n")}`);
          }
          const { made, alreadyThere, twice } = invited;
          console.log(`Accounts made: ${made}. There already: ${alreadyThere}. Named again in the file: ${twice}.`);
          printBudget(operator, made);
          await releaseAll(operator, perMinute);
        },
        { mayBeNew: true },
      ),
    );
}

async function addressesIn(file: string): Promise<Array<{ line: number; email: string }>> {
  const { parse } = await import("csv-parse/sync");
  const content = readOrRefuse(file);
  let headings: string[] = [];
  try {
    const records = parse(content, {
      bom: true,
      columns: (first: string[]) => {
        headings = first.map((heading) => heading.trim().toLowerCase());
        return headings;
      },
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as Array<{ record: Record<string, string>; info: { lines: number } }>;
    if (!headings.includes("email")) {
      throw new Refusal(`${file} has no column named email. Its first line reads: ${headings.join(", ")}`);
    }
    return records.map(({ record, info }) => ({ line: info.lines, email: record.email ?? "" }));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`Nothing was imported. ${file} cannot be read as CSV: ${(error as Error).message}`);
  }
}

function readOrRefuse(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${(error as Error).message}`);
  }
}
