import { Agent, request } from "node:http";

/** One kind of request to repeat. */
export interface Load {
  method: string;
  url: string;
  /** A function is called for each request. */
  headers: Record<string, string> | ((n: number) => Record<string, string>);
  /** Called for each request, so that each can have its own address. */
  body?: (n: number) => string;
}

/** Sends `total` requests over `connections` kept-alive connections. Returns requests a second; throws on a wrong status. */
export async function measure(load: Load, total: number, connections: number, status: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let sent = 0;
  const started = performance.now();
  const lane = async () => {
    while (sent < total) {
      const n = sent++;
      const headers = typeof load.headers === "function" ? load.headers(n) : load.headers;
      const got = await once({ ...load, headers }, agent, load.body?.(n));
      if (got !== status) throw new Error(`${load.method} ${load.url}: expected status ${status}, got ${got}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  agent.destroy();
  return total / ((performance.now() - started) / 1_000);
}

function once(
  { method, url, headers }: Load & { headers: Record<string, string> },
  agent: Agent,
  body = "",
): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = body ? { "content-length": String(Buffer.byteLength(body)) } : {};
    const sending = request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    sending.on("error", reject);
    sending.end(body);
  });
}
