import { type SQLInputValue, StatementSync } from "node:sqlite";

/** What a statement that the crash cut off throws. A person who sees it is dead, too. */
export class Crash extends Error {
  constructor() {
    super("The process is dead.");
  }
}

/** What is about to go wrong, and at which statement from now on. */
export interface Fuse {
  /** 1 is the very next statement. */
  statements: number;
  /** Dies before the statement, right after it (it is done, and no one hears of it), or the statement fails and it lives. */
  kind: "before" | "after" | "disk-full";
}

/**
 * Stands between a process and its database, at every single statement. Once dead it lets nothing through, not even a
 * rollback, as no dead process rolls anything back.
 */
export class Breaker {
  isDead = false;
  /** How many crashes and faults there were. */
  crashes = 0;
  faults = 0;
  #fuse: Fuse | null = null;

  light(fuse: Fuse): void {
    this.#fuse = fuse;
  }

  die(): void {
    this.isDead = true;
    this.crashes += 1;
    this.#fuse = null;
  }

  /** The next process begins. */
  revive(): void {
    this.isDead = false;
    this.#fuse = null;
  }

  run<T>(statement: () => T): T {
    if (this.isDead) throw new Crash();
    const fuse = this.#fuse;
    if (!fuse || --fuse.statements > 0) return statement();

    this.#fuse = null;
    if (fuse.kind === "disk-full") {
      this.faults += 1;
      throw Object.assign(new Error("database or disk is full"), { code: "ERR_SQLITE_ERROR", errcode: 13 });
    }
    if (fuse.kind === "after") statement();
    this.die();
    throw new Crash();
  }
}

const { all, run } = StatementSync.prototype;
const readAll: (this: StatementSync, ...parameters: SQLInputValue[]) => Array<Record<string, unknown>> = all;
let breaker: Breaker | null = null;

/** From now on every statement of this process goes through the breaker. One at a time. */
export function installBreaker(next: Breaker): void {
  breaker = next;
}

/** Reads past the breaker: the actual contents of the database. */
export function readRows(statement: StatementSync, parameters: SQLInputValue[]): Array<Record<string, unknown>> {
  return readAll.call(statement, ...parameters);
}

Object.assign(StatementSync.prototype, {
  all(this: StatementSync, ...parameters: Parameters<typeof all>) {
    const statement = () => all.apply(this, parameters);
    return breaker ? breaker.run(statement) : statement();
  },
  run(this: StatementSync, ...parameters: Parameters<typeof run>) {
    const statement = () => run.apply(this, parameters);
    return breaker ? breaker.run(statement) : statement();
  },
});
