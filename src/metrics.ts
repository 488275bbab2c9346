import type { Stats } from "./admin/stats.ts";
import type { Meter } from "./lib/meter.ts";

/** Metrics for Prometheus: a meter that counts, and the text that Prometheus reads. */
export interface Metrics {
  meter: Meter;
  text(): Promise<string>;
}

/** In seconds. */
const REQUEST_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STATEMENT_BUCKETS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/**
 * Metrics in a registry of their own. `figures` is called at each scrape. Labels hold no personal data: routes come from the
 * route table, and kinds and states are fixed words.
 */
export async function createMetrics(figures: () => Promise<Stats>): Promise<Metrics> {
  // Loaded only when metrics are on.
  const { default: prometheus } = await import("prom-client");
  const { Counter, Gauge, Histogram, Registry } = prometheus;
  const registry = new Registry();
  const registers = [registry];

  const requests = new Histogram({
    name: "latchkey_request_seconds",
    help: "Request duration by route and status class.",
    labelNames: ["route", "status"],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const mails = new Counter({
    name: "latchkey_mail_attempts_total",
    help: "Email attempts by kind and outcome: sent, failed, given-up or closed.",
    labelNames: ["kind", "end"],
    registers,
  });
  const statements = new Histogram({
    name: "latchkey_database_seconds",
    help: "Duration of database statements and commits.",
    buckets: STATEMENT_BUCKETS,
    registers,
  });
  const waiting = new Gauge({
    name: "latchkey_mails_waiting",
    help: "Unsent emails by state (due or held) and kind; counting stops at 10,000 per state.",
    labelNames: ["state", "kind"],
    registers,
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const databaseUp = gauge("latchkey_database_up", "1 if the database responded to this scrape, otherwise 0.");
  const oldest = gauge("latchkey_oldest_due_mail_seconds", "Age of the oldest due email; 0 if there is none.");
  const sessions = gauge("latchkey_sessions", "Active sessions; counting stops at 10,000.");
  const running = gauge("latchkey_hashing_running", "Passwords being hashed now.");
  const queued = gauge("latchkey_hashing_waiting", "Passwords waiting to be hashed.");
  const refused = new Counter({
    name: "latchkey_hashing_refused_total",
    help: "Passwords refused with 503 because the queue was full.",
    registers,
  });

  async function readFigures(): Promise<void> {
    // Without the database the counters kept in memory are still reported.
    const now = await figures().catch(() => null);
    databaseUp.set(now ? 1 : 0);
    if (!now) return;
    waiting.reset();
    for (const { state, kind, many } of now.waiting) waiting.set({ state, kind }, many);
    oldest.set(now.oldestDueMs / 1_000);
    sessions.set(now.sessions);
    running.set(now.hashing.running);
    queued.set(now.hashing.waiting);
    refused.reset();
    refused.inc(now.hashing.refused);
  }

  return {
    meter: {
      request: (route, status, ms) => requests.observe({ route, status: `${Math.floor(status / 100)}xx` }, ms / 1_000),
      mail: (kind, end) => mails.inc({ kind, end }),
      statement: (ms) => statements.observe(ms / 1_000),
    },
    async text() {
      await readFigures();
      return registry.metrics();
    },
  };
}
