import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ownAccounts } from "../src/accounts/accounts-table.ts";
import { openDatabase } from "../src/db/database.ts";
import { insertSession } from "../src/sessions/store.ts";
import { startPostgres } from "../test/support/postgres-server.ts";
import { measure } from "./load.ts";

/**
 * Compares two checkouts in one run: `node bench/compare.ts OTHER [ROUNDS] [FIGURE]`, where OTHER is the folder of the
 * other checkout. FIGURE selects the figures whose name contains it. The rounds alternate (A B A B …), so that other load on the machine affects both. Prints the other checkout's
 * figure as a share of this one's: the median of the rounds' ratios and the range of the middle half.
 */
const [, , otherRoot = ".", rounds = "15", selected = ""] = process.argv;
const ROOTS = [join(import.meta.dirname, ".."), resolve(otherRoot)];
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const REQUESTS = 400;
const CONNECTIONS = 32;
/** A page is requested one at a time while this many clients send wrong passwords. */
const SIGN_IN_CLIENTS = 60;

interface Contestant {
  process: ChildProcess;
  base: string;
  cookies: string[];
}

let sent = 0;
const folder = await mkdtemp(join(tmpdir(), "latchkey-compare-"));
const postgres = await startPostgres([]);
for (const engine of ["SQLite", "PostgreSQL"]) {
  const urls = [0, 1].map((n) => (engine === "SQLite" ? `sqlite:${join(folder, `${n}.db`)}` : postgres.url(`db${n}`)));
  if (engine === "PostgreSQL") {
    const { query, close } = await openDatabase(postgres.url());
    const { sql } = await import("kysely");
    for (const n of [0, 1]) await sql`create database ${sql.id(`db${n}`)}`.execute(query);
    await close();
  }
  const pair = [await start(0, urls[0] ?? ""), await start(1, urls[1] ?? "")];
  const figures: Record<string, (one: Contestant) => Promise<number>> = {
    "POST /forgot-password a second": requestEmail,
    "GET /users/me a second": currentEmail,
    "POST /sign-in a second": signIn,
    "GET /sign-in 1/p95 while signing in": pageDuringSignIns,
  };
  console.log(`${engine}, load ${loadavg()[0]?.toFixed(1)}`);
  for (const [name, figure] of Object.entries(figures).filter(([name]) => name.includes(selected))) {
    for (const one of pair) await figure(one);
    const ratios: number[] = [];
    const base: number[] = [];
    for (let round = 0; round < Number(rounds); round += 1) {
      // The order alternates too: the second of a pair inherits the first one's garbage and checkpoints.
      const order = round % 2 === 0 ? [0, 1] : [1, 0];
      const got: number[] = [];
      for (const n of order) got[n] = await figure(pair[n] as Contestant);
      ratios.push((got[1] ?? 0) / (got[0] ?? 1));
      base.push(got[0] ?? 0);
    }
    const [low, median, high] = [0.25, 0.5, 0.75].map((share) => Math.round(100 * at(ratios, share)));
    console.log(`  ${name}: ${median} % (${low} to ${high} %), this one ${at(base, 0.5).toFixed(2)}`);
  }
  for (const { process } of pair) {
    process.disconnect();
    await once(process, "exit");
  }
}
await postgres.end();
await rm(folder, { recursive: true });

async function start(n: number, database: string): Promise<Contestant> {
  const port = 3_990 + n;
  const process = fork(join(ROOTS[n] ?? "", "bench/server.ts"), [String(port), database]);
  await once(process, "message");
  return { process, base: `http://127.0.0.1:${port}`, cookies: await putSessions(database) };
}

/** Inserts an account with a session for each connection. Returns the cookies. */
async function putSessions(database: string): Promise<string[]> {
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

function requestEmail({ base }: Contestant): Promise<number> {
  const body = () => `email=person${sent++}%40example.com`;
  return measure({ method: "POST", url: `${base}/forgot-password`, headers: FORM, body }, REQUESTS, CONNECTIONS, 303);
}

function currentEmail({ base, cookies }: Contestant): Promise<number> {
  const headers = (n: number) => ({ cookie: cookies[n % cookies.length] ?? "" });
  return measure({ method: "GET", url: `${base}/users/me`, headers }, REQUESTS, CONNECTIONS, 200);
}

function signIn({ base }: Contestant, total = 60): Promise<number> {
  const body = () => `email=person${sent++}%40example.com&password=a+wrong+password+indeed`;
  return measure({ method: "POST", url: `${base}/sign-in`, headers: FORM, body }, total, SIGN_IN_CLIENTS, 401);
}

async function pageDuringSignIns(one: Contestant): Promise<number> {
  let isDone = false;
  const flood = signIn(one, 120).finally(() => {
    isDone = true;
  });
  const times: number[] = [];
  while (!isDone) {
    const startedAt = performance.now();
    await (await fetch(`${one.base}/sign-in`)).text();
    times.push(performance.now() - startedAt);
  }
  await flood;
  return 1_000 / at(times, 0.95);
}

function at(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
