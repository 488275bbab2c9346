import type { Logger } from "pino";
import { createLatchkey } from "../latchkey.ts";
import type { ServerSettings } from "./env.ts";
import { HttpServer } from "./http.ts";
import { openMetrics } from "./metrics.ts";
import { hashQuietly } from "./quiet-hashing.ts";

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
  const { host, port, metricsPort, options } = settings;
  const latchkey = await createLatchkey({ ...options, metrics: metricsPort !== undefined, logger });
  const server = new HttpServer(latchkey.fetch, new URL(options.baseUrl));
  let closeMetrics = async () => {};
  try {
    if (metricsPort !== undefined) closeMetrics = await openMetrics({ host, port: metricsPort }, latchkey.metrics);
    await hashQuietly();
    await server.listen(port, host);
  } catch (error) {
    await closeMetrics();
    await latchkey.close();
    throw error;
  }
  if (worker) latchkey.worker.start();

  return {
    async stop() {
      await server.stop();
      await closeMetrics();
      await latchkey.close();
    },
  };
}

/** Starts the worker alone, for pages that are served by other processes. */
export async function work({ options }: ServerSettings, logger: Logger): Promise<Running> {
  const latchkey = await createLatchkey({ ...options, logger });
  latchkey.worker.start();
  return { stop: () => latchkey.close() };
}
