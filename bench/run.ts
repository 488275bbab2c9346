import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { hash } from "@node-rs/argon2";
import { measure } from "./load.ts";

/** Measures what DESIGN promises as ratios in one run: machines differ, the ratio to an empty handler does less so. */
const PORT = 3_987;
const BASE = `http://127.0.0.1:${PORT}`;
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const ROUNDS = 3;
const CONNECTIONS = 32;

const folder = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
const database = join(folder, "bench.db");
const server = fork(join(import.meta.dirname, "server.ts"), [String(PORT), database]);
await once(server, "message");
try {
  const cookie = await signIn(database);
  const empty: number[] = [];
  const asking: number[] = [];
  const whoAmI: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    empty.push(
      await measure({ method: "POST", url: `${BASE}/empty`, headers: FORM, body: address }, 6_000, CONNECTIONS, 200),
    );
    const ask = { method: "POST", url: `${BASE}/forgot-password`, headers: FORM, body: address };
    asking.push(await measure(ask, 4_000, CONNECTIONS, 303));
    await deliver(server);
    whoAmI.push(
      await measure({ method: "GET", url: `${BASE}/users/me`, headers: { cookie } }, 4_000, CONNECTIONS, 200),
    );
  }
  const base = median(empty);
  console.log(`An empty handler           ${rate(base)}`);
  console.log(`Asking for a mail          ${rate(median(asking))}   ${percent(median(asking) / base)} of it`);
  console.log(`Who am I (GET /users/me)   ${rate(median(whoAmI))}   ${percent(median(whoAmI) / base)} of it`);
} finally {
  server.disconnect();
  await once(server, "exit");
  await rm(folder, { recursive: true });
}

function address(n: number): string {
  return `email=somebody${n}%40example.com`;
}

async function deliver(child: ChildProcess): Promise<void> {
  child.send("deliver");
  await once(child, "message");
}

/** Puts an account in and signs it in. Returns its cookie. */
async function signIn(path: string): Promise<string> {
  const password = "correct horse battery staple";
  const passwordHash = await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const db = new DatabaseSync(path);
  db.prepare("insert into latchkey_accounts (id, email, password_hash, created_at) values (?, ?, ?, ?)").run(
    "01890000-0000-7000-8000-000000000000",
    "anna@example.com",
    passwordHash,
    Date.now(),
  );
  db.close();
  const body = new URLSearchParams({ email: "anna@example.com", password });
  const answer = await fetch(`${BASE}/sign-in`, { method: "POST", body, redirect: "manual" });
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function rate(perSecond: number): string {
  return `${Math.round(perSecond).toLocaleString("en")} a second`.padStart(18);
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}
