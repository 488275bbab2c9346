import { MINUTE, SECOND } from "../../lib/clock.ts";
import type { Composed } from "../compose.ts";
import { SmtpFailure } from "./classify.ts";
import { SmtpSession } from "./session.ts";
import type { SmtpSettings } from "./url.ts";

/** So many connections to one server at once. The worker has as many lanes. */
const CONNECTIONS = 5;
/** Some servers end a connection after a hundred mails. We do so before. */
const MAILS_EACH = 100;
/** A connection that lay idle for longer than this is asked whether it is still there, before a mail depends on it. */
const TRUSTED_FOR = SECOND;
const TIME_TO_ANSWER = 5 * SECOND;
const BELIEVED_FULL_FOR = MINUTE;

/** How long things may take, in milliseconds. */
interface Limits {
  /** From looking the server up to being logged in. */
  openMs: number;
  /** From naming a mail to its last byte. What comes then, the server may take the whole attempt for. */
  handOverMs: number;
  /** A connection that no mail has used for so long is closed. */
  idleMs: number;
}

/** The connections to one mail server, kept for the next mail. */
export class SmtpPool {
  readonly #settings: SmtpSettings;
  readonly #limits: Limits;
  readonly #sessions = new Set<SmtpSession>();
  readonly #idle: Array<{ session: SmtpSession; since: number; closing: NodeJS.Timeout }> = [];
  #opening = 0;
  #waiting: Array<() => void> = [];
  /** How many connections the server took when it took no more, and until when that is believed. */
  #most = CONNECTIONS;
  #fullUntil = 0;
  #isClosed = false;

  constructor(settings: SmtpSettings, limits: Limits) {
    this.#settings = settings;
    this.#limits = limits;
  }

  /** Sends over a connection that is there, or over a new one. Throws SmtpFault. */
  async send(mail: Composed, signal: AbortSignal): Promise<string> {
    const { session, isFresh } = await this.#take(signal);
    try {
      return await this.#sendOver(session, mail, signal);
    } catch (error) {
      // The server may have closed an idle connection as we took it: that is no reason for this mail to wait.
      const isStale = !isFresh && error instanceof SmtpFailure && error.isServers && !signal.aborted;
      if (!isStale) throw error;
    }
    const fresh = await this.#take(signal, { mayBeIdle: false });
    return this.#sendOver(fresh.session, mail, signal);
  }

  /** Says goodbye on every connection that is idle; those in use end with their mail. */
  close(): void {
    this.#isClosed = true;
    for (const { session, closing } of this.#idle.splice(0)) {
      clearTimeout(closing);
      session.quit();
    }
  }

  async #sendOver(session: SmtpSession, mail: Composed, signal: AbortSignal): Promise<string> {
    const answer = await session.send(mail, signal, this.#limits.handOverMs);
    if (this.#isClosed || session.mails >= MAILS_EACH) session.quit();
    else this.#rest(session);
    return answer;
  }

  async #take(signal: AbortSignal, { mayBeIdle = true } = {}): Promise<{ session: SmtpSession; isFresh: boolean }> {
    for (let isFirst = true; ; isFirst = false) {
      const session = mayBeIdle || !isFirst ? await this.#awaken(signal) : null;
      if (session) return { session, isFresh: false };
      if (this.#mayOpen()) {
        try {
          return { session: await this.#open(signal), isFresh: true };
        } catch (error) {
          if (!this.#isFull(error, isFirst)) throw error;
        }
      }
      await this.#change(signal);
    }
  }

  /** The connection that was used last, so that the others may end; null where none is idle, or none is there any more. */
  async #awaken(signal: AbortSignal): Promise<SmtpSession | null> {
    for (let kept = this.#idle.pop(); kept; kept = this.#idle.pop()) {
      clearTimeout(kept.closing);
      if (performance.now() - kept.since < TRUSTED_FOR) return kept.session;
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(TIME_TO_ANSWER)]);
      if (await kept.session.isThere(inTime)) return kept.session;
    }
    return null;
  }

  async #open(signal: AbortSignal): Promise<SmtpSession> {
    const { openMs } = this.#limits;
    const patience = new AbortController();
    const why = new Error(`The mail server did not let us in within ${openMs / SECOND} seconds.`);
    const timer = setTimeout(() => patience.abort(why), openMs);
    const inTime = AbortSignal.any([signal, patience.signal]);
    this.#opening += 1;
    try {
      const session = await SmtpSession.open(this.#settings, inTime);
      this.#sessions.add(session);
      session.onceOver(() => this.#forget(session));
      return session;
    } finally {
      this.#opening -= 1;
      clearTimeout(timer);
      this.#tell();
    }
  }

  #mayOpen(): boolean {
    const most = performance.now() < this.#fullUntil ? this.#most : CONNECTIONS;
    return this.#sessions.size + this.#opening < most;
  }

  /**
   * Whether the server only takes no further connection, while mails go over those that it took: then this mail waits for
   * one of them. Others that are only being opened are a hope that is good for one time.
   */
  #isFull(error: unknown, mayHope: boolean): boolean {
    const isForNow = error instanceof SmtpFailure && error.code !== undefined && error.code < 500;
    const others = this.#sessions.size + (mayHope ? this.#opening : 0);
    if (!isForNow || others === 0) return false;
    this.#most = others;
    this.#fullUntil = performance.now() + BELIEVED_FULL_FOR;
    return true;
  }

  #rest(session: SmtpSession): void {
    const closing = setTimeout(() => {
      this.#drop(session);
      session.quit();
    }, this.#limits.idleMs);
    // An idle connection is no reason for a process to live on.
    closing.unref();
    this.#idle.push({ session, since: performance.now(), closing });
    this.#tell();
  }

  #forget(session: SmtpSession): void {
    this.#sessions.delete(session);
    this.#drop(session);
    this.#tell();
  }

  #drop(session: SmtpSession): void {
    const at = this.#idle.findIndex((kept) => kept.session === session);
    for (const { closing } of at < 0 ? [] : this.#idle.splice(at, 1)) clearTimeout(closing);
  }

  /** Resolves when a connection has become free, or has ended. Throws what the signal ends with. */
  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = () => {
        const { message } = signal.reason as Error;
        reject(new SmtpFailure(message, { isServers: true }));
      };
      if (signal.aborted) return late();
      signal.addEventListener("abort", late, { once: true });
      this.#waiting.push(() => {
        signal.removeEventListener("abort", late);
        resolve();
      });
    });
  }

  #tell(): void {
    for (const told of this.#waiting.splice(0)) told();
  }
}
