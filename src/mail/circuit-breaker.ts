import { type Clock, MINUTE, SECOND } from "../lib/clock.ts";

const FIRST_WAIT = 2 * SECOND;
const LONGEST_WAIT = MINUTE;

/**
 * Stops delivery while no email can be sent. A fault opens it. After a wait it allows a single attempt; each further fault
 * doubles the wait, up to a minute, and the first success closes it.
 */
export class CircuitBreaker {
  readonly #now: Clock;
  /** Consecutive faults. Zero means closed. */
  #faults = 0;
  #nextAttemptAt = 0;
  #isProbing = false;

  /** `now` is a monotonic clock, so that a change of the system time cannot keep the breaker open. */
  constructor(now: Clock) {
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#faults > 0;
  }

  /** Whether an attempt may be made now. The caller then reports `succeeded`, `failed` or `skipped`. */
  allows(): boolean {
    if (!this.isOpen) return true;
    if (this.#isProbing || this.#now() < this.#nextAttemptAt) return false;
    this.#isProbing = true;
    return true;
  }

  /** Closes it. Returns whether it was open. */
  succeeded(): boolean {
    const wasOpen = this.isOpen;
    this.#faults = 0;
    this.#isProbing = false;
    return wasOpen;
  }

  /** Opens it, or doubles the wait. Returns the wait in milliseconds, or null if it was open and this was not its attempt. */
  failed(): number | null {
    if (this.isOpen && !this.#isProbing) return null;
    const wait = Math.min(FIRST_WAIT * 2 ** this.#faults, LONGEST_WAIT);
    // Jitter keeps several instances from trying at the same moment.
    const jittered = Math.round(wait / 2 + (Math.random() * wait) / 2);
    this.#faults += 1;
    this.#nextAttemptAt = this.#now() + jittered;
    this.#isProbing = false;
    return jittered;
  }

  /** The attempt did not reach the server: another may be made at once. */
  skipped(): void {
    this.#isProbing = false;
  }
}
