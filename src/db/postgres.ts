import { PostgresDialect, sql } from "kysely";
import pg from "pg";
import { MINUTE, SECOND } from "../lib/clock.ts";
import type { DatabaseLog, Engine } from "./engine.ts";
import { postgresNotifier } from "./postgres-notify.ts";
import { GuardedPool } from "./postgres-pool.ts";
import type { PostgresSettings } from "./postgres-url.ts";
import { TransactionGuard } from "./transaction-guard.ts";

/** Timeout for a free connection, and for a new one. When it expires the answer is 503. */
const CONNECT_TIMEOUT = 5 * SECOND;

/** Server-side timeouts of every connection that serves requests, in milliseconds. */
const SERVER_TIMEOUTS = {
  lock_timeout: 5 * SECOND,
  statement_timeout: 10 * SECOND,
  /** The locks of a process that was stopped or cut off during a transaction must end. */
  idle_in_transaction_session_timeout: 10 * SECOND,
};

/** A server that disappeared sends no answer; then the client ends the connection. */
const CLIENT_TIMEOUT = 15 * SECOND;

const POOL = {
  idleTimeoutMillis: MINUTE,
  /** When a host name leads to another server, every connection has followed it within this time. */
  maxLifetimeSeconds: (15 * MINUTE) / SECOND,
};

/** PostgreSQL's number for the type `bigint`. */
const BIGINT = 20;

/** Times are `bigint`, which the driver returns as text. Only here they become numbers; a host app's parsers stay as set. */
const types = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === BIGINT ? Number : pg.types.getTypeParser(oid, format as "text"),
} as pg.CustomTypesConfig;

/** Kysely over `pg`. Connections are opened as they are needed. */
export function postgres({ connectionString, poolSize, prepared }: PostgresSettings, log: DatabaseLog): Engine {
  const guard = new TransactionGuard();
  const connection = {
    connectionString,
    types,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10 * SECOND,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    fallback_application_name: "latchkey",
  };
  const serving = { ...connection, ...POOL, max: poolSize, query_timeout: CLIENT_TIMEOUT, pipeline: true };
  const pool = (config: pg.PoolConfig, timeouts: Record<string, number>) => async () =>
    new GuardedPool(guard, config, { prepared, timeouts });

  return {
    dialect: new PostgresDialect({ pool: pool(serving, SERVER_TIMEOUTS) }),
    migrating: new PostgresDialect({ pool: pool({ ...connection, max: 2 }, {}) }),
    guard,
    notifier: postgresNotifier(() => new pg.Client({ ...connection, query_timeout: CLIENT_TIMEOUT }), log),
    async check(db) {
      const { rows } = await sql<{ server_encoding: string }>`show server_encoding`.execute(db);
      const encoding = rows[0]?.server_encoding;
      if (encoding === "UTF8") return;
      throw new Error(
        `The database is encoded in ${encoding}, which cannot store every name and address. Create one in UTF8: ` +
          "create database NAME encoding 'UTF8' template template0.",
      );
    },
  };
}
