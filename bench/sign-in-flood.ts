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
 * 200 people sign in with wrong passwords at once, and again as soon as they may: how other pages do meanwhile, what the
 * sign-ins are told, and how much memory it takes. The server is the one of `npm start`; those who sign in, and who looks
 * at pages, are processes of their own. Quiet and flood take turns, so that a noisy machine is noisy for both.
 */
const PORT = 3_971;
const BASE = `http://127.0.0.1:${PORT}`;
const ATTACKERS = 200;
const ROUNDS = 3;
/** In one stretch, one every 10 milliseconds. */
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
    const told: Record<string, number> = {};
    let floodedSeconds = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      quiet.push(...(await pages()));
      const attackers = fork(import.meta.filename, ["attack"]);
      // They would sit at machines of their own. Here they give way to the server and to the client that loads pages.
      setPriority(attackers.pid ?? 0, 10);
      await once(attackers, "message");
      const began = performance.now();
      flooded.push(...(await pages()));
      attackers.send("end");
      floodedSeconds += (performance.now() - began) / 1_000;
      const [told1] = (await once(attackers, "message")) as [Record<string, number>];
      for (const [status, n] of Object.entries(told1)) told[status] = (told[status] ?? 0) + n;
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
    console.log(`p99 in flood by p99 quiet ${(quantile(flooded, 0.99) / quantile(quiet, 0.99)).toFixed(2)}`);
    console.log(`Sign-ins were told        ${JSON.stringify(told)}`);
    const looked = (told["401"] ?? 0) / floodedSeconds;
    console.log(
      `Passwords looked at       ${looked.toFixed(0)} a second, ${((100 * looked) / most).toFixed(0)} % of all cores' hashes`,
    );
    console.log(`Resident memory           ${before} MB before, ${largest} MB at the most`);
  } finally {
    server.kill("SIGTERM");
    await once(server, "exit");
    await rm(folder, { recursive: true });
  }
}

/** How many passwords a second all cores can hash that do nothing else. */
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

/** Signs in from everywhere, until told to end; then tells what the answers were. */
async function attack(): Promise<void> {
  let isOver = false;
  let tries = 0;
  const told: Record<string, number> = {};
  const agent = new Agent({ keepAlive: true, maxSockets: ATTACKERS });
  const attackers = Array.from({ length: ATTACKERS }, async () => {
    while (!isOver) {
      const body = `email=person${tries++}%40example.com&password=not+the+right+password`;
      const answer = await ask("POST", "/sign-in", agent, body);
      const status = `${answer.statusCode}${answer.headers["retry-after"] ? " with Retry-After" : ""}`;
      told[status] = (told[status] ?? 0) + 1;
      await setTimeout(Number(answer.headers["retry-after"] ?? 0) * 1_000);
    }
  });
  process.send?.("begun");
  await once(process, "message");
  isOver = true;
  process.send?.(told);
  await Promise.all(attackers);
  agent.destroy();
  process.disconnect();
}

/** How long pages took, asked for on one connection, in milliseconds. */
async function pages(): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  for (let i = 0; i < PAGES; i += 1) {
    const began = performance.now();
    const { statusCode } = await ask("GET", "/sign-in", agent);
    if (statusCode !== 200) throw new Error(`A page answered ${statusCode}.`);
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

/** Where the system tells it (Linux); 0 elsewhere. */
function residentMegabytes(pid = 0): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1_024);
  } catch {
    return 0;
  }
}
