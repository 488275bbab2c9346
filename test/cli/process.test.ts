import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { freePort } from "../support/mail-server.ts";
import { freshFolder } from "../support/process.ts";
import { until } from "../support/until.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NODE = join(ROOT, "node_modules/node/bin/node");
const SERVE = [NODE, join(ROOT, "src/cli/cli.ts"), "serve", "--development"];
const POSIX = process.platform === "win32" && "signals need POSIX";
const UNSHARE = ["unshare", "--pid", "--fork", "--kill-child"];
const hasUnshare = spawnSync(UNSHARE[0] ?? "", [...UNSHARE.slice(1), "true"]).status === 0;

describe("npm start", { concurrency: true, skip: POSIX }, () => {
  it("stops gracefully if npm gets SIGTERM: the request in progress finishes and no process is left", async () => {
    const server = await start(["npm", "start"], { cwd: ROOT });
    const request = await startRequest(server.port);

    server.child.kill("SIGTERM");
    await until("no new connection is accepted", () => isRefused(server.port));
    const response = await request.finish();

    assert.match(response, /^HTTP\/1.1 303 /);
    await server.closed;
    assert.deepEqual(server.processes(), []);
  });

  it("stops gracefully on Ctrl-C, which reaches every process of the group", async () => {
    const server = await start(["npm", "start"], { cwd: ROOT });
    const request = await startRequest(server.port);

    process.kill(-server.pid, "SIGINT");
    await until("no new connection is accepted", () => isRefused(server.port));
    const response = await request.finish();

    assert.match(response, /^HTTP\/1.1 303 /);
    await server.closed;
    assert.deepEqual(server.processes(), []);
  });
});

describe("latchkey serve as PID 1", {
  skip: POSIX || (!hasUnshare && "unshare is missing or not permitted"),
}, () => {
  for (const [name, command, cwd] of [
    ["node", SERVE, null],
    ["npm start", ["npm", "start"], ROOT],
  ] as const) {
    it(`finishes the request in progress on SIGTERM and exits with 0 (${name})`, async () => {
      const server = await start([...UNSHARE, ...command], cwd ? { cwd } : {});
      const request = await startRequest(server.port);

      process.kill(firstChildOf(server.pid), "SIGTERM");
      await until("no new connection is accepted", () => isRefused(server.port));
      const response = await request.finish();

      assert.match(response, /^HTTP\/1.1 303 /);
      assert.equal((await server.closed).code, 0);
      assert.deepEqual(server.processes(), []);
    });
  }
});

describe("latchkey serve with an output that takes nothing", { concurrency: true, skip: POSIX }, () => {
  it("answers and stops if the disk of its log is full", {
    skip: process.platform !== "linux" && "/dev/full",
  }, async () => {
    const full = openSync("/dev/full", "w");
    const server = await start(SERVE, { stdout: full });
    closeSync(full);

    await assertServes(server);
  });

  it("answers and stops if the reader of its log stands still, and holds a bounded number of lines", async () => {
    const folder = await freshFolder();
    const fifo = join(folder, "log");
    assert.equal(spawnSync("mkfifo", [fifo]).status, 0);
    // Opened for reading too, so that the pipe exists; never read.
    const pipe = openSync(fifo, "r+");
    after(() => closeSync(pipe));
    const server = await start(SERVE, { stdout: pipe });

    await assertServes(server, { emails: 500 });
  });

  it("answers and stops if the reader of its log has closed the pipe", async () => {
    const server = await start(["sh", "-c", `exec "$@" | true`, "sh", ...SERVE]);

    for (let i = 0; i < 20; i += 1) assert.equal(await signUp(server.port, i), 303);
    assert.equal((await fetch(`http://127.0.0.1:${server.port}/livez`)).status, 200);
    for (const pid of server.processes()) process.kill(pid, "SIGTERM");
    await until("it has stopped", () => server.processes().length === 0);
  });
});

async function assertServes(server: Started, { emails = 20 } = {}): Promise<void> {
  for (let i = 0; i < emails; i += 1) assert.equal(await signUp(server.port, i), 303);
  for (const path of ["/livez", "/sign-in"]) {
    const signal = AbortSignal.timeout(20_000);
    assert.equal((await fetch(`http://127.0.0.1:${server.port}${path}`, { signal })).status, 200, path);
  }
  server.child.kill("SIGTERM");
  assert.deepEqual(await server.closed, { code: 0, signal: null });
}

/** Each sign-up logs a line. */
async function signUp(port: number, i: number): Promise<number> {
  const body = new URLSearchParams({ email: `person${i}@example.com` });
  const { status } = await fetch(`http://127.0.0.1:${port}/sign-up`, { method: "POST", body, redirect: "manual" });
  return status;
}

interface Started {
  child: ChildProcess;
  pid: number;
  port: number;
  closed: Promise<{ code: number | null; signal: string | null }>;
  /** The processes that the command started and that still run. */
  processes(): number[];
}

/** Starts a command in a process group of its own, and waits until the server in it is ready. */
async function start(
  command: string[],
  { cwd, stdout = "ignore" }: { cwd?: string; stdout?: number | "ignore" } = {},
): Promise<Started> {
  const folder = await freshFolder();
  const port = await freePort();
  const mark = `LATCHKEY_TEST_MARK=${folder}`;
  const [file = "", ...args] = command;
  const child = spawn(file, args, {
    cwd: cwd ?? folder,
    env: {
      PATH: `${join(ROOT, "node_modules/.bin")}:${process.env.PATH}`,
      HOME: folder,
      PORT: String(port),
      DATABASE_URL: `sqlite:${join(folder, "latchkey.db")}`,
      LIMIT_REQUESTS_PER_IP: "100000/1h",
      LATCHKEY_TEST_MARK: folder,
      npm_config_update_notifier: "false",
    },
    stdio: ["ignore", stdout, "pipe"],
    detached: true,
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    errors += chunk;
  });
  const closed = once(child, "close").then(([code, signal]) => ({ code, signal }));
  const processes = () => processesWith(mark);
  after(() => {
    for (const pid of processes()) process.kill(pid, "SIGKILL");
  });
  await until("the server is ready", async () => {
    if (child.exitCode !== null) throw new Error(`The command ended with ${child.exitCode}:\n${errors}`);
    return (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.ok;
  });
  return { child, pid: child.pid ?? 0, port, closed, processes };
}

/** A sign-up whose head the server has read and whose body is on its way. */
async function startRequest(port: number): Promise<{ finish(): Promise<string> }> {
  const body = "email=anna%40example.com";
  const socket = connect(port, "127.0.0.1");
  const closed = once(socket, "close").catch(() => {});
  let response = "";
  socket.on("error", () => {});
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    response += chunk;
  });
  const head = ["POST /sign-up HTTP/1.1", "Host: localhost", "Expect: 100-continue", `Content-Length: ${body.length}`];
  socket.write(`${[...head, "Content-Type: application/x-www-form-urlencoded"].join("\r\n")}\r\n\r\n`);
  await until("the server has read the head", () => response.startsWith("HTTP/1.1 100"));
  response = "";
  return {
    async finish() {
      socket.write(body);
      await closed;
      return response.trim();
    },
  };
}

function isRefused(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const refused = new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(false)).once("error", () => resolve(true));
  });
  return refused.finally(() => socket.destroy());
}

/** The pids of processes with this variable in their environment. */
function processesWith(mark: string): number[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid="], { encoding: "utf8" });
  return stdout
    .split("\n")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && environmentOf(pid).includes(mark));
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}

function firstChildOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")[0]);
}

describe("The README's production walk-through", () => {
  it("starts from a .env with a byte order mark and Windows line ends (C1)", async () => {
    const folder = await freshFolder();
    const lines = [
      "NODE_ENV=production",
      "BASE_URL=https://acme.example/account",
      `DATABASE_URL=sqlite:${join(folder, "acme.db")}`,
      "SMTP_URL_FILE=smtp-url",
      'MAIL_FROM="Acme <no-reply@acme.example>"',
      "PRODUCT_NAME=Acme",
      "TRUSTED_PROXIES=127.0.0.1",
    ];
    await writeFile(join(folder, ".env"), `\ufeff${lines.join("\r\n")}\r\n`);
    await writeFile(join(folder, "smtp-url"), "\ufeffsmtp://127.0.0.1:1\r\n");
    const port = await freePort();
    const child = spawn(SERVE[0] ?? "", SERVE.slice(1), {
      cwd: folder,
      env: { PATH: process.env.PATH, PORT: String(port) },
      stdio: "ignore",
    });
    after(() => child.kill("SIGKILL"));

    const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`).catch(() => null))?.status;
    await until("the server is ready", async () => (await status("/account/readyz")) === 200);
    assert.equal(await status("/account/mailbox"), 404);
    assert.equal(await status("/account/sign-in"), 200);
    assert.ok(readFileSync(join(folder, "acme.db")).length > 0);
  });
});
