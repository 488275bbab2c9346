import type { PostgresPool, PostgresPoolClient } from "kysely";
import pg from "pg";
import { preparedName } from "./batching/prepared.ts";
import { DatabaseUnreachable, retryConflicts } from "./errors.ts";
import type { TransactionGuard } from "./transaction-guard.ts";

/** SQLSTATE of a write to a server that only reads, as a standby does. */
const READ_ONLY = "25006";

/** SQLSTATE of a prepared statement whose table has other columns by now. Nothing else of ours is answered with it. */
const PLAN_IS_OLD = "0A000";

/**
 * The driver's pool as Kysely sees it, with what the driver leaves open: who may ask for a connection, what its errors
 * mean, which connections are no longer good for anything, and that a single statement may be repeated.
 */
export class GuardedPool implements PostgresPool {
  readonly options: object;
  readonly #pool: pg.Pool;
  readonly #guard: TransactionGuard;
  /** Each connection's age, as the number of failovers that were seen before it was made. */
  readonly #bornAfter = new WeakMap<pg.PoolClient, number>();
  #failovers = 0;
  /** Counted on when a migration has changed a table: what was prepared before gives its old columns, and is given up. */
  #prepared = 0;

  constructor(guard: TransactionGuard, config: pg.PoolConfig) {
    this.#guard = guard;
    this.#pool = new pg.Pool(config);
    this.options = this.#pool.options;
    // A connection that breaks while nobody uses it is replaced, and is nobody's error.
    this.#pool.on("error", () => {});
    this.#pool.on("connect", (client) => {
      this.#bornAfter.set(client, this.#failovers);
      // The same while it is used: its statements fail, and tell.
      client.on("error", () => {});
    });
  }

  async connect(): Promise<PostgresPoolClient> {
    this.#guard.mustBeOutside();
    for (;;) {
      const client = await this.#pool.connect().catch((error) => Promise.reject(asFault(error)));
      if (this.#bornAfter.get(client) === this.#failovers) return this.#guarded(client);
      client.release(true);
    }
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  #named(text: string, values: readonly unknown[]): pg.QueryConfig {
    const name = preparedName(text);
    return { text, values: [...values], ...(name ? { name: `${name}_${this.#prepared}` } : {}) };
  }

  #guarded(client: pg.PoolClient): PostgresPoolClient {
    let isBroken = false;
    const run = (text: string, values: readonly unknown[]) =>
      client.query(this.#named(text, values)).catch((error: unknown) => {
        const fault = asFault(error);
        const { code } = fault as { code?: string };
        // A server that only reads was the writer once, or is about to be: whoever connects now is led to the right one.
        if (code === READ_ONLY) this.#failovers += 1;
        if (code === PLAN_IS_OLD) this.#prepared += 1;
        if (fault instanceof DatabaseUnreachable || code === READ_ONLY) isBroken = true;
        throw fault;
      });

    return {
      // A statement by itself was undone as a whole; inside a transaction only the whole transaction can be repeated.
      query: ((text: string, values: readonly unknown[] = []) =>
        client.getTransactionStatus() === "I" ? retryConflicts(() => run(text, values)) : run(text, values)) as never,
      release: (mustGo) => client.release(mustGo || isBroken),
    };
  }
}

/** What the server says keeps its SQLSTATE, and our own mistakes stay mistakes; all else is a lost connection. */
function asFault(error: unknown): unknown {
  if (error instanceof pg.DatabaseError || error instanceof TypeError || error instanceof RangeError) return error;
  return new DatabaseUnreachable(error);
}
