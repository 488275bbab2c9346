import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { TestClient } from "./client.ts";
import { freePort } from "./mail-server.ts";
import { scratchFolder } from "./scratch.ts";
import { until } from "./until.ts";

/** How a process ended, and all that it wrote to its standard output and error. */
export interface ProcessResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

/** The real server, as a process of its own. */
export interface ServerProcess {
  pid: number;
  port: number;
  /** `http://127.0.0.1:PORT`. */
  address: string;
  /** Where it runs, with its database in `latchkey.db`. */
  folder: string;
  output(): string;
  ended: Promise<ProcessResult>;
  /** Sends a signal and waits for the end. */
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<ProcessResult>;
  /** A browser of its own, with no cookies yet. */
  client(headers?: Record<string, string>): TestClient;
}

export interface ProcessOptions {
  /** All of its environment besides PATH and a free PORT. */
  env?: Record<string, string>;
  /** A folder from `freshFolder`, which also ends the process. Default: a new one. */
  folder?: string;
  /** Default: `serve --development`. */
  command?: string[];
  /** What a process without pages prints once it is ready. */
  readyWhen?: RegExp;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NODE = join(ROOT, "node_modules/node/bin/node");
const COMMAND = ["serve", "--development"];

/** Starts the server and waits until it is ready. It is killed when the test is done. */
export async function startServer(options: ProcessOptions = {}): Promise<ServerProcess> {
  const server = await launch(options);
  const isReady = async () => {
    if (options.readyWhen) return options.readyWhen.test(server.output());
    const response = await fetch(`${server.address}/readyz`).catch(() => null);
    return response?.status === 200;
  };
  // Each look takes from what the server itself needs to start.
  const ready = until("the server is ready", isReady, { every: 50 });
  const early = server.ended.then(({ code, output }) => {
    throw new Error(`The server ended with ${code}:\n${output}`);
  });
  await Promise.race([ready, early]);
  return server;
}

/** Runs the command until it ends by itself, as one does that refuses to start. */
export async function runToExit(options: ProcessOptions): Promise<ProcessResult> {
  const server = await launch(options);
  return inTime(server.ended);
}

/** A folder of its own for a test, thrown away afterwards, once what ran in it is dead. */
export async function freshFolder(): Promise<string> {
  const folder = scratchFolder("test");
  after(async () => {
    const here = [...running].filter((server) => server.folder === folder);
    await Promise.all(here.map((server) => server.kill("SIGKILL")));
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Sends one request after the other through the network, and follows nothing by itself. */
export function networkClient(address: string, headers?: Record<string, string>): TestClient {
  return new TestClient((request) => fetch(request, { redirect: "manual" }), address, headers);
}

/** Starts the command and waits for nothing. It is killed when the test is done. */
export async function launch({ env = {}, folder, command = COMMAND }: ProcessOptions): Promise<ServerProcess> {
  const cwd = folder ?? (await freshFolder());
  const port = Number(env.PORT) || (await freePort());
  const child = spawn(NODE, [join(ROOT, "src/cli/cli.ts"), ...command], {
    cwd,
    env: { PATH: process.env.PATH, PORT: String(port), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });

  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  // "close" comes when the output is complete too.
  const ended = once(child, "close").then(([code, signal]): ProcessResult => ({ code, signal, output }));
  const address = `http://127.0.0.1:${port}`;
  const server: ServerProcess = {
    pid: child.pid ?? 0,
    port,
    address,
    folder: cwd,
    output: () => output,
    ended,
    kill(signal) {
      child.kill(signal);
      return inTime(ended);
    },
    client: (headers) => networkClient(address, headers),
  };
  running.add(server);
  ended.finally(() => running.delete(server));
  return server;
}

const running = new Set<ServerProcess>();
process.once("exit", () => {
  for (const { pid } of running) process.kill(pid, "SIGKILL");
});

/** The end of a process, or a failure where it does not come. */
function inTime(ended: Promise<ProcessResult>): Promise<ProcessResult> {
  const late = wait(60_000, null, { ref: false }).then(() => {
    throw new Error("The process was to end, and goes on.");
  });
  return Promise.race([ended, late]);
}
