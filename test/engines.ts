/**
 * Test files that run once, with the reason. Every other test file that opens a database runs twice: on SQLite, and again
 * with `TEST_ENGINE=postgres`. `test/architecture.test.ts` checks that each name here is a file.
 */
export const ONE_ENGINE: Record<string, string> = {
  "db/sqlite": "SQLite files",
  "db/backup": "copies of SQLite files",
  "db/postgres": "always runs on PostgreSQL",
  "db/roles": "always runs on PostgreSQL",
  "db/prepared-statements": "always runs on PostgreSQL",
  "db/locks": "always runs on PostgreSQL",
  "slow/database-outage": "always runs on PostgreSQL",
  "links/mint-locks": "always runs on PostgreSQL",
  "admin/revoke-all": "always runs on PostgreSQL",
  "admin/purge": "always runs on PostgreSQL",
  "mail/pages-and-worker": "always runs on PostgreSQL",
  "slow/instances": "always runs on PostgreSQL",
  "slow/pgbouncer": "always runs on PostgreSQL",
  "slow/hostile-clients": "sockets",
  "guarantees/secrets-in-logs": "bytes of SQLite files; guarantees/secrets-at-rest reads the tables on both engines",
  "cli/server": "processes and signals; slow/crash starts processes on both engines",
  "cli/server-refusals": "settings and unusable SQLite files",
  "cli/metrics": "a port and processes; admin/metrics reads the figures on both engines",
  "cli/process": "processes and signals",
  "cli/dotenv": "settings",
  "slow/nginx": "sockets and log files of nginx",
  "http/http": "sockets",
  "http/bad-input": "requests that never reach the database",
  "http/base-url": "no SQL that differs between the engines",
  "http/origin-check": "no SQL that differs between the engines",
  "http/security-headers": "no SQL that differs between the engines",
  "api/fetch": "no SQL that differs between the engines",
  "features/sign-in/next": "no SQL that differs between the engines",
  "mail/dkim": "no SQL that differs between the engines",
  "mail/outage": "no SQL that differs between the engines",
  "mail/smtp": "no SQL that differs between the engines",
  "mail/smtp-failures": "no SQL that differs between the engines",
  "passwords/breached-passwords": "no SQL that differs between the engines",
  "docs/library-docs": "documentation",
  "docs/docs": "documentation",
};

/** Folders whose tests run once. */
export const ONE_ENGINE_FOLDERS = ["browser", "docs", "lib"];

/** A test file that opens a database imports one of these. */
const OPENS_A_DATABASE = /open-(store|app)|support\/(process|browser|raw-http)/;

/** Whether a test file, named by its path below `test/` without `.test.ts`, also runs on PostgreSQL. */
export function runsOnPostgres(name: string, text: string): boolean {
  if (ONE_ENGINE_FOLDERS.includes(name.split("/")[0] ?? "")) return false;
  return OPENS_A_DATABASE.test(text) && !(name in ONE_ENGINE);
}
