import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { ownAccounts } from "../../src/accounts/accounts-table.ts";
import { HOUR, MINUTE, SECOND } from "../../src/lib/clock.ts";
import { SendError } from "../../src/mail/transport.ts";
import { isOnPostgres } from "../support/engine.ts";
import { CERTIFICATE, type MailServer, type MailServerOptions } from "../support/mail-server.ts";
import { maskedHeaders } from "../support/masked.ts";
import { type App, linkIn, openApp } from "../support/open-app.ts";
import { openAppOverSmtp } from "../support/open-app-over-smtp.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";

/** A thousand and more, where the time is there: see docs/testing.md. */
const MAILS = Number(process.env.LATCHKEY_TEST_MAILS || (isOnPostgres() ? 100 : 250));
const PEOPLE = ["anna@example.com", "bob@example.com", "cleo@example.com"];

describe("An outage of the mail server", { concurrency: true }, () => {
  const faults: Array<{ what: string; options?: MailServerOptions; begin?: (server: MailServer) => unknown }> = [
    { what: "the server refuses connections", begin: (server) => server.stop() },
    { what: "the server hangs up before its greeting", begin: say("greeting", "cut") },
    { what: "the server greets with a 421", begin: say("greeting", 421) },
    { what: "the server greets with a 554", begin: say("greeting", 554) },
    { what: "the server refuses the login", begin: say("login", 535), options: { login: "acme:open-sesame" } },
    { what: "the server cannot check the login at the moment", begin: say("login", 454), options: { login: "a:b" } },
    { what: "the server requires a login that is not configured", options: { login: "a:b", isLoginGiven: false } },
    { what: "the server refuses the sender", begin: say("sender", 550) },
    { what: "the server offers no STARTTLS", options: { host: "0.0.0.0" } },
    { what: "the server's certificate is not trusted", options: { host: "0.0.0.0", startTls: true } },
  ];

  for (const { what, options, begin } of faults) {
    it(`keeps all email queued without counting attempts, and responses are unchanged: ${what} (M2)`, async () => {
      const { app, server, log, outbox } = await openWatched(options);
      const before = await ask(app, "zoe@example.com");
      await begin?.(server);

      const responses = [];
      for (const email of PEOPLE) responses.push(await ask(app, email));
      for (let i = 0; i < 20; i += 1) {
        await app.deliver();
        app.pass(MINUTE / 2);
      }

      assert.deepEqual(responses, [before, before, before]);
      assert.equal(server.kept.length, 0);
      const rows = await outbox();
      assert.equal(rows.length, 4);
      for (const row of rows) assert.deepEqual([row.state, row.attempts], ["due", 0], what);
      const alarms = log.filter(({ message }) => String(message).startsWith("mail server unavailable"));
      assert.ok(alarms.length >= 10 && alarms.length <= 20, `${alarms.length} alarms in ten minutes`);
      assert.ok(alarms.every((line) => line.level === "error" && String(line.answer).length > 0));
      assert.ok(server.times("greeting") <= 31, `${server.times("greeting")} connections`);
    });
  }

  it("is probed with one email at a time, and the first success releases the others", async () => {
    const { app, server, log, outbox } = await openWatched();
    await server.stop();
    for (const email of PEOPLE) await ask(app, email);
    await app.deliver();
    await app.deliver();
    await server.start();
    await app.deliver();
    assert.equal(server.times("greeting"), 0, "the wait is not over yet");

    app.pass(2 * SECOND);
    await app.deliver();

    assert.equal(server.kept.length, 3);
    assert.deepEqual(
      (await outbox()).map(({ attempts }) => attempts),
      [1, 1, 1],
    );
    assert.equal(log.filter(({ message }) => message === "mail server available again").length, 1);
  });

  it("does not end with a request that needs no email, and the next email is tried", async () => {
    const { app, server } = await openWatched();
    await server.stop();
    await ask(app, "anna@example.com");
    await app.deliver();
    app.pass(1);
    await ask(app, "unknown@example.com", "/forgot-password");
    app.pass(MINUTE);
    await app.deliver();
    app.pass(MINUTE);
    await server.start();

    // The email that failed is behind the request that needs no email.
    await app.deliver();

    assert.equal(server.kept.length, 1);
  });

  it("is reported by a host app's transport with isOutage", async () => {
    let isDown = true;
    const sent: string[] = [];
    const app = await openApp({
      mail: {
        transport: {
          async send({ to }) {
            if (isDown) throw new SendError("503", { isOutage: true });
            sent.push(to);
            return "taken";
          },
        },
      },
    });
    for (const email of PEOPLE) await ask(app, email);
    await app.deliver();
    isDown = false;

    app.pass(MINUTE);
    await app.deliver();

    assert.deepEqual(sent.toSorted(), PEOPLE);
  });
});

describe("The end of an outage", () => {
  it("delivers all email after the certificate is corrected", async () => {
    const { app, server } = await openWatched({ host: "0.0.0.0", startTls: true });
    for (const email of PEOPLE) await ask(app, email);
    await app.deliver();
    const trusted = getCACertificates("default");
    setDefaultCACertificates([...trusted, CERTIFICATE.slice(CERTIFICATE.indexOf("-----BEGIN CERTIFICATE"))]);
    after(() => setDefaultCACertificates(trusted));

    app.pass(MINUTE);
    await app.deliver();

    assert.equal(server.kept.length, 3);
  });
});

describe("A recipient at whom the server disconnects", () => {
  it("delays no other recipient, and is retried with growing delays (M2)", async () => {
    const { app, server, log, outbox } = await openWatched();
    server.script = ({ at, to }) => (at === "recipient" && to === "mallory@example.com" ? "cut" : 250);
    await ask(app, "mallory@example.com");
    for (const email of PEOPLE) await ask(app, email);

    await app.deliver();
    assert.equal(server.kept.length, 3);
    for (let i = 0; i < 20; i += 1) {
      app.pass(HOUR / 2);
      await ask(app, `person${i}@example.com`);
      await app.deliver();
      assert.equal(server.kept.length, 4 + i);
    }

    assert.ok(log.every(({ nextAttemptInMs, mail }) => nextAttemptInMs === undefined || mail !== undefined));
    const theirs = (await outbox()).find(({ email }) => email === "mallory@example.com");
    assert.ok(Number(theirs?.attempts) > 6, `${theirs?.attempts}`);
  });
});

describe("A mail server that returns after an hour", () => {
  it("receives all queued email, whose links are valid for their full lifetime from then (M2)", async (t) => {
    const everybody = async (_: unknown, email: string) => ({ id: email, email, passwordHash: null, disabled: false });
    const areThere = { findByEmail: everybody, findById: everybody, setPassword: async () => true };
    const { lock: _lock, ...table } = ownAccounts;
    const accounts = { ...table, ...areThere };
    const { app, server, log } = await openAppOverSmtp({ accounts });
    const people = Array.from({ length: MAILS }, (_, i) => `person${i}@example.com`);
    await server.stop();
    for (const email of people) await app.visit().passwordReset.request({ email });
    for (let minute = 0; minute < 60; minute += 1) {
      await app.deliver();
      app.pass(MINUTE);
    }
    await server.start();

    const started = performance.now();
    await app.deliver();
    t.diagnostic(`${MAILS} mails in ${Math.round(performance.now() - started)} ms`);

    const recipients = server.kept.flatMap(({ to }) => to);
    assert.deepEqual(recipients.toSorted(), people.toSorted());
    const attempts = log.filter(({ message }) => message === "email sent").map(({ attempt }) => attempt);
    assert.deepEqual(new Set(attempts), new Set([1]));
    const links = server.kept.map(({ text }) => linkIn(text));
    app.pass(HOUR - SECOND);
    assert.equal((await app.client().open(links[0] ?? "")).status, 200);
    assert.equal((await app.client().open(links.at(-1) ?? "")).status, 200);
    app.pass(SECOND);
    assert.equal((await app.client().open(links.at(-1) ?? "")).status, 410);
  });
});

function say(at: string, reply: number | "cut") {
  return (server: MailServer) => {
    server.script = (moment) => (moment.at === at ? reply : 250);
  };
}

/** An app over SMTP whose outbox can be looked into. */
async function openWatched(serverOptions: MailServerOptions = {}) {
  const database = await freshDatabase();
  const opened = await openAppOverSmtp({ database }, serverOptions);
  const sql = await openRaw(database);
  const outbox = () => sql.rows("select * from latchkey_outbox where state <> 'closed' order by id");
  return { ...opened, outbox };
}

/** Requests an email, and returns everything that the client can observe in the response. */
async function ask(app: App, email: string, path = "/sign-up"): Promise<unknown> {
  const { status, headers, body } = await app.client().send(path, { email });
  return { status, body, headers: maskedHeaders(headers).filter(([name]) => name !== "date") };
}
