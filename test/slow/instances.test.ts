import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { freshPostgres } from "../support/engine.ts";
import { type ArrivedMail, openMailServer } from "../support/mail-server.ts";
import { linkIn, tokenOf } from "../support/open-app.ts";
import { type ServerProcess, startServer } from "../support/process.ts";
import { openRaw } from "../support/raw-database.ts";
import { until } from "../support/until.ts";
import "../support/use-postgres.ts";

/** Two thousand, where the time is there: see docs/scaling.md. */
const PEOPLE = Number(process.env.LATCHKEY_TEST_PEOPLE || 100);
/** Each is a process to be started again, which is what takes the time on a machine that is busy. */
const MOST_KILLS = Math.max(6, PEOPLE / 20);
const LIMITS = { LIMIT_REQUESTS_PER_IP: "100000/1h", LIMIT_SIGN_INS_PER_ACCOUNT: "1000/1h" };

describe("Three instances on one PostgreSQL database", () => {
  it("send every accepted email while two are killed repeatedly, and every link is valid once", async (t) => {
    const mail = await openMailServer();
    const database = await freshPostgres();
    const people = await addPeople(database);
    const env = { ...LIMITS, SMTP_URL: mail.url, DATABASE_URL: database };
    const servers = await Promise.all([1, 2, 3].map(() => startServer({ env })));
    let isOver = false;
    let kills = 0;

    /** Kills the second or the third at a random moment, and starts it again on its port. */
    async function killing(): Promise<void> {
      while (!isOver && kills < MOST_KILLS) {
        await wait(20 + Math.random() * 200);
        const which = 1 + Math.floor(Math.random() * 2);
        const { port } = servers[which] as ServerProcess;
        await servers[which]?.kill("SIGKILL");
        kills += 1;
        servers[which] = await startServer({ env: { ...env, PORT: String(port) } });
      }
    }
    const killer = killing();
    let refused = 0;
    const cutOff = new Map<string, number>();
    await atOnce(20, people, async (email, i) => {
      for (let n = i; ; n += 1) {
        const response = await ask(servers[n % 3], email);
        if (response === 303) return;
        refused += 1;
        if (response === null) cutOff.set(email, (cutOff.get(email) ?? 0) + 1);
        await wait(50);
      }
    });
    const arrived = () => new Set(mail.kept.flatMap(({ to }) => to)).size;
    await until("half have their mail", () => arrived() >= PEOPLE / 2, { within: 60_000 });
    await until("two were killed", () => kills >= 2, { within: 60_000 });
    isOver = true;
    await killer;

    await until("everybody has a mail", () => arrived() === PEOPLE, { within: 60_000, every: 100 });
    const { sentAgain, askedAgain } = await explain(mail.kept, database, cutOff);
    t.diagnostic(`${kills} kills, ${refused} requests refused or cut off and sent again`);
    t.diagnostic(`${sentAgain} mails sent again by who took over, ${askedAgain} asked for again by who was cut off`);

    const links = new Map(mail.kept.map(({ to, text }) => [String(to), tokenOf(linkIn(text))]));
    await atOnce(4, [...links.values()].slice(0, Math.max(40, PEOPLE / 10)), async (token) => {
      const uses = [0, 1, 2, 0].map((n) => servers[n]?.client().send("/reset-password", { token, password: PASSWORD }));
      const statuses = (await Promise.all(uses)).map((response) => response?.status);
      assert.deepEqual(statuses.filter((status) => status !== 503).toSorted()[0], 303);
      assert.equal(statuses.filter((status) => status === 303).length, 1, statuses.join());
    });
  });
});

const PASSWORD = "a new and rather long password";

/**
 * Why someone has more than one mail. The same mail twice, with one Message-ID: its sender was killed after the mail
 * server took it, and another claimed it. Two mails: the answer to the first request was cut off, and there was a second.
 */
async function explain(mails: ArrivedMail[], database: string, cutOff: Map<string, number>) {
  const raw = await openRaw(database);
  const rows = await raw.rows("select id, attempts from latchkey_outbox");
  const attempts = new Map(rows.map((row) => [String(row.id), Number(row.attempts)]));

  const times = Map.groupBy(mails, ({ parsed }) => /^<([^@]+)@/.exec(parsed.messageId ?? "")?.[1] ?? "");
  for (const [id, { length }] of times) assert.ok(length <= (attempts.get(id) ?? 0), `${id} was sent ${length} times`);
  const each = [...times.values()].map(([mail]) => String(mail?.to));
  for (const [to, { length }] of Map.groupBy(each, (to) => to)) {
    assert.ok(length <= 1 + (cutOff.get(to) ?? 0), `${to} has ${length} mails`);
  }
  return { sentAgain: mails.length - each.length, askedAgain: each.length - PEOPLE };
}

async function addPeople(database: string): Promise<string[]> {
  const raw = await openRaw(database);
  await raw.rows(`insert into latchkey_accounts (id, email, created_at)
    select 'id' || n, 'person' || n || '@example.com', 0 from generate_series(1, ${PEOPLE}) as n`);
  return Array.from({ length: PEOPLE }, (_, i) => `person${i + 1}@example.com`);
}

/** The status, or null where the server was cut off or is not there. */
async function ask(server: ServerProcess | undefined, email: string): Promise<number | null> {
  return (
    (
      await server
        ?.client()
        .send("/forgot-password", { email })
        .catch(() => null)
    )?.status ?? null
  );
}

async function atOnce<T>(lanes: number, all: T[], action: (one: T, i: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < all.length) {
      const i = next++;
      await action(all[i] as T, i);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
