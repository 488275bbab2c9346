import { createHash } from "node:crypto";
import { sql } from "kysely";
import { isPostgres } from "../engine.ts";
import type { Db } from "../schema.ts";

/** Our own room among PostgreSQL's advisory locks, which are one for the whole database. */
const ROOM = 6_780;

/**
 * Holds the names until the transaction ends, for what no row stands for yet. All are taken in one order, so that two who
 * want several never wait for each other in a circle. SQLite has one writer, so no lock is needed there.
 */
export async function takeAdvisoryLocks(tx: Db, names: readonly string[]): Promise<void> {
  if (names.length === 0 || !isPostgres(tx)) return;
  const numbers = [...new Set(names.map(numberOf))].sort((a, b) => a - b);
  await sql`select pg_advisory_xact_lock(${ROOM}::int, number) from unnest(${numbers}::int[]) as number`.execute(tx);
}

/** Two names of one number merely wait for each other. */
function numberOf(name: string): number {
  return createHash("sha256").update(name).digest().readUInt16BE();
}
