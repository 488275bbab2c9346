import type { Logger } from "pino";
import type { Log } from "../http/context.ts";
import { createLatchkey } from "../latchkey.ts";
import type { ServerSettings } from "./env.ts";
import { lowerHashingPriority } from "./hashing-priority.ts";
import { HttpServer } from "./http.ts";
import { openMetrics } from "./metrics.ts";

/** A running server or worker. */
export interface Running {
  /** Accepts no more requests, finishes the requests and emails in progress, and closes the database. */
  stop(): Promise<void>;
}

/**
 * Starts Latchkey by itself: the pages over HTTP, the worker unless another process runs it, and the metrics. Throws if a
 * port is in use.
 */
export async function serve(
  settings: ServerSettings,
  logger: Logger,
  { worker = true }: { worker?: boolean } = {},
): Promise<Running> {
  const { host, port, options, keepAliveSeconds } = settings;
  const { latchkey, close } = await open(settings, logger, { hasPages: true });
  const server = new HttpServer(latchkey.fetch, { baseUrl: new URL(options.baseUrl), keepAliveSeconds });
  try {
    await lowerHashingPriority();
    await server.listen(port, host);
  } catch (error) {
    await close();
    throw error;
  }
  if (worker) latchkey.worker.start();

  return {
    async stop() {
      await server.stop();
      await close();
    },
  };
}

/**
 * Starts the worker alone, for pages that other processes serve, and the metrics: email attempts are counted in the worker.
 * Throws if their port is in use.
 */
export async function work(settings: ServerSettings, logger: Logger): Promise<Running> {
  const { latchkey, close } = await open(settings, logger, { hasPages: false });
  latchkey.worker.start();
  logger.info("email worker started");
  return { stop: close };
}

/** Maximum number of warnings kept for METRICS_PORT. */
const MAX_WARNINGS = 50;

/** Opens Latchkey, and its metrics if they have a port. `close` closes both. */
async function open(settings: ServerSettings, logger: Logger, { hasPages }: { hasPages: boolean }) {
  const { host, metricsPort, options } = settings;
  const warnings: object[] = [];
  const log: Log = {
    info: (fields, message) => logger.info(fields, message),
    error: (fields, message) => logger.error(fields, message),
    warn(fields, message) {
      if (warnings.length < MAX_WARNINGS) warnings.push({ ...fields, message });
      logger.warn(fields, message);
    },
  };
  const latchkey = await createLatchkey({ ...options, metrics: metricsPort !== undefined, logger: log });
  for (const warning of settings.warnings ?? []) log.warn?.({ warning }, "a setting has no effect");
  if (hasPages && options.mode === "production" && !options.trustedProxies?.length && !host.startsWith("/")) {
    const advice = "set TRUSTED_PROXIES to the proxy's address, for example TRUSTED_PROXIES=127.0.0.1";
    log.warn?.({ advice }, "no proxy is trusted; all users behind one proxy share one rate limit");
  }

  let closeMetrics = async () => {};
  try {
    if (metricsPort !== undefined) {
      const at = { host: host.startsWith("/") ? "127.0.0.1" : host, port: metricsPort };
      const isReady = async () => {
        const { status } = await latchkey.fetch(new Request(`${options.baseUrl.replace(/\/$/, "")}/readyz`), {
          ip: null,
        });
        return status === 200;
      };
      closeMetrics = await openMetrics(at, { metrics: latchkey.metrics, isReady, warnings });
    }
  } catch (error) {
    await latchkey.close();
    throw error;
  }
  return {
    latchkey,
    async close() {
      await closeMetrics();
      await latchkey.close();
    },
  };
}
