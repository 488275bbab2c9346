import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { printBudget, releaseAll } from "./bulk-release.ts";
import { pluralise, wholeNumber } from "./terminal.ts";
import { Refusal, withOperator } from "./with-operator.ts";

export function inviteCommand(program: Command): void {
  program
    .command("invite")
    .description("create an account for each address in a CSV file and email each a link to choose a password")
    .argument("<file>", "CSV with a header row that has an email column")
    .option("--per-minute <n>", "send at most this many emails a minute", wholeNumber, 600)
    .action((file: string, { perMinute }: { perMinute: number }, command: Command) =>
      withOperator(
        command,
        async (operator) => {
          const invited = await operator.invite(await readAddresses(file));
          if (invited.kind === "refused") {
            const lines = invited.lines.map(({ line, why }) => `  line ${line}: ${why}`);
            throw new Refusal(`Nothing was imported. Fix these lines in ${file}:\n${lines.join("\n")}`);
          }
          const { made, invitedAgain, alreadyThere, twice } = invited;
          const skipped = `${alreadyThere.toLocaleString("en")} that already exist and ${pluralise(twice, "duplicate")}`;
          const again =
            invitedAgain > 0 ? ` Invited ${pluralise(invitedAgain, "account")} without a password again.` : "";
          console.log(`Created ${pluralise(made, "account")}.${again} Skipped ${skipped}.`);
          printBudget(operator, made + invitedAgain);
          await releaseAll(operator, perMinute);
        },
        { mayBeNew: true },
      ),
    );
}

async function readAddresses(file: string): Promise<Array<{ line: number; email: string }>> {
  const { CsvError, readEmailColumn } = await import("./csv.ts");
  try {
    return readEmailColumn(readFileSync(file));
  } catch (error) {
    if (error instanceof CsvError) throw new Refusal(`Nothing was imported. ${file} ${error.message}`);
    throw new Refusal(`Can't read ${file}: ${(error as Error).message}`);
  }
}
