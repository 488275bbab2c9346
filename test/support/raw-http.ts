import { connect, type Socket } from "node:net";
import { after } from "node:test";
import { serve } from "../../src/cli/serve.ts";
import type { Message } from "../../src/mail/transport.ts";
import type { Options } from "../../src/options/options.ts";
import { freePort } from "./mail-server.ts";

/** What came back over a socket. Status 0: the connection was closed without an answer. */
export interface RawResponse {
  status: number;
  /** Names in lower case. */
  headers: Map<string, string>;
  body: string;
}

/** The real server on a real socket, for bytes that no HTTP client would send. */
export interface RawServer {
  port: number;
  mails: Message[];
  /** The messages at level error, newest last. */
  errors: string[];
  /** Sends the bytes on a connection of their own, and reads until the answer is whole or the server hangs up. */
  send(bytes: string | Buffer, options?: { within?: number }): Promise<RawResponse>;
  open(): Promise<Socket>;
  /** A form as a request, ready for `send`; a header that is null is left out. */
  form(path: string, body: string | Buffer, headers?: Record<string, string | null>): Buffer;
}

/** Starts the server as `npm start` does, in this process. It is stopped when the test file is done. */
export async function openRawServer(
  options: Partial<Options> = {},
  { host = "127.0.0.1", keepAliveSeconds }: { host?: string; keepAliveSeconds?: number } = {},
): Promise<RawServer> {
  const port = await freePort();
  const mails: Message[] = [];
  const errors: string[] = [];
  const transport = {
    async send(message: Message) {
      mails.push(message);
      return "250 kept";
    },
  };
  const logger = { info() {}, warn() {}, error: (_fields: object, message: string) => void errors.push(message) };
  const running = await serve(
    {
      host,
      port,
      keepAliveSeconds,
      options: {
        baseUrl: `http://localhost:${port}`,
        database: "sqlite::memory:",
        mode: "development",
        limits: { requestsPerIp: "1000000/1h", mailsPerAddress: "1000000/1h", signInsPerAccount: "1000000/1h" },
        mail: { transport },
        ...options,
      },
    },
    logger as never,
  );
  after(() => running.stop());

  const open = () =>
    new Promise<Socket>((resolve, reject) => {
      // Half-open: what the server says must not be taken for what it did.
      const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () => resolve(socket));
      socket.once("error", reject);
    });
  return {
    port,
    mails,
    errors,
    open,
    async send(bytes, { within = 10_000 } = {}) {
      const socket = await open();
      socket.write(bytes);
      return readResponse(socket, within);
    },
    form: (path, body, headers) => formRequest(port, path, body, headers),
  };
}

/** A form as the bytes of a request. */
export function formRequest(
  port: number,
  path: string,
  body: string | Buffer,
  headers: Record<string, string | null> = {},
): Buffer {
  const all: Record<string, string | null> = {
    host: `localhost:${port}`,
    "content-type": "application/x-www-form-urlencoded",
    "content-length": String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  const head = `POST ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(body)]);
}

/** Reads one response. Fails if neither it nor the end arrives `within` milliseconds. */
export function readResponse(socket: Socket, within: number): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    let bytes = "";
    const done = () => {
      clearTimeout(late);
      socket.destroy();
      resolve(parse(bytes));
    };
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`No answer within ${within / 1_000} seconds, only: ${bytes}`));
    }, within);
    socket.setEncoding("latin1").on("data", (chunk) => {
      bytes += chunk;
      if (isWhole(bytes)) done();
    });
    socket
      .on("error", () => {})
      .on("end", done)
      .on("close", done);
  });
}

function parse(bytes: string): RawResponse {
  const [head = "", ...rest] = withoutContinue(bytes).split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = lines.map(
    (line) => [line.split(":")[0]?.toLowerCase() ?? "", line.replace(/^[^:]*: */, "")] as const,
  );
  return { status: Number(first.split(" ")[1] ?? 0), headers: new Map(headers), body: rest.join("\r\n\r\n") };
}

function isWhole(bytes: string): boolean {
  const { status, headers, body } = parse(bytes);
  if (status === 0 || !withoutContinue(bytes).includes("\r\n\r\n")) return false;
  if (headers.get("transfer-encoding") === "chunked") return body.endsWith("0\r\n\r\n");
  return headers.has("content-length") && body.length >= Number(headers.get("content-length"));
}

function withoutContinue(bytes: string): string {
  return bytes.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, "");
}
