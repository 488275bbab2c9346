import { Command } from "commander";
import { pino } from "pino";
import { accountCommands } from "./account.ts";
import { endAllCommands } from "./end-all.ts";
import type { ServerSettings } from "./env.ts";
import { eventsCommand } from "./events.ts";
import { inviteCommand } from "./invite.ts";
import { linkCommand } from "./link.ts";
import { mailCommands } from "./mail.ts";
import { resetAllCommand } from "./reset-all.ts";
import { serve } from "./serve.ts";
import { exit, settingsOrExit, startProblem } from "./settings.ts";

/** Every command that there is. */
export const program = new Command("latchkey")
  .description("Account recovery: password resets by mailed link, with accounts, sessions, pages and mail.")
  .option("--development", "be in development where NODE_ENV says nothing")
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError("Add --help to see how it is used.");

program
  .command("serve")
  .description("serve the pages and send the mails")
  .action(async () => {
    const settings = settingsOrExit(program);
    const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });
    const running = await serve(settings, logger).catch((error) => exit(startProblem(error, settings)));
    announce(settings);
    stopOnSignal(running.stop);
  });

for (const add of [
  mailCommands,
  linkCommand,
  eventsCommand,
  accountCommands,
  endAllCommands,
  inviteCommand,
  resetAllCommand,
]) {
  add(program);
}

/** Runs the command that the process was started with. */
export async function run(): Promise<void> {
  await program.parseAsync();
}

function announce({ options }: ServerSettings): void {
  const base = options.baseUrl.replace(/\/$/, "");
  const lines = [`Latchkey is ready at ${base}`, ""];
  lines.push(`  Create an account   ${base}/sign-up`);
  lines.push(`  Sign in             ${base}/sign-in`);
  lines.push(`  Forgot password     ${base}/forgot-password`);
  if (options.mode === "development" && !options.mail?.smtp) lines.push(`  Mailbox             ${base}/mailbox`);
  console.log(`${lines.join("\n")}\n`);
}

function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, async () => {
      await stop();
      process.exit(0);
    });
  }
}
