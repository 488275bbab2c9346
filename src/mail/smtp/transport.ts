import { type Clock, MINUTE, SECOND } from "../../lib/clock.ts";
import { type Composed, compose } from "../compose.ts";
import { maskAddresses, type Transport } from "../transport.ts";
import { trustedCas } from "./ca.ts";
import { SmtpFailure } from "./classify.ts";
import type { DkimKey } from "./dkim.ts";
import { type SmtpLimits, SmtpSession } from "./session.ts";
import { type SmtpSettings, smtpSettings } from "./url.ts";

export interface SmtpOptions {
  dkim?: DkimKey | null | undefined;
  /** CA certificates (PEM) besides Node's own, for the server's certificate. */
  caFile?: string | undefined;
  /** The EHLO name. Default: nodemailer's, the name of this machine. */
  helo?: string | undefined;
  /** A monotonic clock, in milliseconds. */
  now?: Clock | undefined;
  log?: { error(fields: object, message: string): void } | undefined;
  limits?: Partial<SmtpLimits & { idleMs: number }>;
}

/** RFC 5321 §4.5.3.2: 5 minutes for the greeting and each command, 10 after the final dot. */
const PATIENT: SmtpLimits = { openMs: 5 * MINUTE, handOverMs: 10 * MINUTE, finalMs: 10 * MINUTE };
/** With another server to fail over to. After the final dot there is no failing over, so that wait stays. */
const FAILING_OVER: SmtpLimits = { openMs: 30 * SECOND, handOverMs: 30 * SECOND, finalMs: 10 * MINUTE };
/** A connection unused for this long is closed. Most servers wait longer before they close it themselves. */
const IDLE = 10 * SECOND;
/** Some servers close a connection after a hundred emails. */
const EMAILS_PER_CONNECTION = 100;
/** A connection unused for longer than this is checked before an email depends on it. */
const FRESH = SECOND;
/** How long a server that failed is passed over, if there is another. */
const PASSED_OVER = 30 * SECOND;

interface Server {
  name: string;
  settings: SmtpSettings;
  /** The unused connection of each lane. */
  idle: Map<number, { session: SmtpSession; since: number; timer: NodeJS.Timeout }>;
  open: Set<SmtpSession>;
  passedOverUntil: number;
}

/**
 * Sends over SMTP, on one connection per delivery lane. Of several servers the first that works is used: after a fault of a
 * server the same attempt goes on with the next one, as long as the email certainly did not leave. What a server says about
 * the recipient or the email is final. Throws SmtpFailure.
 */
export function smtpTransport(urls: readonly string[], options: SmtpOptions = {}): Transport {
  const { dkim = null, helo, now = () => performance.now(), log = { error() {} } } = options;
  const limits = { ...(urls.length > 1 ? FAILING_OVER : PATIENT), idleMs: IDLE, ...options.limits };
  const ca = options.caFile === undefined ? null : trustedCas(options.caFile);
  const servers = urls.map((url): Server => {
    const settings = smtpSettings(url, { helo, ca });
    const name = `${settings.host}:${settings.port}`;
    return { name, settings, idle: new Map(), open: new Set(), passedOverUntil: Number.NEGATIVE_INFINITY };
  });
  let isClosed = false;

  async function open(server: Server): Promise<SmtpSession> {
    try {
      const session = await SmtpSession.open(server.settings, limits);
      server.open.add(session);
      session.onEnd(() => server.open.delete(session));
      return session;
    } catch (error) {
      const isBusy =
        error instanceof SmtpFailure && error.code !== undefined && error.code < 500 && server.open.size > 0;
      throw isBusy ? new SmtpFailure(error.message, { isServers: true, isLaneLimit: true, code: error.code }) : error;
    }
  }

  /** The lane's own connection, if it is still usable. */
  async function takeIdle(server: Server, lane: number | undefined): Promise<SmtpSession | null> {
    const kept = lane === undefined ? undefined : server.idle.get(lane);
    if (lane === undefined || !kept) return null;
    clearTimeout(kept.timer);
    server.idle.delete(lane);
    if (!server.open.has(kept.session)) return null;
    return performance.now() - kept.since < FRESH || (await kept.session.isAlive()) ? kept.session : null;
  }

  function keep(server: Server, lane: number | undefined, session: SmtpSession): void {
    if (lane === undefined || isClosed || session.emails >= EMAILS_PER_CONNECTION) {
      session.quit();
      return;
    }
    const timer = setTimeout(() => {
      server.idle.delete(lane);
      session.quit();
    }, limits.idleMs);
    // An unused connection does not keep the process alive.
    timer.unref();
    server.idle.set(lane, { session, since: performance.now(), timer });
  }

  async function sendVia(server: Server, email: Composed, lane: number | undefined): Promise<string> {
    const kept = await takeIdle(server, lane);
    if (kept) {
      try {
        const answer = await kept.send(email);
        keep(server, lane, kept);
        return answer;
      } catch (error) {
        // The server may have closed the connection just now: a new one is tried at once.
        if (!(error instanceof SmtpFailure) || !error.isServers) throw error;
      }
    }
    const session = await open(server);
    const answer = await session.send(email);
    keep(server, lane, session);
    return answer;
  }

  /** Runs `attempt` on one server after another until one can be used. */
  async function failOver<T>(attempt: (server: Server) => Promise<T>, to: readonly string[]): Promise<T> {
    const faults: SmtpFailure[] = [];
    const usable = servers.filter((server) => now() >= server.passedOverUntil);
    for (const server of usable.length > 0 ? usable : servers) {
      try {
        return await attempt(server);
      } catch (error) {
        if (!(error instanceof SmtpFailure) || !error.isServers) throw error;
        faults.push(error);
        if (servers.length === 1) break;
        server.passedOverUntil = now() + PASSED_OVER;
        const answer = maskAddresses(error.message, to);
        log.error({ server: server.name, answer }, "mail server unavailable, trying the next one");
      }
    }
    // An outage only if no server could be used at all: otherwise the fault may be about this email.
    throw faults.find((fault) => !fault.isOutage) ?? faults.at(-1);
  }

  return {
    async send(message, { lane } = {}) {
      const email = await compose(message, dkim);
      return failOver((server) => sendVia(server, email, lane), email.envelope.to);
    },
    async rehearse(message, { probe }) {
      const email = await compose(message, dkim);
      if (probe) await failOver(async (server) => (await open(server)).quit(), email.envelope.to);
    },
    close() {
      isClosed = true;
      for (const { idle } of servers) {
        for (const { session, timer } of idle.values()) {
          clearTimeout(timer);
          session.quit();
        }
        idle.clear();
      }
    },
  };
}
