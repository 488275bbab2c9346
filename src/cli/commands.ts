import { Command } from "commander";
import { type Logger, pino } from "pino";
import type { ServerSettings } from "./env.ts";
import { type LogDestination, logDestination } from "./log-destination.ts";
import { type Running, serve, work } from "./serve.ts";
import { exit, settingsOrExit, startProblem } from "./settings.ts";

/** The command line, with the two commands that keep running. */
export const program = new Command("latchkey")
  .description("Account recovery: password resets and sign-in links by email, with accounts, sessions and pages.")
  .option("--development", "use development mode unless NODE_ENV is set")
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError("Run with --help for usage.");

program
  .command("serve")
  .description("serve the pages and send email")
  .option("--no-worker", "serve the pages only; run `latchkey work` in another process to send email")
  .option("--no-migrate", "refuse a database that needs a migration instead of migrating it")
  .action(async ({ worker, migrate }: { worker: boolean; migrate: boolean }) => {
    const settings = settingsOrExit(program);
    settings.options.migrate = migrate;
    await start(settings, (logger) => serve(settings, logger, { worker }));
    printAddresses(settings);
  });

program
  .command("work")
  .description("send email only; other processes serve the pages")
  .action(async () => {
    const settings = settingsOrExit(program);
    settings.options.migrate = false;
    await start(settings, (logger) => work(settings, logger));
    if (process.stdout.isTTY) console.log("Latchkey is sending email.\n");
  });

program
  .command("migrate")
  .description("bring the database to the schema of this version")
  .option("--status", "list the migrations and change nothing; ends with 1 if some are pending")
  .option("--print", "print the SQL of the pending migrations and change nothing")
  .action(async (options: { status?: boolean; print?: boolean }) => {
    const { migrate } = await import("./migrate.ts");
    await migrate(settingsOrExit(program), options);
  });

/** Runs the command in the process's arguments. The operator commands are loaded only if it is one of them. */
export async function run(): Promise<void> {
  const name = process.argv.slice(2).find((word) => !word.startsWith("-"));
  if (!["serve", "work", "migrate"].includes(name ?? "")) {
    const { addOperatorCommands } = await import("./operator-commands.ts");
    addOperatorCommands(program);
  }
  await program.parseAsync();
}

async function start(settings: ServerSettings, open: (logger: Logger) => Promise<Running>): Promise<void> {
  const destination = logDestination();
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  const running = await open(logger).catch((error) => exit(startProblem(error, settings)));
  stopOnSignal(running, logger, destination);
}

/** On a terminal only: other readers of the output expect one JSON object a line. */
function printAddresses({ options }: ServerSettings): void {
  if (!process.stdout.isTTY) return;
  const base = options.baseUrl.replace(/\/$/, "");
  const lines = [`Latchkey is running at ${base}`, ""];
  lines.push(`  Create an account      ${base}/sign-up`);
  lines.push(`  Sign in                ${base}/sign-in`);
  lines.push(`  Reset password         ${base}/forgot-password`);
  if (options.mode === "development" && !options.mail?.transport)
    lines.push(`  Mailbox (development)  ${base}/mailbox`);
  console.log(`${lines.join("\n")}\n`);
}

/** In milliseconds. npm passes on a Ctrl-C that the terminal has sent to the whole process group: it arrives twice. */
const SAME_SIGNAL_MS = 1_000;

/** Stops gracefully at the first signal, and at once at a later one. */
function stopOnSignal(running: Running, logger: Logger, destination: LogDestination): void {
  let stoppingSince: number | null = null;
  const onSignal = async (signal: NodeJS.Signals) => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    let code = 0;
    try {
      await running.stop();
    } catch (err) {
      logger.error({ err, signal }, "shutdown failed");
      code = 1;
    }
    await destination.flush();
    process.exit(code);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, onSignal);
}
