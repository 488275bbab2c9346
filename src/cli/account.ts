import type { Command } from "commander";
import type { Latchkey } from "../latchkey.ts";
import { confirm } from "./terminal.ts";
import { Refusal, withOperator } from "./with-operator.ts";

type Changed = Awaited<ReturnType<Latchkey["operator"]["account"]["disable"]>>;

export function accountCommands(program: Command): void {
  const account = program.command("account").description("disable, enable or delete an account");

  account
    .command("disable")
    .description("block sign-in to an account, end its sessions and turn off its links")
    .argument("<address>")
    .action((address: string, _: object, command: Command) =>
      withOperator(command, async (operator) => {
        printChange(await operator.account.disable(address), address, "account disabled", "already disabled");
      }),
    );

  account
    .command("enable")
    .description("allow sign-in to a disabled account again")
    .argument("<address>")
    .action((address: string, _: object, command: Command) =>
      withOperator(command, async (operator) => {
        printChange(await operator.account.enable(address), address, "account enabled", "wasn't disabled");
      }),
    );

  account
    .command("delete")
    .description("delete an account and its data")
    .argument("<address>")
    .option("--yes", "don't ask for confirmation")
    .action((address: string, options: { yes?: true }, command: Command) =>
      withOperator(command, async (operator) => {
        await confirm(`This deletes the account ${address}. It can't be undone.`, options);
        printChange(await operator.account.delete(address), address, "account deleted", "already deleted");
      }),
    );
}

function printChange(changed: Changed, address: string, done: string, already: string): void {
  if (changed.kind === "unknown") throw new Refusal(`There's no account for ${address}.`);
  console.log(`${address}: ${changed.kind === "done" ? done : already}.`);
}
