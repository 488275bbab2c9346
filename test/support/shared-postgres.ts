import { join } from "node:path";
import { startPostgres } from "./postgres-server.ts";

/** The URL of the run's PostgreSQL server, for the test files, each of which is a process. */
const TOLD = "LATCHKEY_TEST_POSTGRES";

/** Node calls this before the whole run (`--test-global-setup`), so that all test files share one server. */
export async function globalSetup(): Promise<void> {
  process.env[TOLD] ??= (await startPostgres()).url();
  // A hundred processes load the same files: what one has compiled serves the others, a sixth of a small file's time.
  process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "../../node_modules/.cache/compiled");
}

/** The run's server, or one for this process alone where a test file is run by itself. It ends with its process. */
export async function onePostgres(): Promise<string> {
  return process.env[TOLD] ?? (await startPostgres()).url();
}
