import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { hash } from "@node-rs/argon2";
import { yieldToEventLoop } from "../lib/yield.ts";
import { parseStoredHash, type StoredHash } from "./foreign-hashes.ts";
import { PASSWORD_MAX_BYTES, preparePassword } from "./prepare.ts";

/** argon2id with the cost that OWASP recommends; memory in KiB. Stored in the PHC string, so that it can be raised later. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

/**
 * Thrown when the hashing queue is full. The response is 503 with `Retry-After`, in seconds. The value is random, so that
 * refused clients do not retry together.
 */
export class HashingBusy extends Error {
  readonly retryAfterSeconds = 2 + Math.floor(4 * Math.random());
  constructor() {
    super("too many password hashes are queued");
  }
}

/** Hashes and verifies passwords off the main thread, in a bounded queue. Throws HashingBusy if the queue is full. */
export interface PasswordHashing {
  /** Throws a TypeError for lone surrogates, which UTF-8 encodes as one and the same character. */
  hash(password: string): Promise<string>;
  /**
   * `stored` may be a hash of Latchkey or of another system; any other text matches no password. Null and cheaper hashes take
   * at least the time of a current hash, so that the time does not reveal whether an account or a password exists. An
   * imported hash takes longer by its own cost, until it is replaced.
   */
  verify(stored: string | null, password: string): Promise<boolean>;
  /** How many passwords are being hashed, how many wait, and how many were refused since the start. */
  load(): { running: number; waiting: number; refused: number };
  /**
   * Runs work that will hash a password if the queue is not full; otherwise throws HashingBusy before the work starts, so that
   * a flood is refused at little cost. Starts one piece of work per event-loop tick, so that a burst does not delay pages.
   */
  admit<T>(work: () => Promise<T>): Promise<T>;
}

/** libuv's default number of threads, and how many threads stay free for `dns.lookup` and files. */
const DEFAULT_THREADS = 4;
const RESERVED_THREADS = 2;

/**
 * How much a process hashes: one at a time for each core but the one that answers requests, and never more than the thread
 * pool can run (`UV_THREADPOOL_SIZE`, read by libuv at its first use). The queue is about one second long on two cores.
 */
export function hashingCapacity(
  env: Record<string, string | undefined> = process.env,
  cores = availableParallelism(),
): { atOnce: number; waiting: number } {
  // As libuv reads it: at least one thread, at most 1024.
  const configured = env.UV_THREADPOOL_SIZE ? Number.parseInt(env.UV_THREADPOOL_SIZE, 10) || 1 : DEFAULT_THREADS;
  const threads = Math.min(1024, Math.max(1, configured));
  const atOnce = Math.max(1, Math.min(cores - 1, threads - RESERVED_THREADS));
  return { atOnce, waiting: Math.max(64, 32 * atOnce) };
}

/** `atOnce`: hashes computed simultaneously; `waiting`: how many more may wait before HashingBusy is thrown. */
export function createPasswordHashing(options: { atOnce: number; waiting: number }): PasswordHashing {
  const queue: Array<() => void> = [];
  let running = 0;
  let admitted = 0;
  let refused = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= options.atOnce) {
      if (queue.length >= options.waiting) {
        refused += 1;
        throw new HashingBusy();
      }
      await new Promise<void>((resolve) => queue.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      // The slot passes to the next waiter directly, so that no later call overtakes the queue.
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  }

  // A hash that no password matches, at the current cost: its digest is random.
  const dummy = parseStoredHash(
    `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${unpadded(16)}$${unpadded(32)}`,
  );

  async function matches(stored: string | null, password: string): Promise<boolean> {
    const known = stored === null ? null : parseStoredHash(stored);
    // Normalising takes more than linear time, and no longer password was ever accepted.
    const bounded = Buffer.byteLength(password) <= PASSWORD_MAX_BYTES ? password : "";
    // Older versions hashed the NFC form, and other systems the unchanged input.
    for (const spelling of new Set([preparePassword(bounded), bounded.normalize("NFC"), bounded])) {
      if (isCheaper(known)) await dummy?.matches(spelling);
      if ((await known?.matches(spelling)) && bounded === password) return true;
    }
    return false;
  }

  return {
    async hash(password) {
      if (!password.isWellFormed()) throw new TypeError("The password must be well-formed Unicode.");
      return inTurn(() => hash(preparePassword(password), COST));
    },
    async verify(stored, password) {
      const wellFormed = password.isWellFormed();
      return (await inTurn(() => matches(stored, password))) && wellFormed;
    },
    async admit(work) {
      await yieldToEventLoop();

      if (admitted >= options.atOnce + options.waiting) {
        refused += 1;
        throw new HashingBusy();
      }
      admitted += 1;
      return work().finally(() => {
        admitted -= 1;
      });
    },
    load: () => ({ running, waiting: queue.length, refused }),
  };
}

/**
 * Whether a stored hash is imported or cheaper than the current cost, and so is replaced after a correct password. Also if the
 * password has a spelling that older versions hashed unprepared: its hash may not match the prepared one (SECURITY.md P6).
 * False if the hash covers only the beginning of the password: the rest was not verified and may be mistyped.
 */
export function needsRehash(stored: string, password: string): boolean {
  const known = parseStoredHash(stored);
  if (!known || Buffer.byteLength(password) > known.countsBytes) return false;
  const isPrepared = preparePassword(password) === password;
  return !isPrepared || isCheaper(known) || known.argon2?.variant !== "argon2id" || !stored.startsWith("$");
}

/** Whether it costs less than the current cost, or is not comparable: the cost of bcrypt and others is not in memory. */
function isCheaper(known: StoredHash | null): boolean {
  const { memoryKiB = 0, passes = 0 } = known?.argon2 ?? {};
  return memoryKiB < COST.memoryCost || passes < COST.timeCost;
}

function unpadded(bytes: number): string {
  return randomBytes(bytes).toString("base64").replace(/=+$/, "");
}
