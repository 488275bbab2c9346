import type { Command } from "commander";
import { accountCommands } from "./account.ts";
import { endAllCommands } from "./end-all.ts";
import { eventsCommand } from "./events.ts";
import { inviteCommand } from "./invite.ts";
import { linkCommand } from "./link.ts";
import { mailCommands } from "./mail.ts";
import { resetAllCommand } from "./reset-all.ts";

/** Adds the commands that an operator runs and that end by themselves. */
export function addOperatorCommands(program: Command): void {
  mailCommands(program);
  linkCommand(program);
  eventsCommand(program);
  accountCommands(program);
  endAllCommands(program);
  inviteCommand(program);
  resetAllCommand(program);
}
