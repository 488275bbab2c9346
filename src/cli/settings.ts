import type { Command } from "commander";
import { readDotenv } from "./dotenv.ts";
import { readSettings, type ServerSettings, SettingsError } from "./env.ts";

/** The settings of a command, from the environment and `.env`. Exits with the reason if they cannot be used. */
export function settingsOrExit(command: Command): ServerSettings {
  const { values, warnings } = readDotenv();
  // The environment takes precedence over the file.
  for (const [name, value] of Object.entries(values)) process.env[name] ??= value;
  const { development } = command.optsWithGlobals<{ development?: boolean }>();
  try {
    const settings = readSettings(process.env, { development, dotenv: Object.keys(values) });
    return { ...settings, warnings: [...warnings, ...(settings.warnings ?? [])] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return exit(
      ["Latchkey can't start. Fix these settings:", error.message, ...warnings.map((one) => `  ${one}`)].join("\n"),
    );
  }
}

/** Why Latchkey could not start, in a sentence that names the setting. */
export function startProblem(error: unknown, { host, port, options }: ServerSettings): string {
  const { code, message, syscall, port: taken = port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE") {
    if (host.startsWith("/")) return `The socket ${host} is already in use. Set HOST to a different path.`;
    return `Port ${taken} on ${host} is already in use. Set ${taken === port ? "PORT" : "METRICS_PORT"} to a different port.`;
  }
  if (syscall === "getaddrinfo" && (error as { hostname?: string }).hostname === host) {
    return `HOST is "${host}", which can't be resolved. Use an IP address of this machine, for example 127.0.0.1.`;
  }
  if (syscall === "listen" && code === "EADDRNOTAVAIL") {
    return `HOST is "${host}", which is not an address of this machine. Use one that is, or 0.0.0.0 for all of them.`;
  }
  if (syscall === "listen" && code === "EACCES") {
    const setting = host.startsWith("/")
      ? "HOST to a path in a folder that this user can write to"
      : "PORT to 1024 or above";
    return `This user may not listen on ${host.startsWith("/") ? host : `port ${taken}`}. Set ${setting}.`;
  }
  if (code === "ERR_SQLITE_ERROR") {
    return `Can't open the database ${options.database ?? "sqlite:latchkey.db"}: ${message}`;
  }
  return `Latchkey can't start: ${message}`;
}

export function exit(why: string): never {
  console.error(why);
  process.exit(1);
}
