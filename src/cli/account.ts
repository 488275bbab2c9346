import type { Command } from "commander";
import type { Latchkey } from "../latchkey.ts";
import { confirm } from "./terminal.ts";
import { Refusal, withOperator } from "./with-operator.ts";

type Changed = Awaited<ReturnType<Latchkey["operator"]["account"]["disable"]>>;

export function accountCommands(program: Command): void {
  const account = program.command("account").description("disable, enable or delete one account");

  account
    .command("disable")
    .description("let nobody into an account, and end its sessions and links")
    .argument("<address>")
    .action((address: string, _: object, command: Command) =>
      withOperator(command, async (operator) => {
        tell(await operator.account.disable(address), address, "is disabled", "was disabled already");
      }),
    );

  account
    .command("enable")
    .description("let the owner into a disabled account again")
    .argument("<address>")
    .action((address: string, _: object, command: Command) =>
      withOperator(command, async (operator) => {
        tell(await operator.account.enable(address), address, "is enabled", "was not disabled");
      }),
    );

  account
    .command("delete")
    .description("delete an account and all that is known of it")
    .argument("<address>")
    .option("--yes", "do not ask")
    .action((address: string, options: { yes?: true }, command: Command) =>
      withOperator(command, async (operator) => {
        await confirm(`This deletes the account ${address}, and cannot be taken back.`, options);
        tell(await operator.account.delete(address), address, "is deleted", "was deleted already");
      }),
    );
}

function tell(changed: Changed, address: string, done: string, already: string): void {
  if (changed.kind === "unknown") throw new Refusal(`Nobody has an account with the address ${address}.`);
  console.log(`The account ${address} ${changed.kind === "done" ? done : already}.`);
}
