import type { OutboxEmail } from "./outbox.ts";

const REMEMBERED = 50;
/** Used until the first email was sent, in milliseconds. */
const FIRST_GUESS = 100;
const RECIPIENTS_BEFORE_PAUSE = 3;
/** The mailbox does not exist, moved or is full (RFC 3463): about the recipient, however many get the same text. */
const ABOUT_MAILBOX = /^5\d\d[ -]5\.(1\.([1236]|10)|2\.)/;

/** An email that was given up because the server refused it. */
export type RefusedEmail = Pick<OutboxEmail, "id" | "email"> & { to: string };

/** What the worker of one process remembers of its last deliveries. */
export class DeliveryHistory {
  #durations: number[] = [];
  #answer = "";
  #refused: RefusedEmail[] = [];

  /** The server accepted an email after `ms` milliseconds. */
  sent(ms: number): void {
    this.#durations.push(ms);
    if (this.#durations.length > REMEMBERED) this.#durations.shift();
    this.#answer = "";
    this.#refused = [];
  }

  /** How long one of the last 50 deliveries took, chosen at random. */
  sampleDuration(): number {
    return this.#durations[Math.floor(Math.random() * this.#durations.length)] ?? FIRST_GUESS;
  }

  /**
   * The server refused an email permanently. Returns null, or, if three different recipients in a row got the same text, the
   * earlier ones: then the fault is a common one and the emails must not be given up.
   */
  refused(email: RefusedEmail, answer: string): RefusedEmail[] | null {
    if (ABOUT_MAILBOX.test(answer)) return null;
    if (answer !== this.#answer) this.#refused = [];
    this.#answer = answer;
    const others = this.#refused.filter(({ to }) => to !== email.to);
    this.#refused = [...others, email].slice(-RECIPIENTS_BEFORE_PAUSE);
    return this.#refused.length === RECIPIENTS_BEFORE_PAUSE ? others : null;
  }
}
