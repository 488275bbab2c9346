import { AsyncLocalStorage } from "node:async_hooks";

/** Knows, wherever asynchronous work was started, whether it was started inside a transaction that still runs. */
export class TransactionGuard {
  readonly #holder = new AsyncLocalStorage<{ holds: boolean }>();

  /**
   * Throws inside a transaction. There, whatever asks for a connection of its own waits for one that may be freed only by
   * the transaction that waits for it: always on SQLite, and on PostgreSQL as soon as the pool is used up.
   */
  mustBeOutside(): void {
    if (!this.#holder.getStore()?.holds) return;
    throw new Error("A query outside the transaction would wait for the transaction that waits for it. Use its `tx`.");
  }

  /** Runs `work` marked as being inside a transaction. */
  async holding<T>(work: () => Promise<T>): Promise<T> {
    const mark = { holds: true };
    try {
      return await this.#holder.run(mark, work);
    } finally {
      mark.holds = false;
    }
  }
}
