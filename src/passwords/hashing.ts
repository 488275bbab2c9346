import { createHash, randomBytes } from "node:crypto";
import { hash, hashRaw } from "@node-rs/argon2";
import { yieldToEventLoop } from "../db/batching/yield.ts";
import { parseStoredHash, type StoredHash } from "./foreign-hashes.ts";

/** argon2id with OWASP's first choice of cost; memory in KiB. Stored as a PHC string, so that it can be raised later. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

/**
 * Thrown when the queue of passwords to hash is full. The web answers 503 with `Retry-After`, in seconds: not the same for
 * all, or all who were refused at once would be back at once.
 */
export class HashingBusy extends Error {
  readonly retryAfterSeconds = 2 + Math.floor(4 * Math.random());
  constructor() {
    super("Too many passwords are waiting to be hashed.");
  }
}

/** Hashes and checks passwords off the main thread, in a queue with an end. Throws HashingBusy beyond it. */
export interface PasswordHashing {
  /** Throws a TypeError for lone surrogates, which UTF-8 would turn into one and the same character. */
  hash(password: string): Promise<string>;
  /**
   * `stored` may be a hash of ours or one from elsewhere; what is no hash is matched by nothing. Takes the same time where
   * there is none, and never less: nobody learns from the clock whether an account or a password exists. A hash from
   * elsewhere takes longer, by as much as it costs, until it is replaced.
   */
  verify(stored: string | null, password: string): Promise<boolean>;
  /** How many are hashed just now, how many wait, and how many have been refused since the start. */
  load(): { running: number; waiting: number; refused: number };
  /**
   * The hash of a short code, in hex. The same `salt`, a string that is unique to the request, gives the same hash, so that
   * one hash finds any code of a request. `patient`: waits however long the queue is, for work that nobody sits before.
   */
  hashCode(code: string, salt: string, options?: { patient: boolean }): Promise<string>;
  /**
   * Does work that will come to a password in the end, if there is room for one more such work; or else throws HashingBusy
   * before anything of it is done, which costs a flood nothing. One in a turn of the event loop: two hundred that arrive at
   * once hold up no page.
   */
  admit<T>(work: () => Promise<T>): Promise<T>;
}

/** `atOnce`: hashes computed simultaneously; `waiting`: how many more may wait before HashingBusy is thrown. */
export function createPasswordHashing(options: { atOnce: number; waiting: number }): PasswordHashing {
  const queue: Array<() => void> = [];
  let running = 0;
  let admitted = 0;
  let refused = 0;

  async function inTurn<T>(work: () => Promise<T>, { patient = false } = {}): Promise<T> {
    if (running >= options.atOnce) {
      if (queue.length >= options.waiting && !patient) {
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
      // The place is handed on rather than given back, so that nobody overtakes the queue.
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  }

  // The hash of nothing: random where the digest would be, at the current cost.
  const nobody = parseStoredHash(
    `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${unpadded(16)}$${unpadded(32)}`,
  );

  async function matches(stored: string | null, password: string): Promise<boolean> {
    const known = stored === null ? null : parseStoredHash(stored);
    // Other systems hashed what the keyboard sent, and not its NFC form.
    for (const spelling of new Set([password.normalize("NFC"), password])) {
      if (isCheaper(known)) await nobody?.matches(spelling);
      if (await known?.matches(spelling)) return true;
    }
    return false;
  }

  return {
    async hash(password) {
      if (!password.isWellFormed()) throw new TypeError("A password must be well-formed Unicode.");
      return inTurn(() => hash(password.normalize("NFC"), COST));
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
    async hashCode(code, salt, { patient } = { patient: false }) {
      const bytes = createHash("sha256").update(salt).digest();
      const hashed = await inTurn(() => hashRaw(code, { ...COST, salt: bytes }), { patient });
      return hashed.toString("hex");
    },
  };
}

/**
 * Whether a stored hash is from elsewhere or cheaper than today's cost, and is to be replaced now that its password was
 * given. Not where the hash counted only the beginning of that password: what came after might be a slip.
 */
export function needsRehash(stored: string, password: string): boolean {
  const known = parseStoredHash(stored);
  if (!known || Buffer.byteLength(password) > known.countsBytes) return false;
  return isCheaper(known) || known.argon2?.variant !== "argon2id" || !stored.startsWith("$");
}

/** Whether it costs less than a hash of ours, or nobody can say: bcrypt and its like are not measured in memory. */
function isCheaper(known: StoredHash | null): boolean {
  const { memoryKiB = 0, passes = 0 } = known?.argon2 ?? {};
  return memoryKiB < COST.memoryCost || passes < COST.timeCost;
}

function unpadded(bytes: number): string {
  return randomBytes(bytes).toString("base64").replace(/=+$/, "");
}
