import { createHash } from "node:crypto";
import { sql } from "kysely";
import { isPostgres } from "../engine.ts";
import type { Db } from "../schema.ts";

/** The first key of Latchkey's advisory locks. The key space is shared by the whole database. */
const LOCK_CLASS = 6_780;

/**
 * Locks the names until the transaction ends, for things that have no row to lock yet. Locks are taken in one order, so two
 * transactions that take several never deadlock. SQLite has one writer, so it needs no locks.
 */
export async function takeAdvisoryLocks(tx: Db, names: readonly string[]): Promise<void> {
  if (names.length === 0 || !isPostgres(tx)) return;
  const numbers = [...new Set(names.map(numberOf))].sort((a, b) => a - b);
  await sql`select pg_advisory_xact_lock(${LOCK_CLASS}::int, number) from unnest(${numbers}::int[]) as number`.execute(
    tx,
  );
}

/** Names that collide only wait for each other. */
function numberOf(name: string): number {
  return createHash("sha256").update(name).digest().readUInt16BE();
}
