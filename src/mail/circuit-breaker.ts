import { type Clock, MINUTE, SECOND } from "../lib/clock.ts";

const FIRST_WAIT = 2 * SECOND;
const LONGEST_WAIT = MINUTE;

/**
 * Keeps everybody from what does not work. Closed, it lets all pass. A fault opens it: then nobody passes, and after a
 * wait one does, to see how things are. The waits grow up to a minute, and the first success closes it.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  /** How often in a row it did not work. None: closed. */
  #faults = 0;
  #nextTryAt = 0;
  #isTried = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether one may go ahead now. Whoever may, says afterwards how it went: `worked`, `failed`, or `foundNothing`. */
  allows(): boolean {
    if (this.#faults === 0) return true;
    if (this.#isTried || this.#clock() < this.#nextTryAt) return false;
    this.#isTried = true;
    return true;
  }

  /** Closes it. True: it was open. */
  worked(): boolean {
    const wasOpen = this.#faults > 0;
    this.#faults = 0;
    this.#isTried = false;
    return wasOpen;
  }

  /** Opens it, or keeps it open for longer. Returns the wait in milliseconds, or null where it was open already. */
  failed(): number | null {
    // What was under way as it opened brings no news.
    if (this.#faults > 0 && !this.#isTried) return null;
    const wait = Math.min(FIRST_WAIT * 2 ** this.#faults, LONGEST_WAIT);
    // Jitter, so that many instances do not knock at the same moment.
    const jittered = Math.round(wait / 2 + (Math.random() * wait) / 2);
    this.#faults += 1;
    this.#nextTryAt = this.#clock() + jittered;
    this.#isTried = false;
    return jittered;
  }

  /** There was nothing to try it with: the next may. */
  foundNothing(): void {
    this.#isTried = false;
  }
}
