import { once } from "node:events";
import { chmodSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import { connect, type Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { withSecurityHeaders } from "../http/headers.ts";
import { UNIX_SOCKET } from "../lib/client-ip.ts";
import { SECOND } from "../lib/clock.ts";

type Fetch = (request: Request, peer: { ip: string }) => Promise<Response>;

/** How long a shutdown waits for requests in progress before their connections are closed. */
const SHUTDOWN_MS = 10 * SECOND;

/** Maximum time from the arrival of a request to the last byte of its response. Slow readers are disconnected then. */
const RESPONSE_TIMEOUT = 120 * SECOND;

/** Node's HTTP server around a fetch function. It knows the sockets: peers, requests in progress, malformed bytes. */
export class HttpServer {
  readonly #server: Server;
  readonly #page: Parameters<typeof withSecurityHeaders>[0];
  /** Every open connection, with its number of requests in progress. */
  readonly #connections = new Map<Socket, number>();
  /** Read when a connection opens: a closed socket has no peer, and a client must not escape the limits by hanging up. */
  readonly #peers = new WeakMap<Socket, string>();
  #isStopping = false;
  /** In milliseconds. */
  responseTimeout = RESPONSE_TIMEOUT;

  constructor(
    fetch: Fetch,
    { baseUrl, keepAliveSeconds = 65 }: { baseUrl: URL; keepAliveSeconds?: number | undefined },
  ) {
    this.#page = { baseUrl };
    const badRequest = () => withSecurityHeaders(this.#page, new Response("Bad Request\n", { status: 400 }));
    const listener = getRequestListener(
      (request, { incoming }) => {
        if (!hasValidHost(incoming as IncomingMessage)) return badRequest();
        // No peer: the client had hung up before the connection was seen.
        const peer = this.#peers.get((incoming as IncomingMessage).socket);
        return peer === undefined ? badRequest() : fetch(request, { ip: peer });
      },
      {
        // For HTTP/1.0 without Host, as health checks send it.
        hostname: baseUrl.host,
        // The global Request and Response stay Node's own.
        overrideGlobalObjects: false,
        errorHandler: badRequest,
      },
    );
    this.#server = createServer(
      {
        // A client that sends its request slowly is disconnected. In milliseconds.
        headersTimeout: 10_000,
        requestTimeout: 15_000,
        keepAliveTimeout: keepAliveSeconds * SECOND,
        connectionsCheckingInterval: 1_000,
        maxHeaderSize: 16_384,
        // Node's own 400 has no security headers. `hasValidHost` checks instead.
        requireHostHeader: false,
      },
      listener,
    );
    this.#server.on("connection", (socket) => this.#watch(socket));
    this.#server.on("request", ({ socket }, response) => {
      this.#count(socket, +1);
      const deadline = setTimeout(() => socket.destroy(), this.responseTimeout);
      response.once("close", () => {
        clearTimeout(deadline);
        this.#count(socket, -1);
      });
    });
    // CONNECT is for proxies.
    this.#server.on("connect", (_request, socket) => this.#close(socket as Socket, 400));
    this.#server.on("checkExpectation", (_request, response) => this.#refuseExpectation(response));
    this.#server.on("clientError", (error, socket) => this.#refuse(error, socket as Socket));
  }

  /** Listens on a port, or on a unix socket if the host is a path. Throws if it is in use. */
  async listen(port: number, host: string): Promise<void> {
    const isPath = host.startsWith("/");
    if (isPath) await removeStaleSocket(host);
    if (isPath) this.#server.listen(host);
    else this.#server.listen(port, host);
    await once(this.#server, "listening");
    // For the proxy, which runs as another user of the group.
    if (isPath) chmodSync(host, 0o660);
  }

  /** Accepts no more connections, finishes the requests in progress, and closes idle connections. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const [socket, requests] of this.#connections) {
      if (requests === 0) socket.destroy();
    }
    const timeout = setTimeout(() => this.#server.closeAllConnections(), SHUTDOWN_MS);
    await closed;
    clearTimeout(timeout);
  }

  #watch(socket: Socket): void {
    const peer = typeof this.#server.address() === "string" ? UNIX_SOCKET : socket.remoteAddress;
    if (peer) this.#peers.set(socket, peer);
    this.#connections.set(socket, 0);
    socket.once("close", () => this.#connections.delete(socket));
  }

  #count(socket: Socket, change: number): void {
    const requests = (this.#connections.get(socket) ?? 0) + change;
    if (!socket.destroyed) this.#connections.set(socket, requests);
    if (this.#isStopping && requests === 0) socket.end();
  }

  /** The only expectation of RFC 9110 §10.1.1 is `100-continue`, which Node answers. */
  #refuseExpectation(response: ServerResponse): void {
    const { headers } = withSecurityHeaders(this.#page, new Response(null, { status: 417 }));
    response.setHeaders(headers).writeHead(417, { "content-length": "0", connection: "close" }).end();
  }

  /** Malformed bytes never become a request. The answer has the security headers and repeats nothing. */
  #refuse(error: NodeJS.ErrnoException, socket: Socket): void {
    if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
    this.#close(socket, REFUSALS[error.code ?? ""] ?? 400);
  }

  /** Answers and closes the connection, whatever the client sends next. */
  #close(socket: Socket, status: number): void {
    const { headers } = withSecurityHeaders(this.#page, new Response(null, { status }));
    const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}connection: close\r\ncontent-length: 0\r\n\r\n`;
    socket.end(head, () => socket.destroy());
  }
}

/** RFC 9112 §3.2: 400 for two Host headers or an empty one, and for none in HTTP/1.1. Node takes the first of two. */
function hasValidHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  // Names and values alternate.
  const isHost = (name: string, i: number) => i % 2 === 0 && name.length === 4 && name.toLowerCase() === "host";
  const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && isHost(rawHeaders[i - 1] ?? "", i - 1));
  return hosts.length === 1 ? hosts[0] !== "" : hosts.length === 0 && httpVersion === "1.0";
}

/** Removes the socket file of a process that was killed. Leaves one that a process listens on. */
async function removeStaleSocket(path: string): Promise<void> {
  const socket = connect(path);
  const code = await new Promise<string | undefined>((resolve) => {
    socket
      .once("connect", () => resolve(undefined))
      .once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
  });
  socket.destroy();
  if (code === "ECONNREFUSED") rmSync(path, { force: true });
}

const REFUSALS: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };
