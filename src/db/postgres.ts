import { PostgresDialect } from "kysely";
import pg from "pg";
import { MINUTE, SECOND } from "../lib/clock.ts";
import type { Engine } from "./engine.ts";
import { postgresNotifier } from "./postgres-notify.ts";
import { GuardedPool } from "./postgres-pool.ts";
import { TransactionGuard } from "./transaction-guard.ts";

/** Both for a free connection and for a new one. Beyond it the answer is 503, and not silence. */
const CONNECT_PATIENCE = 5 * SECOND;

/** Told to the server with each connection, so that they hold whatever the server's own are, and for ours alone. */
const SERVER_TIMEOUTS = {
  lock_timeout: 5 * SECOND,
  statement_timeout: 10 * SECOND,
  /** A process that is stopped or cut off in the midst of a transaction must not hold its locks for ever. */
  idle_in_transaction_session_timeout: 10 * SECOND,
};

/** From a server that is gone without a word no answer will come: then our own clock ends the connection. */
const NO_ANSWER = 15 * SECOND;

const POOL = {
  connectionTimeoutMillis: CONNECT_PATIENCE,
  idleTimeoutMillis: MINUTE,
  /** Where a name leads elsewhere by now, every connection has followed it within this time. */
  maxLifetimeSeconds: (15 * MINUTE) / SECOND,
};

/** PostgreSQL's number for the type `bigint`. */
const BIGINT = 20;

/** Times are `bigint`, which the driver hands over as text. Here alone they become numbers: a host's parsers stay its own. */
const types = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === BIGINT ? Number : pg.types.getTypeParser(oid, format as "text"),
} as pg.CustomTypesConfig;

/** Kysely over `pg`. Connections are made as they are needed. */
export function postgres({ connectionString, poolSize }: { connectionString: string; poolSize: number }): Engine {
  const guard = new TransactionGuard();
  const connection = {
    connectionString,
    types,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10 * SECOND,
    connectionTimeoutMillis: CONNECT_PATIENCE,
    fallback_application_name: "latchkey",
  };
  const serving = {
    ...connection,
    ...POOL,
    ...SERVER_TIMEOUTS,
    max: poolSize,
    query_timeout: NO_ANSWER,
    pipeline: true,
  };

  return {
    dialect: new PostgresDialect({ pool: async () => new GuardedPool(guard, serving) }),
    migrating: new PostgresDialect({ pool: async () => new GuardedPool(guard, { ...connection, max: 2 }) }),
    guard,
    notifier: postgresNotifier(() => new pg.Client({ ...connection, query_timeout: NO_ANSWER })),
  };
}
