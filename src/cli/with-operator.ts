import { existsSync } from "node:fs";
import type { Command } from "commander";
import { createLatchkey, type Latchkey } from "../latchkey.ts";
import type { ServerSettings } from "./env.ts";
import { exit, settingsOrExit, startProblem } from "./settings.ts";

/** Ends a command with a sentence that says why it did not do what it was told. */
export class Refusal extends Error {}

/**
 * Opens Latchkey for one command, with the settings of `serve`, and closes it afterwards. No mail is sent and no page
 * served: that is left to the server, which may run meanwhile. A database that does not exist yet is only made where
 * `mayBeNew` says so; everywhere else it means that somebody stands in the wrong folder.
 */
export async function withOperator(
  command: Command,
  deed: (operator: Latchkey["operator"], settings: ServerSettings) => Promise<void>,
  { mayBeNew = false } = {},
): Promise<void> {
  const settings = settingsOrExit(command);
  const file = /^sqlite:(?!:memory:)(.+)$/.exec(settings.options.database ?? "sqlite:latchkey.db")?.[1];
  if (file && !mayBeNew && !existsSync(file)) {
    exit(`There is no database ${file} here. Run this in the folder of the server, or set DATABASE_URL.`);
  }

  const latchkey = await createLatchkey(settings.options).catch((error) => exit(startProblem(error, settings)));
  const why = await deed(latchkey.operator, settings).then(
    () => null,
    (error: unknown) => (error instanceof Refusal ? error.message : startProblem(error, settings)),
  );
  await latchkey.close();
  if (why !== null) exit(why);
}
