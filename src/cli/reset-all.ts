import type { Command } from "commander";
import type { Latchkey } from "../latchkey.ts";
import { printBudget, releaseAll } from "./bulk-release.ts";
import { confirm, formatTime, pluralise, progress, wholeNumber } from "./terminal.ts";
import { withOperator } from "./with-operator.ts";

interface Options {
  perMinute: number;
  yes?: true;
}

export function resetAllCommand(program: Command): void {
  program
    .command("reset-all")
    .description("after a breach: end every session, link and password, and mail everybody a reset link")
    .option("--per-minute <n>", "let at most so many mails go in a minute", wholeNumber, 600)
    .option("--yes", "do not ask")
    .action((options: Options, command: Command) =>
      withOperator(command, async (operator) => {
        const run = await runToGoOnWith(operator, options);
        if (run) await endEverything(operator, run);
        await releaseAll(operator, options.perMinute);
      }),
    );
}

type Run = Awaited<ReturnType<Latchkey["operator"]["resetAll"]["begin"]>>;

/** Begins one, or finds the one that was killed. Null: only its mails are left to be let go. */
async function runToGoOnWith(operator: Latchkey["operator"], options: Options): Promise<Run | null> {
  const { resetAll } = operator;
  const state = await resetAll.state();
  switch (state.kind) {
    case "ending":
      console.log(`Going on with the reset that began at ${formatTime(state.run.at)}.`);
      return state.run;
    case "mailing":
      console.log(`Going on with the last reset, of which ${pluralise(state.held, "mail")} waited to be let go.`);
      printBudget(operator, state.held);
      console.log("Nothing new is ended. To reset everybody anew, run this again when it is done.");
      return null;
    case "none": {
      const many = await resetAll.count();
      const accounts = pluralise(many, "account");
      printBudget(operator, many);
      const ends = "This ends every session, and every link but those that take an account back,";
      const what = `makes the passwords of ${accounts} unusable, and mails everybody a link to set a new one`;
      await confirm(`${ends}\n${what}, ${options.perMinute} a minute.`, options);
      return resetAll.begin();
    }
  }
}

async function endEverything({ resetAll }: Latchkey["operator"], run: Run): Promise<void> {
  const shown = progress("Passwords, sessions and links ended", await resetAll.count(run));
  for await (const done of resetAll.endEverything(run)) shown.show(done);
  shown.end();
}
