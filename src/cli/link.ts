import type { Command } from "commander";
import { MINUTE } from "../lib/clock.ts";
import { pluralise } from "./terminal.ts";
import { Refusal, withOperator } from "./with-operator.ts";

export function linkCommand(program: Command): void {
  program
    .command("link")
    .description("create a one-time reset link without sending email, for when email is down")
    .argument("<address>", "email address of the account")
    .action((address: string, _: object, command: Command) =>
      withOperator(command, async (operator) => {
        const made = await operator.link(address);
        switch (made.kind) {
          case "made":
            console.log(made.url);
            console.log(
              `\nThis link resets the password for ${made.email}. It works once and expires in ${pluralise(made.lifetimeMs / MINUTE, "minute")}.`,
            );
            return console.log(
              "Anyone with this link can get into the account. Give it to the owner over a private channel.",
            );
          case "unknown":
            throw new Refusal(`There's no account for ${address}.`);
          case "disabled":
            throw new Refusal(
              `The account ${address} is disabled. Enable it with \`latchkey account enable ${address}\`.`,
            );
        }
      }),
    );
}
