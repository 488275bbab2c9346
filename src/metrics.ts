import type { Stats } from "./admin/stats.ts";
import type { Meter } from "./lib/meter.ts";

/** Metrics for Prometheus: a meter that counts, and the text that Prometheus reads. */
export interface Metrics {
  meter: Meter;
  text(): Promise<string>;
}

/** In seconds, around what people notice. */
const REQUEST_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STATEMENT_BUCKETS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/**
 * Metrics in a registry of their own. `figures` is asked at each reading. No label names anybody: routes come from the
 * route table, kinds and states are words of ours.
 */
export async function createMetrics(figures: () => Promise<Stats>): Promise<Metrics> {
  // Loaded only when metrics are on.
  const { default: prometheus } = await import("prom-client");
  const { Counter, Gauge, Histogram, Registry } = prometheus;
  const registry = new Registry();
  const registers = [registry];

  const requests = new Histogram({
    name: "latchkey_request_seconds",
    help: "Requests by route and class of status, with how long their answers took.",
    labelNames: ["route", "status"],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const mails = new Counter({
    name: "latchkey_mail_attempts_total",
    help: "Attempts at mails by kind and how they ended: sent, failed, given-up or closed.",
    labelNames: ["kind", "end"],
    registers,
  });
  const statements = new Histogram({
    name: "latchkey_database_seconds",
    help: "How long the database took for a statement or a commit.",
    buckets: STATEMENT_BUCKETS,
    registers,
  });
  const waiting = new Gauge({
    name: "latchkey_mails_waiting",
    help: "Emails not sent yet, by state (due or held) and kind; counting stops at 10,000 per state.",
    labelNames: ["state", "kind"],
    registers,
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const databaseUp = gauge("latchkey_database_up", "1 if the database answered at this reading, else 0.");
  const oldest = gauge(
    "latchkey_oldest_due_mail_seconds",
    "How long the oldest due mail has waited; 0 where none waits.",
  );
  const sessions = gauge("latchkey_sessions", "Sessions that have not expired; counting stops at 10,000.");
  const running = gauge("latchkey_hashing_running", "Passwords that are hashed just now.");
  const queued = gauge("latchkey_hashing_waiting", "Passwords that wait to be hashed.");
  const refused = new Counter({
    name: "latchkey_hashing_refused_total",
    help: "Passwords that were refused with 503, because the queue was full.",
    registers,
  });

  async function look(): Promise<void> {
    // A database that is away must not take what was counted in memory with it, now that it is looked at.
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
      await look();
      return registry.metrics();
    },
  };
}
