import { once } from "node:events";
import { createServer } from "node:http";
import { withSecurityHeaders } from "../http/headers.ts";
import { SECOND } from "../lib/clock.ts";

/**
 * Answers `GET /metrics` on a port of its own, which the world need not reach: with our figures, and the process's.
 * Returns what closes it. Throws where the port is taken.
 */
export async function openMetrics(
  at: { host: string; port: number },
  ours: () => Promise<string>,
): Promise<() => Promise<void>> {
  const { default: prometheus } = await import("prom-client");
  const process = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register: process });

  // Who drips is cut off here too.
  const deadlines = { headersTimeout: 10 * SECOND, requestTimeout: 15 * SECOND, connectionsCheckingInterval: SECOND };
  const server = createServer(deadlines, async (request, response) => {
    response.setHeaders(withSecurityHeaders({ baseUrl: new URL("http://localhost") }, new Response()).headers);
    if (request.method !== "GET" || request.url !== "/metrics") return void response.writeHead(404).end();
    try {
      const text = `${await ours()}\n${await process.metrics()}`;
      response.writeHead(200, { "content-type": process.contentType }).end(text);
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
