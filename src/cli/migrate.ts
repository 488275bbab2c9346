import { inspectSchema, openDatabase } from "../db/database.ts";
import type { ServerSettings } from "./env.ts";
import { exit, startProblem } from "./settings.ts";

/** Migrates the database, or with `status` or `print` shows what a migration would do. */
export async function migrate(
  settings: ServerSettings,
  { status = false, print = false }: { status?: boolean; print?: boolean },
): Promise<void> {
  const url = settings.options.database ?? "sqlite:latchkey.db";
  const fail = (error: unknown) => exit(startProblem(error, settings));
  const before = await inspectSchema(url).catch(fail);
  if (print) return void process.stdout.write(before.sql);
  if (status) {
    for (const name of before.applied) console.log(`applied   ${name}`);
    for (const name of before.pending) console.log(`pending   ${name}`);
    for (const name of before.unknown) console.log(`unknown   ${name} (of a newer version)`);
    if (before.pending.length > 0) process.exitCode = 1;
    return;
  }
  const database = await openDatabase(url).catch(fail);
  await database.close();
  for (const name of before.pending) console.log(`applied ${name}`);
  console.log("The database has the schema of this version.");
}
