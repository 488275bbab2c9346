import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { ownAccounts } from "../src/accounts/accounts-table.ts";
import { openDatabase } from "../src/db/database.ts";
import { insertSession } from "../src/sessions/store.ts";
import { startPostgres } from "../test/support/postgres-server.ts";
import { measure } from "./load.ts";

/**
 * Measures two requests as a share of an empty handler on the same server: requesting an email, and reading the signed-in
 * account. Ratios vary less between machines than absolute figures. Goals: the email request at least 60 % on SQLite and 40 %
 * on PostgreSQL, the account 50 %. Each round is short and measures everything, so that other load affects all figures.
 * Prints the median of the rounds' ratios and the range of the middle half.
 */
const PORT = 3_987;
const BASE = `http://127.0.0.1:${PORT}`;
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const ROUNDS = 15;
const REQUESTS = 800;
const CONNECTIONS = 32;

let asked = 0;

const folder = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
// PostgreSQL with its default durability: each response waits for its flush, as on SQLite.
const postgres = await startPostgres([]);
await benchmark("SQLite", `sqlite:${join(folder, "bench.db")}`);
await benchmark("PostgreSQL", postgres.url());
await postgres.end();
await rm(folder, { recursive: true });

async function benchmark(engine: string, database: string): Promise<void> {
  const server = fork(join(import.meta.dirname, "server.ts"), [String(PORT), database]);
  await once(server, "message");
  const cookies = await signIn(database);
  const form = { method: "POST", headers: FORM, body: address };
  const empty = () => measure({ ...form, url: `${BASE}/empty` }, REQUESTS, CONNECTIONS, 200);
  const ask = () => measure({ ...form, url: `${BASE}/forgot-password` }, REQUESTS, CONNECTIONS, 303);
  const cookie = (n: number) => ({ cookie: cookies[n % cookies.length] ?? "" });
  const me = () => measure({ method: "GET", url: `${BASE}/users/me`, headers: cookie }, REQUESTS, CONNECTIONS, 200);
  for (const warm of [empty, ask, me, empty, ask, me]) await warm();

  const bare: number[] = [];
  const emailRequests: number[] = [];
  const currentEmail: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const base = await empty();
    bare.push(base);
    emailRequests.push((await ask()) / base);
    currentEmail.push((await me()) / base);
  }
  console.log(`${engine}, load ${loadavg()[0]?.toFixed(1)}`);
  console.log(`Empty handler               ${Math.round(at(bare, 0.5)).toLocaleString("en")}/s`);
  console.log(`POST /forgot-password       ${spread(emailRequests)} of it`);
  console.log(`GET /users/me               ${spread(currentEmail)} of it`);
  server.disconnect();
  await once(server, "exit");
}

function address(): string {
  return `email=person${asked++}%40example.com`;
}

/** Inserts an account with a session for each connection. Returns the cookies. */
async function signIn(database: string): Promise<string[]> {
  const { query, close } = await openDatabase(database);
  const cookies: string[] = [];
  for (let n = 0; n < CONNECTIONS; n += 1) {
    const account = { id: `account-${n}`, email: `person${n}@example.com`, passwordHash: "none" };
    await ownAccounts.create(query, { ...account, now: Date.now() });
    const session = { accountId: account.id, method: "password", browser: "Firefox on Windows" } as const;
    cookies.push(`latchkey=${await insertSession(query, session, Date.now())}`);
  }
  await close();
  return cookies;
}

function at(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}

function spread(ratios: number[]): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => Math.round(100 * at(ratios, share)));
  return `${middle} % (${low} to ${high} %)`;
}
