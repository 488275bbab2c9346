import type { Command } from "commander";
import { confirm, pluralise } from "./terminal.ts";
import { withOperator } from "./with-operator.ts";

export function endAllCommands(program: Command): void {
  const sessions = program.command("sessions").description("end sessions");
  sessions
    .command("end-all")
    .description("sign everyone out everywhere; passwords and links keep working")
    .option("--yes", "don't ask for confirmation")
    .action((options: { yes?: true }, command: Command) =>
      withOperator(command, async (operator) => {
        await confirm("This signs everyone out everywhere.", options);
        console.log(`Ended ${pluralise(await operator.endAllSessions(), "session")}.`);
      }),
    );

  const links = program.command("links").description("turn off links");
  links
    .command("end-all")
    .description("turn off every link that still works, except those that undo a change of email address")
    .option("--yes", "don't ask for confirmation")
    .action((options: { yes?: true }, command: Command) =>
      withOperator(command, async (operator) => {
        await confirm(
          "This turns off every link that still works, except those that undo a change of email address.",
          options,
        );
        console.log(`Turned off ${pluralise(await operator.endAllLinks(), "link")}.`);
      }),
    );

  program
    .command("restored")
    .description("after restoring a backup: end all its sessions, turn off its links and cancel its unsent emails")
    .option("--yes", "don't ask for confirmation")
    .action((options: { yes?: true }, command: Command) =>
      withOperator(command, async (operator) => {
        await confirm(
          "This ends every session, turns off every link and cancels every email that hasn't been sent.",
          options,
        );
        const ended = await operator.endThePast();
        console.log(
          `Ended ${pluralise(ended.sessions, "session")}, turned off ${pluralise(ended.links, "link")}, cancelled ${pluralise(ended.mails, "email")}.`,
        );
      }),
    );
}
