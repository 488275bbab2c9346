import { type Clock, SECOND } from "../../lib/clock.ts";
import { CircuitBreaker } from "../circuit-breaker.ts";
import { type Composed, compose } from "../compose.ts";
import { maskAddresses, type Transport } from "../transport.ts";
import { trustedCas } from "./ca.ts";
import { SmtpFailure } from "./classify.ts";
import type { DkimKey } from "./dkim.ts";
import { SmtpPool } from "./pool.ts";
import { smtpSettings } from "./url.ts";

/** What sending over SMTP can be told besides where to. */
export interface SmtpOptions {
  dkim?: DkimKey | null | undefined;
  /** CA certificates (PEM) besides Node's own, for the server's certificate. */
  caFile?: string | undefined;
  clock?: Clock | undefined;
  log?: { error(fields: object, message: string): void } | undefined;
  /** How long things may take, in milliseconds. */
  limits?: Partial<typeof LIMITS>;
}

const LIMITS = {
  /** A whole attempt, from looking the first server up to the last answer, whatever happens in between. */
  attemptMs: 30 * SECOND,
  /** From looking a server up to being logged in. */
  openMs: 10 * SECOND,
  /** A connection that no mail has used for so long is closed. Shorter than most servers' own patience. */
  idleMs: 10 * SECOND,
};

interface Server {
  host: string;
  pool: SmtpPool;
  breaker: CircuitBreaker;
}

/**
 * Sends over SMTP, on connections that are kept for the next mail. Of several servers the first that works is used: a
 * fault of the server moves on to the next, within the same attempt and only while the mail certainly did not leave;
 * what a server says about the recipient or the mail does not. Throws SmtpFault.
 */
export function smtpTransport(urls: readonly string[], options: SmtpOptions = {}): Transport {
  const limits = { ...LIMITS, ...options.limits };
  const { clock = Date.now, dkim = null, log = { error() {} } } = options;
  const ca = options.caFile === undefined ? null : trustedCas(options.caFile);
  const servers = urls.map((url): Server => {
    const settings = { ...smtpSettings(url, limits), ...(ca ? { tls: { ca } } : {}) };
    // A server that lets us in and then stands still must leave time for the next one.
    const handOverMs = urls.length > 1 ? limits.openMs : limits.attemptMs;
    const pool = new SmtpPool(settings, { ...limits, handOverMs });
    return { host: `${settings.host}:${settings.port}`, pool, breaker: new CircuitBreaker(clock) };
  });

  /** Tries one server, and returns its answer, or its fault where another may be tried. */
  async function trySending(server: Server, mail: Composed, signal: AbortSignal): Promise<string | SmtpFailure> {
    try {
      const answer = await server.pool.send(mail, signal);
      server.breaker.worked();
      return answer;
    } catch (error) {
      if (!(error instanceof SmtpFailure) || !error.isServers) {
        server.breaker.worked();
        throw error;
      }
      if (server.breaker.failed() !== null && servers.length > 1) {
        const answer = maskAddresses(error.message, mail.envelope.to);
        log.error({ server: server.host, answer }, "a mail server cannot be used and is passed over");
      }
      if (signal.aborted) throw error;
      return error;
    }
  }

  return {
    async send(message) {
      const mail = await compose(message, dkim);
      const attempt = new AbortController();
      const late = new Error(`The mail server took longer than ${limits.attemptMs / SECOND} seconds.`);
      const timer = setTimeout(() => attempt.abort(late), limits.attemptMs);
      const faults: SmtpFailure[] = [];
      try {
        for (const server of inTurn(servers)) {
          const outcome = await trySending(server, mail, attempt.signal);
          if (typeof outcome === "string") return outcome;
          faults.push(outcome);
        }
      } finally {
        clearTimeout(timer);
      }
      // Only where no server at all could be used is it an outage, and not perhaps something about this mail.
      throw faults.find((fault) => !fault.isOutage) ?? faults.at(-1);
    },
    close() {
      for (const { pool } of servers) pool.close();
    },
  };
}

/** Those that work, one after another; and where none is known to, all of them. */
function* inTurn(servers: readonly Server[]): Generator<Server> {
  let isNoneLeft = true;
  for (const server of servers) {
    if (!server.breaker.allows()) continue;
    isNoneLeft = false;
    yield server;
  }
  if (isNoneLeft) yield* servers;
}
