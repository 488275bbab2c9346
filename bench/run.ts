import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hash } from "@node-rs/argon2";
import { ownAccounts } from "../src/store/accounts.ts";
import { openDatabase } from "../src/store/database.ts";
import { startPostgres } from "../test/support/postgres-server.ts";
import { measure } from "./load.ts";

/** Measures what DESIGN promises as ratios in one run: machines differ, the ratio to an empty handler does less so. */
const PORT = 3_987;
const BASE = `http://127.0.0.1:${PORT}`;
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const ROUNDS = 3;
const CONNECTIONS = 32;

const folder = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
// As durable as PostgreSQL is by itself: each answer waits for its flush, as with SQLite.
const postgres = await startPostgres([]);
await measured("SQLite", `sqlite:${join(folder, "bench.db")}`);
await measured("PostgreSQL", postgres.url());
await postgres.end();
await rm(folder, { recursive: true });

async function measured(engine: string, database: string): Promise<void> {
  const server = fork(join(import.meta.dirname, "server.ts"), [String(PORT), database]);
  await once(server, "message");
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
    whoAmI.push(
      await measure({ method: "GET", url: `${BASE}/users/me`, headers: { cookie } }, 4_000, CONNECTIONS, 200),
    );
  }
  const base = median(empty);
  console.log(engine);
  console.log(`An empty handler           ${rate(base)}`);
  console.log(`Asking for a mail          ${rate(median(asking))}   ${percent(median(asking) / base)} of it`);
  console.log(`Who am I (GET /users/me)   ${rate(median(whoAmI))}   ${percent(median(whoAmI) / base)} of it`);
  server.disconnect();
  await once(server, "exit");
}

function address(n: number): string {
  return `email=somebody${n}%40example.com`;
}

/** Puts an account in and signs it in. Returns its cookie. */
async function signIn(database: string): Promise<string> {
  const password = "correct horse battery staple";
  const passwordHash = await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const opened = await openDatabase(database);
  const id = "01890000-0000-7000-8000-000000000000";
  await ownAccounts.create(opened.query, { id, email: "anna@example.com", passwordHash, now: Date.now() });
  await opened.close();
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
