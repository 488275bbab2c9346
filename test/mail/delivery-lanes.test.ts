import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY, HOUR } from "../../src/lib/clock.ts";
import type { Message, Transport } from "../../src/mail/transport.ts";
import { isOnPostgres } from "../support/engine.ts";
import { openMailServer } from "../support/mail-server.ts";
import { openApp } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { until } from "../support/until.ts";

const SLOW = 400;

/** Sends in `SLOW` milliseconds and notes when, and what was rehearsed. */
function slowTransport() {
  const sent: string[] = [];
  const rehearsed: Message[] = [];
  const transport: Transport & { answer: string } = {
    answer: "250 ok",
    async send({ to }) {
      await new Promise((resolve) => setTimeout(resolve, SLOW));
      sent.push(to);
      return transport.answer;
    },
    async rehearse(message) {
      rehearsed.push(message);
    },
  };
  return { transport, sent, rehearsed };
}

/** A database that refuses an answer with the word "unstorable". */
const UNSTORABLE = {
  postgres: "alter table latchkey_outbox add constraint storable check (answer not like '%unstorable%')",
  sqlite: `create trigger storable before update on latchkey_outbox when new.answer like '%unstorable%'
    begin select raise(abort, 'unstorable'); end`,
};

describe("A mail server that accepts one connection", () => {
  it("is sent all email over it, and a refused second connection is no counted attempt", async () => {
    const server = await openMailServer();
    server.script = async ({ at, nth }) => {
      const [isSecond, isFirstSender] = [at === "greeting" && nth > 1, at === "sender" && server.times("sender") === 1];
      if (isSecond) await until("the first lane is connected", () => server.times("sender") > 0);
      if (isFirstSender) await until("the second lane connects", () => server.times("greeting") > 1);
      return isSecond ? 421 : 250;
    };
    const database = await freshDatabase();
    const app = await openApp({ database, mail: { transport: server.url } });
    for (const name of ["anna", "bob"]) await app.client().post("/sign-up", { email: `${name}@example.com` });

    await app.deliver();

    assert.equal(server.times("greeting"), 2);
    assert.equal(server.kept.length, 2);
    const rows = await (await openRaw(database)).rows("select state, attempts from latchkey_outbox");
    assert.deepEqual(
      rows.map(({ state, attempts }) => [state, attempts]),
      [
        ["sent", 1],
        ["sent", 1],
      ],
    );
  });
});

describe("A request that needs no email", () => {
  it("makes the email and occupies its lane as long as a delivery (guarantee 1)", async () => {
    const { transport, sent, rehearsed } = slowTransport();
    const app = await openApp({ transport });
    await app.client().post("/sign-up", { email: "anna@example.com" });
    await app.deliver();

    await app.client().post("/forgot-password", { email: "unknown@example.com" });
    const startedAt = performance.now();
    await app.deliver();

    assert.ok(performance.now() - startedAt >= SLOW * 0.9);
    assert.deepEqual(sent, ["anna@example.com"]);
    assert.match(rehearsed[0]?.text ?? "", /\/reset-password\//);
  });

  it("leaves no token and no code behind", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database });
    await app.client().post("/forgot-password", { email: "unknown@example.com" });

    await app.deliver();

    const sql = await openRaw(database);
    for (const table of ["latchkey_tokens", "latchkey_codes"]) {
      assert.deepEqual(await sql.rows(`select * from ${table}`), []);
    }
  });
});

describe("An email that is due", () => {
  it("leaves before the sign-ups of strangers if an account owner waits for it", async () => {
    const { transport, sent } = slowTransport();
    const database = await freshDatabase();
    const app = await openApp({ transport, database, limits: { requestsPerIp: "1000/1h" } });
    const sql = await openRaw(database);
    await sql.rows("insert into latchkey_accounts (id, email, created_at) values ('1', 'owner@example.com', 0)");
    for (let i = 0; i < 12; i += 1) await app.client().post("/sign-up", { email: `stranger${i}@example.com` });
    await app.client().post("/forgot-password", { email: "owner@example.com" });

    await app.deliver();

    assert.ok(sent.indexOf("owner@example.com") < 5, sent.join());
    assert.equal(sent.length, 13);
  });

  it("finds a free lane for an account owner while slow sign-ups are being sent", async () => {
    const { transport, sent } = slowTransport();
    const database = await freshDatabase();
    const app = await openApp({ transport, database, limits: { requestsPerIp: "1000/1h" } });
    const sql = await openRaw(database);
    await sql.rows("insert into latchkey_accounts (id, email, created_at) values ('1', 'owner@example.com', 0)");
    for (let i = 0; i < 5; i += 1) await app.client().post("/sign-up", { email: `stranger${i}@example.com` });
    const underWay = app.deliver();
    await new Promise((resolve) => setTimeout(resolve, SLOW / 2));

    await app.client().post("/forgot-password", { email: "owner@example.com" });
    await Promise.all([underWay, app.deliver()]);

    assert.ok(sent.indexOf("owner@example.com") < 5, sent.join());
  });

  it("is not sent to an address that begins with -, whether or not it has an account", async () => {
    const { transport, sent, rehearsed } = slowTransport();
    const app = await openApp({ transport });
    await app.client().post("/sign-up", { email: "-oq@example.com" });

    await app.deliver();

    assert.deepEqual([sent, rehearsed], [[], []]);
  });

  it("is recorded as sent although the answer holds characters that a database refuses (M9)", async () => {
    const { transport } = slowTransport();
    transport.answer = "250 \0\u001b[31mok \ud800";
    const database = await freshDatabase();
    const app = await openApp({ transport, database });
    await app.client().post("/sign-up", { email: "anna@example.com" });

    await app.deliver();

    const [row] = await (await openRaw(database)).rows("select state, answer from latchkey_outbox");
    assert.equal(row?.state, "sent");
    assert.doesNotMatch(String(row?.answer), /\p{Cc}/u);
  });

  it("is recorded as sent although the database refuses to store the answer (M9)", async () => {
    const { transport, sent } = slowTransport();
    transport.answer = "250 unstorable";
    const database = await freshDatabase();
    const app = await openApp({ transport, database });
    const sql = await openRaw(database);
    await sql.rows(isOnPostgres() ? UNSTORABLE.postgres : UNSTORABLE.sqlite);
    await app.client().post("/sign-up", { email: "anna@example.com" });

    await app.deliver();
    app.pass(HOUR);
    await app.deliver();

    const rows = await sql.rows("select state, answer from latchkey_outbox");
    assert.deepEqual({ ...rows[0] }, { state: "sent", answer: "accepted; the answer could not be stored" });
    assert.deepEqual(sent, ["anna@example.com"]);
  });

  it("does not wait for a time that no rule allows", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database });
    await app.client().post("/sign-up", { email: "anna@example.com" });
    const sql = await openRaw(database);
    const far = app.now() + 300 * DAY;
    await sql.rows("update latchkey_outbox set next_attempt_at = ?, give_up_at = ?", far, far + HOUR);

    await app.deliver();
    await app.deliver();

    assert.equal(app.mails.length, 1);
  });

  it("is sent soon after the system clock has stepped back a day", async (t) => {
    let [wall, monotonic] = [Date.now() + DAY, 1_000_000];
    t.mock.method(Date, "now", () => wall);
    t.mock.method(performance, "now", () => monotonic);
    const sent: string[] = [];
    let isDown = true;
    const app = await openApp({
      clock: Date.now,
      transport: {
        async send({ to }) {
          if (isDown) throw new Error("not now");
          sent.push(to);
          return "250 ok";
        },
      },
    });
    await app.client().post("/sign-up", { email: "anna@example.com" });
    await app.deliver();
    isDown = false;
    wall -= DAY;

    for (let seconds = 0; seconds < 30; seconds += 5) {
      await app.deliver();
      wall += 5_000;
      monotonic += 5_000;
    }

    assert.deepEqual(sent, ["anna@example.com"]);
  });
});
