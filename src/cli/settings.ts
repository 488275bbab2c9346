import { existsSync } from "node:fs";
import type { Command } from "commander";
import { readSettings, type ServerSettings, SettingsError } from "./env.ts";

/** The settings of a command, from the environment and `.env`. Ends the process, saying why, where they cannot be used. */
export function settingsOrExit(command: Command): ServerSettings {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const { development } = command.optsWithGlobals<{ development?: boolean }>();
  if (development && !process.env.NODE_ENV) process.env.NODE_ENV = "development";
  try {
    return readSettings(process.env);
  } catch (error) {
    if (error instanceof SettingsError) return exit(`Latchkey cannot start. Please set right:\n${error.message}`);
    throw error;
  }
}

/** Why Latchkey could not be opened, in a sentence. */
export function startProblem(error: unknown, { host, port, options }: ServerSettings): string {
  const { code, message, port: taken = port } = error as { code?: string; message: string; port?: number };
  if (code === "EADDRINUSE") {
    return `Port ${taken} on ${host} is taken. Set ${taken === port ? "PORT" : "METRICS_PORT"} to another one.`;
  }
  if (code === "ERR_SQLITE_ERROR")
    return `The database ${options.database ?? "sqlite:latchkey.db"} cannot be used: ${message}.`;
  return `Latchkey cannot start: ${message}`;
}

export function exit(why: string): never {
  console.error(why);
  process.exit(1);
}
