import { performance } from "node:perf_hooks";
import { sql } from "kysely";
import { type Clock, MINUTE } from "../lib/clock.ts";
import { isPostgres } from "./engine.ts";
import type { Db } from "./schema.ts";

/** A clock that is kept in step with the database until `stop`. */
export interface DatabaseClock {
  now: Clock;
  stop(): void;
}

/**
 * The time of a PostgreSQL database, so that all its instances agree whatever their own clocks say (SECURITY.md L6). The
 * distance to a monotonic clock is measured at the start and every minute; a failed measurement keeps the last. A SQLite
 * database belongs to one machine, and has its time.
 */
export async function databaseClock(db: Db, monotonic: Clock = () => performance.now()): Promise<DatabaseClock> {
  if (!isPostgres(db)) return { now: Date.now, stop() {} };
  let offset = await measure(db, monotonic);
  const timer = setInterval(() => {
    measure(db, monotonic).then(
      (measured) => {
        offset = measured;
      },
      () => {},
    );
  }, MINUTE);
  timer.unref();
  return { now: () => Math.round(monotonic() + offset), stop: () => clearInterval(timer) };
}

async function measure(db: Db, monotonic: Clock): Promise<number> {
  const before = monotonic();
  const { rows } = await sql<{ now: number }>`
    select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(db);
  const middle = (before + monotonic()) / 2;
  return Number(rows[0]?.now) - middle;
}
