import type { PostgresPool, PostgresPoolClient } from "kysely";
import pg from "pg";
import { preparedName } from "./batching/prepared.ts";
import { DatabaseUnreachable, retryConflicts, SQLSTATE_STATEMENT_NAME } from "./errors.ts";
import { isPooled } from "./postgres-pooler.ts";
import type { TransactionGuard } from "./transaction-guard.ts";

/** SQLSTATE of a write to a read-only server, such as a standby. */
const READ_ONLY = "25006";

/** SQLSTATE of a prepared statement whose table has changed. Latchkey's other statements do not fail with it. */
const PLAN_IS_OLD = "0A000";

interface PoolBehaviour {
  /** Whether statements are prepared by name; null: unless a connection pooler is detected. */
  prepared: boolean | null;
  /** Server settings in milliseconds, by name. */
  timeouts: Record<string, number>;
}

/**
 * The driver's pool as Kysely uses it. Adds the transaction guard, error classification, reconnection after a failover,
 * retries of single statements, and support for connection poolers.
 *
 * Timeouts are set once connected, because poolers refuse them as startup parameters. Behind a pooler a session setting
 * would leak to other clients, so there the timeouts are set in each transaction, and statements are not prepared by name.
 */
export class GuardedPool implements PostgresPool {
  readonly options: object;
  readonly #pool: pg.Pool;
  readonly #guard: TransactionGuard;
  readonly #timeouts: Array<[string, number]>;
  /** How many failovers had been seen when a connection was opened. */
  readonly #openedAfter = new WeakMap<pg.PoolClient, number>();
  #failovers = 0;
  /** Part of the statement names. A migration that changes a table invalidates what was prepared before. */
  #generation = 0;
  #isPooled = false;
  #prepared: boolean | null;

  constructor(guard: TransactionGuard, config: pg.PoolConfig, { prepared, timeouts }: PoolBehaviour) {
    this.#guard = guard;
    this.#prepared = prepared;
    this.#timeouts = Object.entries(timeouts);
    this.#pool = new pg.Pool({ ...config, onConnect: (client) => this.#setUp(client) });
    this.options = this.#pool.options;
    // An idle connection that breaks is replaced. Without a listener its error would end the process.
    this.#pool.on("error", () => {});
    this.#pool.on("connect", (client) => {
      this.#openedAfter.set(client, this.#failovers);
      // The same for a connection in use; its statements fail with the error.
      client.on("error", () => {});
    });
  }

  async connect(): Promise<PostgresPoolClient> {
    this.#guard.mustBeOutside();
    for (;;) {
      const client = await this.#pool.connect().catch((error) => Promise.reject(classify(error)));
      if (this.#openedAfter.get(client) === this.#failovers) return this.#guarded(client);
      client.release(true);
    }
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  async #setUp(client: pg.ClientBase): Promise<void> {
    this.#isPooled = await isPooled(client);
    if (!this.#isPooled && this.#timeouts.length > 0) await client.query(this.#setTimeouts("set"));
  }

  #setTimeouts(set: "set" | "set local"): string {
    return this.#timeouts.map(([name, ms]) => `${set} ${name} = ${ms}`).join("; ");
  }

  #query(text: string, values: readonly unknown[]): pg.QueryConfig {
    if (text === "begin" && this.#isPooled) return { text: `begin; ${this.#setTimeouts("set local")}` };
    const name = (this.#prepared ?? !this.#isPooled) ? preparedName(text) : undefined;
    return { text, values: [...values], ...(name ? { name: `${name}_${this.#generation}` } : {}) };
  }

  #guarded(client: pg.PoolClient): PostgresPoolClient {
    let isBroken = false;
    const run = (text: string, values: readonly unknown[]) =>
      client.query(this.#query(text, values)).catch((error: unknown) => {
        const failure = classify(error);
        const { code } = failure as { code?: string };
        // The server became a standby, or is about to become the primary: new connections are led to the right one.
        if (code === READ_ONLY) this.#failovers += 1;
        if (code === PLAN_IS_OLD) this.#generation += 1;
        // An undetected pooler. The retry is unnamed.
        if (SQLSTATE_STATEMENT_NAME.includes(code ?? "")) this.#prepared = false;
        if (failure instanceof DatabaseUnreachable || code === READ_ONLY) isBroken = true;
        throw failure;
      });

    return {
      // A failed single statement was rolled back as a whole; inside a transaction only all of it can be repeated.
      query: ((text: string, values: readonly unknown[] = []) =>
        client.getTransactionStatus() === "I" ? retryConflicts(() => run(text, values)) : run(text, values)) as never,
      release: (mustGo) => client.release(mustGo || isBroken),
    };
  }
}

/** Errors of the server keep their SQLSTATE and Latchkey's own errors are unchanged; all others count as a lost connection. */
function classify(error: unknown): unknown {
  if (error instanceof pg.DatabaseError || error instanceof TypeError || error instanceof RangeError) return error;
  return new DatabaseUnreachable(error);
}
