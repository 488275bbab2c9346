import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/**
 * 200 people sign in with wrong passwords at once, and again as soon as they may: how other pages do meanwhile, what the
 * sign-ins are told, and how much memory it takes. The server is a process of its own.
 */
const PORT = 3_971;
const BASE = `http://127.0.0.1:${PORT}`;
const ATTACKERS = 200;
const PAGES = 300;

const folder = await mkdtemp(join(tmpdir(), "latchkey-flood-"));
const server = fork(join(import.meta.dirname, "server.ts"), [String(PORT), `sqlite:${join(folder, "flood.db")}`]);
await once(server, "message");
try {
  await pages();
  const unloaded = await pages();
  const before = residentMegabytes();

  let isOver = false;
  const told: Record<string, number> = {};
  let tries = 0;
  let mostMegabytes = before;
  const agent = new Agent({ keepAlive: true, maxSockets: ATTACKERS });
  const attack = async () => {
    while (!isOver) {
      const body = `email=somebody${tries++}%40example.com&password=not+the+right+password`;
      const answer = await ask("POST", "/sign-in", agent, body);
      const status = `${answer.statusCode}${answer.headers["retry-after"] ? " with Retry-After" : ""}`;
      told[status] = (told[status] ?? 0) + 1;
      await setTimeout(Number(answer.headers["retry-after"] ?? 0) * 1_000);
      mostMegabytes = Math.max(mostMegabytes, residentMegabytes());
    }
  };
  const attackers = Array.from({ length: ATTACKERS }, attack);
  const loaded = await pages();
  isOver = true;
  await Promise.all(attackers);
  agent.destroy();

  console.log(`GET /sign-in, unloaded     p50 ${at(unloaded, 0.5)}, p99 ${at(unloaded, 0.99)}`);
  console.log(`GET /sign-in, in the flood p50 ${at(loaded, 0.5)}, p99 ${at(loaded, 0.99)}`);
  console.log(`Sign-ins were told         ${JSON.stringify(told)}`);
  console.log(`Resident memory            ${before} MB before, ${mostMegabytes} MB at the most`);
} finally {
  server.disconnect();
  await once(server, "exit");
  await rm(folder, { recursive: true });
}

/** The times of pages asked for one after the other, sorted, in milliseconds. */
async function pages(): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  for (let i = 0; i < PAGES; i += 1) {
    const began = performance.now();
    const { statusCode } = await ask("GET", "/sign-in", agent);
    if (statusCode !== 200) throw new Error(`A page answered ${statusCode}.`);
    times.push(performance.now() - began);
  }
  agent.destroy();
  return times.sort((a, b) => a - b);
}

function ask(method: string, path: string, agent: Agent, body = ""): Promise<IncomingMessage> {
  const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sending = request(BASE + path, { method, agent, headers: body ? headers : {} }, (response) => {
      response.resume().on("end", () => resolve(response));
    });
    sending.on("error", reject).end(body);
  });
}

function at(sorted: number[], share: number): string {
  return `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2)} ms`;
}

/** Where the system tells it (Linux); 0 elsewhere. */
function residentMegabytes(): number {
  try {
    return Math.round(
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1] ?? 0) / 1_024,
    );
  } catch {
    return 0;
  }
}
