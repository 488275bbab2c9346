import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Logger } from "pino";
import { SECOND } from "../basics/clock.ts";
import { createLatchkey } from "../latchkey.ts";
import type { ServerSettings } from "./env.ts";

/** A server that runs. */
export interface Running {
  /** Takes no more requests, finishes those in hand and the mails in hand, and closes the database. */
  stop(): Promise<void>;
}

/** How long a stop waits for requests in hand before it cuts them off. */
const PATIENCE = 10 * SECOND;

/** Starts Latchkey by itself: the pages over HTTP, and the worker. Throws where the port is taken. */
export async function serve({ host, port, options }: ServerSettings, logger: Logger): Promise<Running> {
  const latchkey = await createLatchkey({ ...options, logger });
  const server = createAdaptorServer({
    fetch: (request, { incoming }) =>
      latchkey.fetch(request, { peer: (incoming as IncomingMessage).socket.remoteAddress }),
    // The global Request and Response belong to whoever runs in this process, and stay as they are.
    overrideGlobalObjects: false,
    serverOptions: {
      // A client that drips its request is cut off. In milliseconds.
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16_384,
    },
  }) as Server;

  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    await latchkey.close();
    throw error;
  }
  latchkey.worker.start();

  return {
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      const impatient = setTimeout(() => server.closeAllConnections(), PATIENCE);
      await closed;
      clearTimeout(impatient);
      await latchkey.close();
    },
  };
}
