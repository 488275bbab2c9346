import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { withSecurityHeaders } from "../http/headers.ts";
import { SECOND } from "../lib/clock.ts";

type Fetch = (request: Request, peer: { peer: string | undefined }) => Promise<Response>;

/** How long a stop waits for requests in hand before it cuts them off. */
const PATIENCE = 10 * SECOND;

/** Node's HTTP server around a fetch function, with what only the sockets can tell. */
export class HttpServer {
  readonly #server: Server;
  readonly #wall: Parameters<typeof withSecurityHeaders>[0];
  /** Every open connection, and its requests in hand. */
  readonly #inHand = new Map<Socket, number>();
  /** Asked at the beginning: a socket that has hung up no longer knows whose it was, and nobody may slip the limits so. */
  readonly #peers = new WeakMap<Socket, string>();
  #isStopping = false;

  constructor(fetch: Fetch, baseUrl: URL) {
    this.#wall = { baseUrl };
    const badRequest = () => withSecurityHeaders(this.#wall, new Response("Bad Request\n", { status: 400 }));
    const listener = getRequestListener(
      (request, { incoming }) => {
        // Who sends two names may mean one for a proxy and another for us (RFC 9112 §3.2).
        if (hasTwoHosts(incoming as IncomingMessage)) return badRequest();
        // Who had hung up before being seen at all is nobody: nothing could be answered, and nothing be limited.
        const peer = this.#peers.get((incoming as IncomingMessage).socket);
        return peer === undefined ? badRequest() : fetch(request, { peer });
      },
      {
        // The global Request and Response belong to whoever runs in this process, and stay as they are.
        overrideGlobalObjects: false,
        errorHandler: badRequest,
      },
    );
    this.#server = createServer(
      {
        // A client that drips its request is cut off. In milliseconds.
        headersTimeout: 10_000,
        requestTimeout: 15_000,
        keepAliveTimeout: 5_000,
        connectionsCheckingInterval: 1_000,
        maxHeaderSize: 16_384,
      },
      listener,
    );
    this.#server.on("connection", (socket) => this.#watch(socket));
    this.#server.on("request", ({ socket }, response) => {
      this.#count(socket, +1);
      response.once("close", () => this.#count(socket, -1));
    });
    // We are no proxy.
    this.#server.on("connect", (_request, socket) => this.#close(socket as Socket, 400));
    this.#server.on("clientError", (error, socket) => this.#refuse(error, socket as Socket));
  }

  /** Throws where the port is taken. */
  async listen(port: number, host: string): Promise<void> {
    this.#server.listen(port, host);
    await once(this.#server, "listening");
  }

  /** Takes no more connections, finishes the requests in hand, and closes what is open without one. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const [socket, requests] of this.#inHand) {
      if (requests === 0) socket.destroy();
    }
    const impatient = setTimeout(() => this.#server.closeAllConnections(), PATIENCE);
    await closed;
    clearTimeout(impatient);
  }

  #watch(socket: Socket): void {
    if (socket.remoteAddress) this.#peers.set(socket, socket.remoteAddress);
    this.#inHand.set(socket, 0);
    socket.once("close", () => this.#inHand.delete(socket));
  }

  #count(socket: Socket, change: number): void {
    const requests = (this.#inHand.get(socket) ?? 0) + change;
    if (!socket.destroyed) this.#inHand.set(socket, requests);
    if (this.#isStopping && requests === 0) socket.end();
  }

  /** What is no HTTP never becomes a request. It gets the wall too, and nothing that it said. */
  #refuse(error: NodeJS.ErrnoException, socket: Socket): void {
    if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
    this.#close(socket, REFUSALS[error.code ?? ""] ?? 400);
  }

  /** Says why, and closes for good, whatever the other side would go on to say. */
  #close(socket: Socket, status: number): void {
    const { headers } = withSecurityHeaders(this.#wall, new Response(null, { status }));
    const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}connection: close\r\ncontent-length: 0\r\n\r\n`;
    socket.end(head, () => socket.destroy());
  }
}

/** Node itself takes the first and says nothing. Names and values stand in turn. */
function hasTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  return rawHeaders.filter((name, i) => i % 2 === 0 && name.length === 4 && name.toLowerCase() === "host").length > 1;
}

const REFUSALS: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };
