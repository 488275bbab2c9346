import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { MINUTE, SECOND } from "../../lib/clock.ts";
import type { Composed } from "../compose.ts";
import { SendError } from "../transport.ts";
import { classifyMessageError, classifySessionError } from "./classify.ts";
import type { SmtpSettings } from "./url.ts";

/** Timeouts in milliseconds (RFC 5321 §4.5.3.2). */
export interface SmtpLimits {
  /** From resolving the host to being logged in. */
  openMs: number;
  /** From MAIL FROM to the last byte of the message. */
  handOverMs: number;
  /** From the final dot to the answer. */
  finalMs: number;
}

const CHUNK = 16_384;
const RSET_TIMEOUT = 5 * SECOND;

/** One connection to a mail server, logged in, over which emails are sent one after another. */
export class SmtpSession {
  readonly #connection: SMTPConnection;
  readonly #settings: SmtpSettings;
  readonly #limits: SmtpLimits;
  /** How many emails were sent over it. */
  emails = 0;

  private constructor(connection: SMTPConnection, settings: SmtpSettings, limits: SmtpLimits) {
    this.#connection = connection;
    this.#settings = settings;
    this.#limits = limits;
  }

  /** Connects, with TLS if it is required, and logs in. Throws SmtpFailure. */
  static async open(settings: SmtpSettings, limits: SmtpLimits): Promise<SmtpSession> {
    const { openMs } = limits;
    const deadline = withDeadline(openMs, `the mail server was not ready within ${openMs / SECOND} s`);
    let connection: SMTPConnection | null = null;
    try {
      // The system's resolver (getaddrinfo) reads /etc/hosts; nodemailer's own asks DNS first.
      const socket = await connectTo(settings, deadline.signal);
      // Imported with the first email, to keep the start short.
      const { default: Connection } = await import("nodemailer/lib/smtp-connection");
      const timeouts = { connectionTimeout: openMs, greetingTimeout: openMs, socketTimeout: limits.finalMs + MINUTE };
      const opened = new Connection({ ...settings, ...timeouts, connection: socket });
      connection = opened;
      // Each step listens for its own errors; an error event without a listener would end the process.
      opened.on("error", () => {});
      await step<void>(opened, deadline.signal, (done) => opened.connect(done));
      const auth = settings.auth && { ...settings.auth };
      if (auth) {
        assertLoginOffered(String(opened.lastServerResponse));
        await step(opened, deadline.signal, (done) => opened.login(auth, done));
      }
      return new SmtpSession(opened, settings, limits);
    } catch (error) {
      const hasAnswered = connection !== null && connection.lastServerResponse !== false;
      connection?.close();
      throw classifySessionError(error, { secure: settings.secure, hasAnswered });
    } finally {
      deadline.clear();
    }
  }

  /** Sends one email and returns the answer. Throws SmtpFailure, and closes the connection then. */
  async send({ envelope, source }: Composed): Promise<string> {
    const { handOverMs, finalMs } = this.#limits;
    const deadline = withDeadline(
      handOverMs,
      `the mail server did not accept the email within ${handOverMs / SECOND} s`,
    );
    let wasHandedOver = false;
    const message = Readable.from(chunks(source));
    // Nodemailer's own listener runs after this one and writes the final dot: until then the email cannot leave.
    message.once("end", () => {
      wasHandedOver = true;
      deadline.restart(finalMs, `the mail server did not respond within ${finalMs / SECOND} s after the email`);
    });
    try {
      const sent = await step<{ response: string }>(this.#connection, deadline.signal, (done) =>
        // Nodemailer stores the outcome in the envelope: each connection needs a copy.
        this.#connection.send({ ...envelope }, message, done),
      );
      this.emails += 1;
      return sent.response;
    } catch (error) {
      this.close();
      const { name: helo, auth } = this.#settings;
      const dialogue = { from: envelope.from, to: envelope.to[0] ?? "", helo, isLoggedIn: auth !== undefined };
      throw classifyMessageError(error, dialogue, { wasHandedOver });
    } finally {
      deadline.clear();
    }
  }

  /** Whether the server still answers. Closes the connection if not. */
  async isAlive(): Promise<boolean> {
    const deadline = withDeadline(RSET_TIMEOUT, "no answer to RSET");
    try {
      await step(this.#connection, deadline.signal, (done) => this.#connection.reset(done));
      return true;
    } catch {
      this.close();
      return false;
    } finally {
      deadline.clear();
    }
  }

  /** Calls `listener` once the connection has ended, for whatever reason. */
  onEnd(listener: () => void): void {
    this.#connection.once("end", listener);
    if (this.#connection.destroyed) listener();
  }

  /** Sends QUIT and waits a second for the answer. */
  quit(): void {
    const timer = setTimeout(() => this.close(), SECOND);
    this.#connection.once("end", () => clearTimeout(timer));
    this.#connection.quit();
  }

  /** Closes at once, so that nothing written and not yet sent can leave later. */
  close(): void {
    this.#connection.close();
  }
}

function connectTo({ host, port }: SmtpSettings, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, autoSelectFamily: true });
    const abort = () => fail(signal.reason);
    const fail = (error: unknown) => {
      signal.removeEventListener("abort", abort);
      socket.destroy();
      reject(error);
    };
    signal.addEventListener("abort", abort);
    socket.on("error", fail);
    socket.once("connect", () => {
      signal.removeEventListener("abort", abort);
      socket.removeListener("error", fail);
      // Nodemailer listens from its connect() on; an error before that must not end the process.
      socket.on("error", () => {});
      resolve(socket);
    });
  });
}

/** Fails if a login is configured and this server cannot be logged in to: without one it would refuse email by email. */
function assertLoginOffered(ehlo: string): void {
  const mechanisms = [...ehlo.matchAll(/^250[ -]AUTH[ =](.*)$/gim)].flatMap(([, list = ""]) => list.split(/[\s=]+/));
  const names = mechanisms.map((name) => name.toUpperCase()).filter(Boolean);
  if (names.length === 0) throw new SendError("the server offers no login here (use STARTTLS / port 587?)");
  if (names.some((name) => ["PLAIN", "LOGIN", "CRAM-MD5"].includes(name))) return;
  throw new SendError(
    `the server offers only ${names.join(", ")} to log in, not a password: create an app password or use a relay that accepts one`,
  );
}

/** In chunks, so that the end of reading is close to the end of sending. */
function* chunks(source: Buffer): Generator<Buffer> {
  for (let at = 0; at < source.length; at += CHUNK) yield source.subarray(at, at + CHUNK);
}

/** A signal that aborts with the message after `ms` milliseconds. */
function withDeadline(ms: number, message: string) {
  const controller = new AbortController();
  const start = (ms: number, message: string) => setTimeout(() => controller.abort(new Error(message)), ms);
  let timer = start(ms, message);
  return {
    signal: controller.signal,
    restart(ms: number, message: string) {
      clearTimeout(timer);
      timer = start(ms, message);
    },
    clear: () => clearTimeout(timer),
  };
}

/** Runs one nodemailer command, until it is done, the connection ends or the signal aborts. */
function step<T>(
  connection: SMTPConnection,
  signal: AbortSignal,
  begin: (done: (error?: Error | null, result?: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error | null, result?: T) => {
      signal.removeEventListener("abort", onAbort);
      connection.removeListener("error", settle);
      connection.removeListener("end", onEnd);
      if (error) reject(error);
      else resolve(result as T);
    };
    // An error that explains the end may follow it.
    const onEnd = () => setImmediate(settle, new Error("the mail server closed the connection"));
    const onAbort = () => settle(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort);
    connection.once("error", settle);
    connection.once("end", onEnd);
    begin(settle);
  });
}
