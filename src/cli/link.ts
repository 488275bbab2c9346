import type { Command } from "commander";
import { MINUTE } from "../lib/clock.ts";
import { Refusal, withOperator } from "./with-operator.ts";

export function linkCommand(program: Command): void {
  program
    .command("link")
    .description("make a one-time reset link without a mail, for the day when mail is down")
    .argument("<address>", "of the account")
    .action((address: string, _: object, command: Command) =>
      withOperator(command, async (operator) => {
        const made = await operator.link(address);
        switch (made.kind) {
          case "made":
            console.log(made.url);
            console.log(
              `\nIt sets a new password for ${made.email}, once, within ${made.lifetimeMs / MINUTE} minutes.`,
            );
            return console.log("Whoever has it is let in: hand it to the owner, in a way that nobody else can read.");
          case "unknown":
            throw new Refusal(`Nobody has an account with the address ${address}.`);
          case "disabled":
            throw new Refusal(`The account ${address} is disabled. \`latchkey account enable\` enables it.`);
        }
      }),
    );
}
