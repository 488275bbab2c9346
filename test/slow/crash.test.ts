import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { SECRET_KEY } from "../support/keys.ts";
import { openMailServer } from "../support/mail-server.ts";
import { openApp, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { freshFolder, type ServerProcess, startServer } from "../support/process.ts";
import { openRaw, type RawDatabase } from "../support/raw-database.ts";
import { until } from "../support/until.ts";
import { assertSays, words } from "../support/words.ts";

const PEOPLE = 50;
const NEW_PASSWORD = "a new and rather long password";

describe("A server killed with SIGKILL and restarted on the same database", { concurrency: true }, () => {
  it("sends every accepted email over SMTP (M6)", async (t) => {
    const mail = await openMailServer();
    const env = { LIMIT_REQUESTS_PER_IP: "1000/10m", SMTP_URL: mail.url, DATABASE_URL: await freshDatabase() };
    const recipients = () => mail.kept.flatMap(({ to }) => to);
    const first = await startServer({ env });
    await signUpAtOnce(first);
    await first.kill("SIGKILL");
    const early = recipients().length;

    const second = await startServer({ env, folder: first.folder });
    await until("some have a mail", () => recipients().length >= 10);
    await second.kill("SIGKILL");
    const between = recipients().length;
    await startServer({ env, folder: first.folder });

    await until("everybody has a mail", () => new Set(recipients()).size === PEOPLE, PATIENCE);
    assert.ok(between < PEOPLE, "the server was killed too late to prove anything");
    t.diagnostic(
      `${early} mails before the first kill, ${between} before the second, ${recipients().length} in the end`,
    );
  });

  it("stores every accepted email in the development mailbox", async (t) => {
    const env = { LIMIT_REQUESTS_PER_IP: "1000/10m", DATABASE_URL: await freshDatabase() };
    const first = await startServer({ env });
    await signUpAtOnce(first);
    await first.kill("SIGKILL");

    const second = await startServer({ env, folder: first.folder });
    const early = (await mailbox(second)).length;

    await until("everybody has a mail", async () => new Set(await mailbox(second)).size === PEOPLE, PATIENCE);
    t.diagnostic(`${early} mails right after the restart, ${(await mailbox(second)).length} in the end`);
  });

  it("completes each reset wholly or not at all, keeps every confirmed one, and notifies every owner (M6)", async (t) => {
    const { folder, env, sql, people } = await peopleWithLinks(24);
    const before = await readPeople(sql);
    const done = new Set<string>();
    for (const responses of [0, 1, 2, 3]) {
      const these = people.slice(responses * 6, responses * 6 + 6);
      const server = await startServer({ folder, env });

      const answered = await resetAtOnce(server, these, responses);

      const now = await readPeople(sql);
      for (const { email, token } of these) {
        const was = before.get(email);
        const is = now.get(email);
        const isDone = is?.hash !== was?.hash;
        const expected = isDone
          ? { links: 0, oldSessions: 0, sessions: 1, notices: 1 }
          : { links: 1, oldSessions: 1, sessions: 1, notices: 0 };
        // A notice that was on its way when the server was killed has minted its key to object with; nothing else has.
        assert.ok(isDone || is?.objections === 0, `${email} could object to what was not done`);
        assert.deepEqual(counts(is, was?.session), expected, `${email}: password ${isDone ? "changed" : "as before"}`);
        assert.ok(isDone || !answered.has(token), `${email} was answered and not done`);
        if (isDone) done.add(email);
      }
    }
    t.diagnostic(`${done.size} resets were done, ${people.length - done.size} were not`);
    assert.ok(done.size > 0 && done.size < people.length);

    const server = await startServer({ folder, env });
    for (const { email, token } of people) {
      const page = await server.client().open(`/reset-password/${token}`);
      assert.equal(page.status, done.has(email) ? 410 : 200, email);
    }
    await until(
      "the owner of each reset is told",
      async () => new Set(await mailbox(server)).size === done.size,
      PATIENCE,
    );
    const undone = people.find(({ email }) => !done.has(email));
    const late = server.client();
    await late.open(`/reset-password/${undone?.token}`);
    await late.submit({ password: NEW_PASSWORD });
    assertSays(late.text, words.me.doneReset);
  });
});

/** The lease of a killed process expires after ten seconds; then its emails are claimed again. */
const PATIENCE = { within: 120_000, every: 300 };

async function signUpAtOnce(server: ServerProcess): Promise<void> {
  const responses = Array.from({ length: PEOPLE }, (_, i) =>
    server.client().send("/sign-up", { email: `person${i}@example.com` }),
  );
  for (const { status, headers } of await Promise.all(responses)) {
    assert.equal(status, 303);
    assert.equal(headers.get("location"), "/check-email");
  }
}

/** The recipients in the development mailbox, once per email. */
async function mailbox(server: ServerProcess): Promise<string[]> {
  const { body } = await server.client().open("/mailbox");
  return [...body.matchAll(/[a-z]+\d*@example\.com/g)].map(([email]) => email);
}

/** Accounts, each with one session and one reset link, in a database that a server can be started on. */
async function peopleWithLinks(many: number) {
  const folder = await freshFolder();
  const limits = { requestsPerIp: "1000/10m" };
  const database = await freshDatabase();
  const app = await openApp({ database, clock: Date.now, limits });
  const people: Array<{ email: string; token: string }> = [];
  for (let i = 0; i < many; i += 1) {
    const email = `person${i}@example.com`;
    await signUp(app, email);
    people.push({ email, token: tokenOf(await requestReset(app, email)) });
  }
  return { folder, env: { DATABASE_URL: database, SECRET_KEY }, sql: await openRaw(database), people };
}

/** Sends all forms concurrently and kills the server after `responses` responses. Returns the clients that got one. */
async function resetAtOnce(server: ServerProcess, people: Array<{ token: string }>, responses: number) {
  const answered = new Set<string>();
  const sent = people.map(async ({ token }) => {
    const response = await server.client().send("/reset-password", { token, password: NEW_PASSWORD });
    assert.equal(response.status, 303);
    answered.add(token);
  });
  const settled = Promise.allSettled(sent);
  await until("enough are answered", () => answered.size >= responses, { every: 1 });
  // A hash takes some twelve milliseconds: the kill falls into one, or between two, or into the write after it.
  await wait(Math.random() * (responses === 0 ? 6 : 20));
  await server.kill("SIGKILL");
  await settled;
  return answered;
}

interface Person {
  hash: unknown;
  /** The session that is there, or one of them. */
  session: unknown;
  sessions: unknown[];
  /** The responses that started a session. */
  links: number;
  objections: number;
  notices: number;
}

async function readPeople(sql: RawDatabase): Promise<Map<string, Person>> {
  const people = new Map<string, Person>();
  for (const { id, email, password_hash } of await sql.rows("select id, email, password_hash from latchkey_accounts")) {
    const found = await sql.rows("select id from latchkey_sessions where account_id = ?", String(id));
    const sessions = found.map((row) => row.id);
    const purposes = await sql.rows(
      "select purpose from latchkey_tokens where account_id = ? and ended_at is null",
      String(id),
    );
    const objections = purposes.filter(({ purpose }) => purpose === "security-alert").length;
    const links = purposes.length - objections;
    const notice = "select id from latchkey_outbox where account_id = ? and kind = 'password-changed'";
    const notices = (await sql.rows(notice, String(id))).length;
    people.set(String(email), { hash: password_hash, session: sessions[0], sessions, links, objections, notices });
  }
  return people;
}

function counts(person: Person | undefined, oldSession: unknown) {
  const { links, sessions = [], notices } = person ?? {};
  const oldSessions = sessions.filter((id) => id === oldSession).length;
  return { links, oldSessions, sessions: sessions.length, notices };
}
