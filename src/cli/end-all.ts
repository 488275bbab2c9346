import type { Command } from "commander";
import { confirm } from "./terminal.ts";
import { withOperator } from "./with-operator.ts";

export function endAllCommands(program: Command): void {
  const sessions = program.command("sessions").description("end sessions");
  sessions
    .command("end-all")
    .description("sign everybody out everywhere; passwords and links go on working")
    .option("--yes", "do not ask")
    .action((options: { yes?: true }, command: Command) =>
      withOperator(command, async (operator) => {
        await confirm("This signs everybody out everywhere.", options);
        console.log(`Sessions ended: ${await operator.endAllSessions()}.`);
      }),
    );

  const links = program.command("links").description("end links");
  links
    .command("end-all")
    .description("end every link that was mailed and still works, but for those that take an account back")
    .option("--yes", "do not ask")
    .action((options: { yes?: true }, command: Command) =>
      withOperator(command, async (operator) => {
        await confirm(
          "This ends every link that was mailed and still works, but for those that take an account back.",
          options,
        );
        console.log(`Links ended: ${await operator.endAllLinks()}.`);
      }),
    );

  program
    .command("restored")
    .description("after putting a backup back: end all sessions and links in it, and close its unsent mails")
    .option("--yes", "do not ask")
    .action((options: { yes?: true }, command: Command) =>
      withOperator(command, async (operator) => {
        await confirm("This ends every session and every link, and no mail that waits now will be sent.", options);
        const ended = await operator.endThePast();
        console.log(`Sessions ended: ${ended.sessions}. Links ended: ${ended.links}. Mails closed: ${ended.mails}.`);
      }),
    );
}
