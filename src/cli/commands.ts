import { Command } from "commander";
import { type Logger, pino } from "pino";
import type { ServerSettings } from "./env.ts";
import { type Running, serve, work } from "./serve.ts";
import { exit, settingsOrExit, startProblem } from "./settings.ts";

/** The command line, with the two commands that go on running. */
export const program = new Command("latchkey")
  .description("Account recovery: password resets by mailed link, with accounts, sessions, pages and mail.")
  .option("--development", "be in development where NODE_ENV says nothing")
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError("Add --help to see how it is used.");

program
  .command("serve")
  .description("serve the pages and send the mails")
  .option("--no-worker", "serve the pages alone, where another process runs `latchkey work`")
  .action(async ({ worker }: { worker: boolean }) => {
    const settings = settingsOrExit(program);
    await start(settings, () => serve(settings, logger(), { worker }));
    announce(settings);
  });

program
  .command("work")
  .description("send the mails alone, where other processes serve the pages")
  .action(async () => {
    const settings = settingsOrExit(program);
    await start(settings, () => work(settings, logger()));
    console.log("Latchkey sends the mails.\n");
  });

/** Runs the command that the process was started with. The operator's are loaded only where none of the above is meant. */
export async function run(): Promise<void> {
  const meant = process.argv.slice(2).find((word) => !word.startsWith("-"));
  if (meant !== "serve" && meant !== "work") {
    const { addOperatorCommands } = await import("./operator-commands.ts");
    addOperatorCommands(program);
  }
  await program.parseAsync();
}

function logger(): Logger {
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

async function start(settings: ServerSettings, starting: () => Promise<Running>): Promise<void> {
  const running = await starting().catch((error) => exit(startProblem(error, settings)));
  stopOnSignal(running.stop);
}

function announce({ options }: ServerSettings): void {
  const base = options.baseUrl.replace(/\/$/, "");
  const lines = [`Latchkey is ready at ${base}`, ""];
  lines.push(`  Create an account   ${base}/sign-up`);
  lines.push(`  Sign in             ${base}/sign-in`);
  lines.push(`  Forgot password     ${base}/forgot-password`);
  if (options.mode === "development" && !options.mail?.transport) lines.push(`  Mailbox             ${base}/mailbox`);
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
