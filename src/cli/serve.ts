import type { Logger } from "pino";
import { createLatchkey } from "../latchkey.ts";
import type { ServerSettings } from "./env.ts";
import { HttpServer } from "./http.ts";
import { openMetrics } from "./metrics.ts";
import { suppressArgonWarning } from "./quiet-hashing.ts";

/** A server that runs. */
export interface Running {
  /** Takes no more requests, finishes those in hand and the mails in hand, and closes the database. */
  stop(): Promise<void>;
}

/**
 * Starts Latchkey by itself: the pages over HTTP, the worker unless another process is that, and the metrics. Throws where a
 * port is taken.
 */
export async function serve(
  settings: ServerSettings,
  logger: Logger,
  { worker = true }: { worker?: boolean } = {},
): Promise<Running> {
  const { host, port, options } = settings;
  const { latchkey, close } = await open(settings, logger);
  const server = new HttpServer(latchkey.fetch, new URL(options.baseUrl));
  try {
    await suppressArgonWarning();
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
 * Starts the worker alone, for pages that are served by other processes, and the metrics: it is the worker that counts the
 * attempts at mails. Throws where their port is taken.
 */
export async function work(settings: ServerSettings, logger: Logger): Promise<Running> {
  const { latchkey, close } = await open(settings, logger);
  latchkey.worker.start();
  return { stop: close };
}

/** Latchkey with its metrics, where they have a port, and what closes both. */
async function open({ host, metricsPort, options }: ServerSettings, logger: Logger) {
  const latchkey = await createLatchkey({ ...options, metrics: metricsPort !== undefined, logger });
  let closeMetrics = async () => {};
  try {
    if (metricsPort !== undefined) closeMetrics = await openMetrics({ host, port: metricsPort }, latchkey.metrics);
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
