import { existsSync } from "node:fs";
import { Command } from "commander";
import { type Logger, pino } from "pino";
import { readSettings, type ServerSettings, SettingsError } from "./env.ts";
import { type Running, serve, work } from "./serve.ts";

const program = new Command("latchkey").description(
  "Account recovery: password resets by mailed link, with accounts, sessions, pages and mail.",
);

program
  .command("serve")
  .description("serve the pages and send the mails")
  .option("--development", "be in development where NODE_ENV says nothing")
  .option("--no-worker", "serve the pages alone, where another process runs `latchkey work`")
  .action(async ({ development = false, worker }: { development?: boolean; worker: boolean }) => {
    const settings = settingsOrExit(development);
    await start(settings, () => serve(settings, logger(), { worker }));
    announce(settings);
  });

program
  .command("work")
  .description("send the mails alone, where other processes serve the pages")
  .option("--development", "be in development where NODE_ENV says nothing")
  .action(async ({ development = false }: { development?: boolean }) => {
    const settings = settingsOrExit(development);
    await start(settings, () => work(settings, logger()));
    console.log("Latchkey sends the mails.\n");
  });

/** Runs the command that the process was started with. */
export async function run(): Promise<void> {
  await program.parseAsync();
}

function settingsOrExit(development: boolean): ServerSettings {
  if (existsSync(".env")) process.loadEnvFile(".env");
  if (development && !process.env.NODE_ENV) process.env.NODE_ENV = "development";
  try {
    return readSettings(process.env);
  } catch (error) {
    if (error instanceof SettingsError) return exit(`Latchkey cannot start. Please set right:\n${error.message}`);
    throw error;
  }
}

function logger(): Logger {
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

async function start(settings: ServerSettings, starting: () => Promise<Running>): Promise<void> {
  const running = await starting().catch((error) => exit(startProblem(error, settings)));
  stopOnSignal(running.stop);
}

function startProblem(error: unknown, { host, port, options }: ServerSettings): string {
  const { code, message } = error as { code?: string; message: string };
  if (code === "EADDRINUSE") return `Port ${port} on ${host} is taken. Set PORT to another one.`;
  if (code === "ERR_SQLITE_ERROR")
    return `The database ${options.database ?? "sqlite:latchkey.db"} cannot be used: ${message}.`;
  return `Latchkey cannot start: ${message}`;
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

function exit(why: string): never {
  console.error(why);
  process.exit(1);
}
