import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { createLatchkey } from "../src/index.ts";
import { fill } from "../test/support/fill.ts";
import { startPostgres } from "../test/support/postgres-server.ts";

/** Measures whether the cost of a request depends on the number of accounts, links and sessions, on both engines. */
const SIZES = [1_000, 200_000];
const TURNS = 20;
const REQUESTS_PER_TURN = 75;
const FORM = { "content-type": "application/x-www-form-urlencoded" };

type Run = (statement: string) => Promise<Array<Record<string, unknown>>>;

const REQUESTS = ["request email", "who am I", "open a link"] as const;
type Times = Record<(typeof REQUESTS)[number], number[]>;

const folder = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
const server = await startPostgres([]);
for (const engine of ["SQLite", "PostgreSQL"]) {
  const stages = [];
  for (const people of SIZES) stages.push(await staged(engine, people));
  // The sizes alternate, so that other load and JIT warm-up affect both.
  for (let turn = 0; turn <= TURNS; turn += 1) {
    for (const stage of stages) await stage.measure({ counts: turn > 0 });
  }
  for (const what of REQUESTS) {
    const [small = 0, large = 0] = stages.map(({ times }) => median(times[what]));
    const ratio = `${Math.round((100 * large) / small)} %`;
    console.log(
      `${engine.padEnd(11)} ${what.padEnd(18)} ${us(small)} at ${SIZES[0]}, ${us(large)} at ${SIZES[1]}: ${ratio}`,
    );
  }
  for (const stage of stages) await stage.end();
}
await server.end();
await rm(folder, { recursive: true });
process.exit(0);

/** Opens Latchkey on a database with `people` accounts. Returns its measurements. */
async function staged(engine: string, people: number) {
  const { url, run, end } = await open(engine, people);
  const mails: string[] = [];
  const latchkey = await createLatchkey({
    baseUrl: "http://localhost:3000",
    database: url,
    mode: "development",
    mail: { transport: { send: async ({ text }) => `250 ${mails.push(text)}` } },
    limits: { requestsPerIp: "100000000/1h", signInsPerAccount: "100000000/1h" },
  });
  await fill({ rows: run }, { isPostgres: engine === "PostgreSQL", people, now: Date.now() });
  const ask = (n: number) => latchkey.fetch(post("/sign-up", `email=new${n}%40example.com`), { ip: "192.0.2.1" });
  await ask(0);
  await latchkey.deliverDue();
  const link = /http:\/\/\S+\/sign-up\/\S+/.exec(mails[0] ?? "")?.[0] ?? "";
  const visit = latchkey.for(new Headers(), { ip: null });
  const token = link.split("/").at(-1) ?? "";
  const signedUp = await visit.signUp.complete({ token, password: "a long password for benches" });
  const cookie = signedUp.kind === "done" ? (signedUp.headers.getSetCookie()[0]?.split(";")[0] ?? "") : "";
  const me = () => latchkey.fetch(new Request("http://localhost:3000/users/me", { headers: { cookie } }), { ip: null });
  await ask(1);
  await latchkey.deliverDue();
  const other = /http:\/\/\S+\/sign-up\/\S+/.exec(mails[1] ?? "")?.[0] ?? "";

  let asked = 10;
  const sends = {
    "request email": () => ask(asked++),
    "who am I": me,
    "open a link": () => latchkey.fetch(new Request(other), { ip: null }),
  };
  const times: Times = { "request email": [], "who am I": [], "open a link": [] };
  return {
    times,
    async measure({ counts }: { counts: boolean }) {
      for (const what of REQUESTS) {
        const taken = await each(sends[what], what === "request email" ? 303 : 200);
        if (counts) times[what].push(...taken);
      }
    },
    async end() {
      await latchkey.close();
      await end();
    },
  };
}

/** Sends requests one after another. Returns their durations in milliseconds. */
async function each(send: () => Promise<Response>, status: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < REQUESTS_PER_TURN; n += 1) {
    const began = performance.now();
    const response = await send();
    times.push(performance.now() - began);
    if (response.status !== status) throw new Error(`expected status ${status}, got ${response.status}`);
  }
  return times;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

async function open(engine: string, people: number): Promise<{ url: string; run: Run; end: () => Promise<void> }> {
  if (engine === "SQLite") {
    const path = join(folder, `${people}.db`);
    const run: Run = async (statement) => {
      const file = new DatabaseSync(path, { timeout: 5_000 });
      const rows = file.prepare(statement).all();
      file.close();
      return rows;
    };
    return { url: `sqlite:${path}`, run, end: async () => {} };
  }
  const admin = new pg.Client(server.url());
  await admin.connect();
  await admin.query(`create database bench${people}`);
  await admin.end();
  const client = new pg.Client(server.url(`bench${people}`));
  await client.connect();
  return {
    url: server.url(`bench${people}`),
    run: async (statement) => (await client.query(statement)).rows,
    end: () => client.end(),
  };
}

function post(path: string, body: string): Request {
  return new Request(`http://localhost:3000${path}`, { method: "POST", headers: FORM, body });
}

function us(ms: number): string {
  return `${Math.round(ms * 1_000)} µs`.padStart(8);
}
