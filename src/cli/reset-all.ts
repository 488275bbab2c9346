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
    .description("after a breach: end all sessions, turn off all links and passwords, and email everyone a reset link")
    .option("--per-minute <n>", "send at most this many emails a minute", wholeNumber, 600)
    .option("--yes", "don't ask for confirmation")
    .action((options: Options, command: Command) =>
      withOperator(command, async (operator) => {
        const run = await beginOrResume(operator, options);
        if (run) await endEverything(operator, run);
        await releaseAll(operator, options.perMinute);
      }),
    );
}

type Run = Awaited<ReturnType<Latchkey["operator"]["resetAll"]["begin"]>>;

/** Begins a reset, or finds an interrupted one. Null: only its emails are left to be queued. */
async function beginOrResume(operator: Latchkey["operator"], options: Options): Promise<Run | null> {
  const { resetAll } = operator;
  const state = await resetAll.state();
  switch (state.kind) {
    case "ending":
      console.log(`Resuming the reset started at ${formatTime(state.run.at)}.`);
      return state.run;
    case "mailing":
      console.log(`Resuming the last reset: ${pluralise(state.held, "email")} left to send.`);
      printBudget(operator, state.held);
      console.log("No new sessions or passwords are affected. To reset everyone again, run this once it has finished.");
      return null;
    case "none": {
      const many = await resetAll.count();
      const accounts = pluralise(many, "account");
      printBudget(operator, many);
      const first = `This signs everyone out, turns off the passwords of ${accounts} and every link (except those that undo a change of`;
      const second = `email address), and emails everyone a link to choose a new password, ${options.perMinute} a minute.`;
      await confirm(`${first}\n${second}`, options);
      return resetAll.begin();
    }
  }
}

async function endEverything({ resetAll }: Latchkey["operator"], run: Run): Promise<void> {
  const shown = progress("Accounts reset", await resetAll.count(run));
  for await (const done of resetAll.endEverything(run)) shown.show(done);
  shown.end();
}
