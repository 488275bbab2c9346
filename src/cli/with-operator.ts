import { existsSync } from "node:fs";
import type { Command } from "commander";
import { createLatchkey, type Latchkey } from "../latchkey.ts";
import type { ServerSettings } from "./env.ts";
import { exit, settingsOrExit, startProblem } from "./settings.ts";

/** Ends a command with the sentence that says why it did nothing. */
export class Refusal extends Error {}

/**
 * Opens Latchkey for one command, with the settings of `serve`, and closes it afterwards. The server may run meanwhile; only
 * it sends email and serves pages. A SQLite file that does not exist is created only if `mayBeNew`: for other commands it
 * means that the current folder is wrong.
 */
export async function withOperator(
  command: Command,
  action: (operator: Latchkey["operator"], settings: ServerSettings) => Promise<void>,
  { mayBeNew = false } = {},
): Promise<void> {
  const settings = settingsOrExit(command);
  for (const warning of settings.warnings ?? []) console.error(`Warning: ${warning}`);
  const file = /^sqlite:(?!:memory:)(.+)$/.exec(settings.options.database ?? "sqlite:latchkey.db")?.[1];
  if (file && !mayBeNew && !existsSync(file)) {
    exit(`No database found at ${file}. Run this in the server's folder, or set DATABASE_URL.`);
  }

  const latchkey = await createLatchkey({ ...settings.options, migrate: false }).catch((error) =>
    exit(startProblem(error, settings)),
  );
  const why = await action(latchkey.operator, settings).then(
    () => null,
    (error: unknown) => (error instanceof Refusal ? error.message : startProblem(error, settings)),
  );
  await latchkey.close();
  if (why !== null) exit(why);
}
