import { AsyncLocalStorage } from "node:async_hooks";

/** Detects, through any asynchronous calls, whether code runs inside a transaction that has not ended. */
export class TransactionGuard {
  readonly #current = new AsyncLocalStorage<{ isOpen: boolean }>();

  /**
   * Throws inside a transaction. There a query on a connection of its own would deadlock with the transaction: always on
   * SQLite, and on PostgreSQL once the pool is used up.
   */
  mustBeOutside(): void {
    if (!this.#current.getStore()?.isOpen) return;
    throw new Error("This query would deadlock: it runs outside the open transaction. Use the transaction's `tx`.");
  }

  /** Runs `work` marked as being inside a transaction. */
  async holding<T>(work: () => Promise<T>): Promise<T> {
    const mark = { isOpen: true };
    try {
      return await this.#current.run(mark, work);
    } finally {
      mark.isOpen = false;
    }
  }
}
