import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, type IncomingMessage, request } from "node:http";
import { availableParallelism, setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createPasswordHashing } from "../src/passwords/hashing.ts";

/**
 * 200 clients sign in with wrong passwords at once, and retry as soon as they may. Measures the latency of another page, the
 * status codes of the sign-ins and the memory. The server is the one of `npm start`; the attackers run in a process of their
 * own. Quiet and flooded rounds alternate, so that other load affects both.
 */
const PORT = 3_971;
const BASE = `http://127.0.0.1:${PORT}`;
const ATTACKERS = 200;
const ROUNDS = 3;
/** Page requests per round, one every 10 ms. */
const PAGES = 500;

if (process.argv[2] === "attack") await attack();
else await measure();

async function measure(): Promise<void> {
  const most = await mostHashes();
  const folder = await mkdtemp(join(tmpdir(), "latchkey-flood-"));
  const server = spawn(
    process.execPath,
    ["--max-semi-space-size=2", join(import.meta.dirname, "../src/cli/cli.ts"), "serve", "--development"],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, PORT: String(PORT), LIMIT_REQUESTS_PER_IP: "1000000/1h", LOG_LEVEL: "error" },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  try {
    await untilReady();
    await pages();
    const before = residentMegabytes(server.pid);
    let largest = before;
    const watching = setInterval(() => {
      largest = Math.max(largest, residentMegabytes(server.pid));
    }, 20);

    const quiet: number[] = [];
    const flooded: number[] = [];
    const statuses: Record<string, number> = {};
    let floodedSeconds = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      quiet.push(...(await pages()));
      const attackers = fork(import.meta.filename, ["attack"]);
      // Real attackers run on other machines. Here they get a lower priority than the server and the measuring client.
      setPriority(attackers.pid ?? 0, 10);
      await once(attackers, "message");
      const began = performance.now();
      flooded.push(...(await pages()));
      attackers.send("end");
      floodedSeconds += (performance.now() - began) / 1_000;
      const [counts] = (await once(attackers, "message")) as [Record<string, number>];
      for (const [status, n] of Object.entries(counts)) statuses[status] = (statuses[status] ?? 0) + n;
      await once(attackers, "exit");
    }
    clearInterval(watching);

    for (const [name, times] of [
      ["quiet   ", quiet],
      ["in flood", flooded],
    ] as const) {
      const at = (share: number) => `${quantile(times, share).toFixed(2)} ms`;
      console.log(`GET /sign-in, ${name}  p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}`);
    }
    console.log(`p99 in flood / p99 quiet  ${(quantile(flooded, 0.99) / quantile(quiet, 0.99)).toFixed(2)}`);
    console.log(`Sign-in responses         ${JSON.stringify(statuses)}`);
    const verified = (statuses["401"] ?? 0) / floodedSeconds;
    console.log(
      `Passwords verified        ${verified.toFixed(0)}/s, ${((100 * verified) / most).toFixed(0)} % of the hashes that all cores can do`,
    );
    console.log(`Resident memory           ${before} MB before, ${largest} MB at most`);
  } finally {
    server.kill("SIGTERM");
    await once(server, "exit");
    await rm(folder, { recursive: true });
  }
}

/** How many passwords per second all cores can hash when otherwise idle. */
async function mostHashes(): Promise<number> {
  const cores = availableParallelism();
  const hashing = createPasswordHashing({ atOnce: cores, waiting: 0 });
  const began = performance.now();
  const end = began + 2_000;
  let hashed = 0;
  const each = Array.from({ length: cores }, async () => {
    for (; performance.now() < end; hashed += 1) await hashing.hash("not the right password");
  });
  await Promise.all(each);
  return (1_000 * hashed) / (performance.now() - began);
}

/** Sends sign-ins until the parent process sends a message, then sends it the number of responses per status. */
async function attack(): Promise<void> {
  let isOver = false;
  let tries = 0;
  const statuses: Record<string, number> = {};
  const agent = new Agent({ keepAlive: true, maxSockets: ATTACKERS });
  const attackers = Array.from({ length: ATTACKERS }, async () => {
    while (!isOver) {
      const body = `email=person${tries++}%40example.com&password=not+the+right+password`;
      const answer = await ask("POST", "/sign-in", agent, body);
      const status = `${answer.statusCode}${answer.headers["retry-after"] ? " with Retry-After" : ""}`;
      statuses[status] = (statuses[status] ?? 0) + 1;
      await setTimeout(Number(answer.headers["retry-after"] ?? 0) * 1_000);
    }
  });
  process.send?.("begun");
  await once(process, "message");
  isOver = true;
  process.send?.(statuses);
  await Promise.all(attackers);
  agent.destroy();
  process.disconnect();
}

/** Requests pages on one connection. Returns the durations in milliseconds. */
async function pages(): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  for (let i = 0; i < PAGES; i += 1) {
    const began = performance.now();
    const { statusCode } = await ask("GET", "/sign-in", agent);
    if (statusCode !== 200) throw new Error(`GET /sign-in: expected status 200, got ${statusCode}`);
    times.push(performance.now() - began);
    await setTimeout(10);
  }
  agent.destroy();
  return times;
}

function ask(method: string, path: string, agent: Agent, body = ""): Promise<IncomingMessage> {
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
    "sec-fetch-site": "same-origin",
  };
  return new Promise((resolve, reject) => {
    const sending = request(BASE + path, { method, agent, headers: body ? headers : {} }, (response) => {
      response.resume().on("end", () => resolve(response));
    });
    sending.on("error", reject).end(body);
  });
}

async function untilReady(): Promise<void> {
  for (;;) {
    const ready = await fetch(`${BASE}/readyz`).catch(() => null);
    if (ready?.ok) return;
    await setTimeout(50);
  }
}

function quantile(times: number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;
}

/** On Linux; 0 on other systems. */
function residentMegabytes(pid = 0): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1_024);
  } catch {
    return 0;
  }
}
