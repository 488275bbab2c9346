import { Readable } from "node:stream";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { SECOND } from "../../lib/clock.ts";
import type { Composed } from "../compose.ts";
import { classifyMessageError, classifySessionError } from "./classify.ts";
import type { SmtpSettings } from "./url.ts";

const PIECE = 16_384;

/** One connection to a mail server, logged in, over which mails go one after another. */
export class SmtpSession {
  readonly #connection: SMTPConnection;
  /** How many mails have gone over it. */
  mails = 0;

  private constructor(connection: SMTPConnection) {
    this.#connection = connection;
  }

  /** Connects, with TLS where it is demanded, and logs in. Throws SmtpFault. The signal's end closes the connection. */
  static async open(settings: SmtpSettings, signal: AbortSignal): Promise<SmtpSession> {
    // Loaded with the first mail, so that a start need not wait for it.
    const { default: Connection } = await import("nodemailer/lib/smtp-connection");
    const connection = new Connection(settings);
    // Each step listens for its own errors; one that nobody listens for would end the process.
    connection.on("error", () => {});
    try {
      await step<void>(connection, signal, (done) => connection.connect(done));
      const auth = settings.auth && { ...settings.auth };
      if (auth && connection.allowsAuth) await step(connection, signal, (done) => connection.login(auth, done));
      return new SmtpSession(connection);
    } catch (error) {
      connection.close();
      throw classifySessionError(error);
    }
  }

  /** Hands one mail over, its last byte within `handOverMs`, and returns the answer. Throws SmtpFault, and is closed then. */
  async send({ envelope, source }: Composed, signal: AbortSignal, handOverMs: number): Promise<string> {
    const patience = new AbortController();
    const why = new Error(`The mail server did not take the mail within ${handOverMs / SECOND} seconds.`);
    const timer = setTimeout(() => patience.abort(why), handOverMs);
    const inTime = AbortSignal.any([signal, patience.signal]);
    let wasHandedOver = false;
    const message = Readable.from(pieces(source));
    // Nodemailer's own listener comes after this one, and writes the dot that ends a message: before it nothing leaves.
    message.once("end", () => {
      wasHandedOver = true;
      clearTimeout(timer);
    });
    try {
      const sent = await step<{ response: string }>(this.#connection, inTime, (done) =>
        // Nodemailer keeps in it what became of it: the next connection needs one of its own.
        this.#connection.send({ ...envelope }, message, done),
      );
      this.mails += 1;
      return sent.response;
    } catch (error) {
      this.close();
      throw classifyMessageError(error, { wasHandedOver });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whether the server still answers on it. Closes it where not. */
  async isThere(signal: AbortSignal): Promise<boolean> {
    try {
      await step(this.#connection, signal, (done) => this.#connection.reset(done));
      return true;
    } catch {
      this.close();
      return false;
    }
  }

  /** Calls `tell` once the connection is over, by whatever end. */
  onceOver(tell: () => void): void {
    this.#connection.once("end", tell);
    if (this.#connection.destroyed) tell();
  }

  /** Says goodbye, and waits a moment for the answer. */
  quit(): void {
    const impatient = setTimeout(() => this.close(), SECOND);
    this.#connection.once("end", () => clearTimeout(impatient));
    this.#connection.quit();
  }

  /** Closes at once, so that nothing that was written and not yet sent can leave later. */
  close(): void {
    this.#connection.close();
  }
}

/** Piece by piece, so that how far a large mail has come says something. */
function* pieces(source: Buffer): Generator<Buffer> {
  for (let at = 0; at < source.length; at += PIECE) yield source.subarray(at, at + PIECE);
}

/**
 * One step of the conversation. It ends with its own callback, with an error of the connection or its end, of which
 * nodemailer tells some steps nothing, or with the signal. Whoever takes the step closes the connection when it fails.
 */
function step<T>(
  connection: SMTPConnection,
  signal: AbortSignal,
  begin: (done: (error?: Error | null, result?: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error | null, result?: T) => {
      signal.removeEventListener("abort", late);
      connection.removeListener("error", settle);
      connection.removeListener("end", over);
      if (error) reject(error);
      else resolve(result as T);
    };
    // An error that explains the end may come right after it.
    const over = () => setImmediate(settle, new Error("The mail server closed the connection."));
    const late = () => settle(signal.reason);
    if (signal.aborted) return late();
    signal.addEventListener("abort", late);
    connection.once("error", settle);
    connection.once("end", over);
    begin(settle);
  });
}
