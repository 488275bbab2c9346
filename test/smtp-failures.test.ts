import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import { HOUR, MINUTE, SECOND } from "../src/basics/clock.ts";
import { smtpTransport } from "../src/mail/smtp.ts";
import { type MailServerOptions, openMailServer, type Stage } from "./support/mail-server.ts";
import { type App, askForReset, PASSWORD, signUp } from "./support/open-app.ts";
import { openAppOverSmtp } from "./support/open-app-over-smtp.ts";

const NEW_PASSWORD = "a new and rather long password";
const ANNA = "anna@example.com";

describe("A mail that the mail server does not take", { concurrency: true }, () => {
  it("is sent again after a 451, under the same Message-ID, and one arrives", async () => {
    const { app, server } = await openAppOverSmtp();
    server.script = ({ at, nth }) => (at === "message" && nth === 1 ? 451 : 250);
    await askForMail(app, "/sign-up", ANNA);
    await app.deliver();
    assert.equal(server.kept.length, 0);

    app.pass(10 * SECOND);
    await app.deliver();

    assert.equal(server.kept.length, 1);
    assert.equal(server.arrived.length, 2);
    assert.equal(server.arrived[0]?.parsed.messageId, server.arrived[1]?.parsed.messageId);
    assert.equal((await app.visitor().open(app.lastLink())).status, 200);
  });

  it("waits a little longer after each failure, and never very long", async () => {
    const { app, server, log } = await openAppOverSmtp();
    await signUp(app, ANNA);
    await server.stop();
    await askForMail(app, "/forgot-password", ANNA);

    const attemptsAt: number[] = [];
    for (let second = 0; second < 3_600; second += 5) {
      const lines = log.length;
      await app.deliver();
      if (log.length > lines) attemptsAt.push(second);
      app.pass(5 * SECOND);
    }

    const waits = attemptsAt.slice(1).map((at, i) => at - (attemptsAt[i] ?? 0));
    assert.ok((waits[0] ?? 0) <= 10, `${waits}`);
    assert.ok(Math.max(...waits) <= 300 && Math.max(...waits) > 100, `${waits}`);
    assert.ok(attemptsAt.length <= 40, `${waits}`);
  });

  it("is given up after a 550 for its recipient, and not tried again", async () => {
    const { app, server, log } = await openAppOverSmtp();
    server.script = ({ at, to }) => (at === "recipient" && to === ANNA ? 550 : 250);
    await askForMail(app, "/sign-up", ANNA);
    await askForMail(app, "/sign-up", "bob@example.com");

    for (let i = 0; i < 30; i += 1) {
      await app.deliver();
      app.pass(HOUR);
    }

    assert.equal(server.times("recipient", ANNA), 1);
    assert.deepEqual(
      server.kept.map((mail) => mail.to),
      [["bob@example.com"]],
    );
    const refused = log.find((line) => line.message === "the mail server refused a mail for good");
    assert.equal(refused?.to, "a•••@example.com");
    assert.match(String(refused?.answer), /^550/);
  });

  it("goes when the mail server is back, and its link then lives its full hour", async () => {
    const { app, server } = await openAppOverSmtp();
    await signUp(app, ANNA);
    await server.stop();
    await askForMail(app, "/forgot-password", ANNA);
    for (let minute = 0; minute < 50; minute += 5) {
      await app.deliver();
      app.pass(5 * MINUTE);
    }
    await server.start();

    await app.deliver();

    const link = app.lastLink();
    app.pass(HOUR - SECOND);
    assert.equal((await app.visitor().open(link)).status, 200);
    app.pass(SECOND);
    assert.equal((await app.visitor().open(link)).status, 410);
  });

  it("still goes in the last minute of its lifetime where it holds a link, and is given up after it", async () => {
    const { app, server } = await openAppOverSmtp();
    await signUp(app, ANNA);
    await askForMail(app, "/forgot-password", ANNA);
    app.pass(MINUTE);
    await askForMail(app, "/forgot-password", ANNA);
    await server.stop();
    for (let minute = 0; minute < 50; minute += 10) {
      await app.deliver();
      app.pass(10 * MINUTE);
    }
    app.pass(9 * MINUTE);
    await server.start();

    await app.deliver();

    assert.equal(server.kept.length, 2, "the second went, 59 minutes old, and the first not, an hour old");
  });

  it("goes on being tried for two days where it is a notice", async () => {
    const { app, server } = await openAppOverSmtp();
    const anna = await signUp(app, ANNA);
    await anna.submit({ current_password: PASSWORD, password: NEW_PASSWORD }, "/password");
    await server.stop();
    for (let minute = 0; minute < 43 * 60; minute += 20) {
      await app.deliver();
      app.pass(20 * MINUTE);
    }
    await server.start();

    app.pass(4 * HOUR);
    await app.deliver();

    assert.equal(server.kept.at(-1)?.parsed.subject, "Your Latchkey password was changed");
  });

  for (const failure of [
    "a refused connection",
    "a 451 for the recipient",
    "a 452 for the message",
    "a cut before DATA",
  ]) {
    it(`leaves no link behind after ${failure}: the tries do not use up the five live ones`, async () => {
      const { app, server } = await openAppOverSmtp();
      await signUp(app, ANNA);
      if (failure === "a refused connection") await server.stop();
      server.script = ({ at }) => {
        if (failure === "a 451 for the recipient" && at === "recipient") return 451;
        if (failure === "a 452 for the message" && at === "message") return 452;
        return failure === "a cut before DATA" && at === "recipient" ? "cut" : 250;
      };
      await askForMail(app, "/forgot-password", ANNA);
      for (let i = 0; i < 7; i += 1) {
        await app.deliver();
        app.pass(5 * MINUTE);
      }
      server.script = () => 250;
      if (failure === "a refused connection") await server.start();

      await app.deliver();
      for (let i = 0; i < 4; i += 1) await askForReset(app, ANNA);

      assert.equal(server.kept.filter((mail) => mail.parsed.subject?.startsWith("Reset")).length, 5);
    });
  }
});

describe("A mail whose answer was lost", () => {
  it("is sent a second time, and both links work until one is used", async () => {
    const { app, server } = await openAppOverSmtp();
    await signUp(app, ANNA);
    server.script = ({ at, nth }) => (at === "message" && nth === 2 ? "cut" : 250);

    const first = await askForReset(app, ANNA);
    app.pass(10 * SECOND);
    await app.deliver();
    const second = app.lastLink();

    assert.notEqual(first, second);
    assert.equal(app.mails.at(-2)?.messageId, app.mails.at(-1)?.messageId);
    assert.equal((await app.visitor().open(second)).status, 200);
    const anna = app.visitor();
    await anna.open(first);
    await anna.submit({ password: NEW_PASSWORD });
    assert.match(anna.text, /Your new password is set/);
    assert.equal((await app.visitor().open(second)).status, 410);
  });

  it("is not waited for longer than 30 seconds, and the connection is closed so that it cannot go later", async () => {
    const server = await openMailServer();
    const transport = smtpTransport([server.url]);
    const from = { name: "", address: "no-reply@acme.example" };
    const message = { messageId: "<1@acme.example>", from, to: ANNA, subject: "", text: "", html: "" };
    await transport.send(message);
    server.script = ({ at }) => (at === "message" ? "silence" : 250);

    mock.timers.enable({ apis: ["setTimeout"] });
    let outcome = "";
    transport.send(message).catch((error: Error) => {
      outcome = error.message;
    });
    for (let i = 0; i < 9_000 && server.arrived.length < 2; i += 1) await pass(1);
    await pass(30_000);
    for (let i = 0; i < 1_000 && (outcome === "" || server.connections() > 0); i += 1) await pass(0);
    mock.timers.reset();

    assert.equal(server.arrived.length, 2);
    assert.match(outcome, /longer than 30 seconds/);
    assert.equal(server.connections(), 0);
  });
});

describe("A fault that is ours and not the recipient's", { concurrency: true }, () => {
  const faults: Array<{ what: string; at?: Stage; code?: number; options?: MailServerOptions }> = [
    { what: "a refused login", at: "login", code: 535, options: { login: "acme:open-sesame" } },
    { what: "a login that is needed and not given", options: { login: "acme:open-sesame", isLoginGiven: false } },
    { what: "a sender that the server refuses", at: "sender", code: 553 },
    { what: "a server that offers no TLS", options: { host: "0.0.0.0" } },
    { what: "a server that greets with 554", at: "greeting", code: 554 },
    { what: "a server that is closing", at: "message", code: 421 },
  ];

  for (const { what, at, code = 250, options } of faults) {
    it(`loses no mail: ${what}`, async () => {
      const { app, server, log } = await openAppOverSmtp({}, options);
      server.script = (moment) => (moment.at === at ? code : 250);
      await askForMail(app, "/sign-up", ANNA);
      await app.deliver();
      assert.equal(server.kept.length, 0);

      app.pass(HOUR);
      await app.deliver();

      assert.equal(server.times("greeting"), 2);
      assert.ok(log.every((line) => line.message !== "the mail server refused a mail for good"));
    });
  }
});

async function askForMail(app: App, path: string, email: string): Promise<void> {
  await app.visitor().post(path, { email });
}

/** Lets mocked time pass, and whatever the network brought in the meantime happen. */
async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms);
  await new Promise(setImmediate);
}
