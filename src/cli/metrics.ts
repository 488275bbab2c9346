import { once } from "node:events";
import { createServer } from "node:http";
import { withSecurityHeaders } from "../http/headers.ts";
import { SECOND } from "../lib/clock.ts";

/** What the metrics port shows. */
export interface Monitored {
  /** Latchkey's metrics in Prometheus' text format. */
  metrics(): Promise<string>;
  isReady(): Promise<boolean>;
  /** The warnings logged since the start. */
  warnings: readonly object[];
}

/**
 * Answers on a port that is not public: `GET /metrics` with Latchkey's and the process's metrics, `GET /readyz` with the
 * state and the warnings as JSON. Returns a function that closes it. Throws if the port is in use.
 */
export async function openMetrics(
  at: { host: string; port: number },
  { metrics, isReady, warnings }: Monitored,
): Promise<() => Promise<void>> {
  const { default: prometheus } = await import("prom-client");
  const process = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register: process });

  // Slow clients are disconnected here too.
  const deadlines = { headersTimeout: 10 * SECOND, requestTimeout: 15 * SECOND, connectionsCheckingInterval: SECOND };
  const server = createServer(deadlines, async (request, response) => {
    response.setHeaders(withSecurityHeaders({ baseUrl: new URL("http://localhost") }, new Response()).headers);
    try {
      if (request.method === "GET" && request.url === "/metrics") {
        const text = `${await metrics()}\n${await process.metrics()}`;
        response.writeHead(200, { "content-type": process.contentType }).end(text);
      } else if (request.method === "GET" && request.url === "/readyz") {
        const ready = await isReady();
        response.writeHead(ready ? 200 : 503, { "content-type": "application/json" });
        response.end(`${JSON.stringify({ ready, warnings })}\n`);
      } else {
        response.writeHead(404).end();
      }
    } catch {
      response.writeHead(500).end();
    }
  });
  server.listen(at.port, at.host);
  await once(server, "listening");

  return async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
}
