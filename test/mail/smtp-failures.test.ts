import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HOUR, MINUTE, SECOND } from "../../src/lib/clock.ts";
import type { MailServerOptions, Stage } from "../support/mail-server.ts";
import { type App, PASSWORD, requestReset, signUp } from "../support/open-app.ts";
import { openAppOverSmtp } from "../support/open-app-over-smtp.ts";
import { assertSays, SUBJECTS, words } from "../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";
const ANNA = "anna@example.com";

describe("An email that the mail server refuses or defers", { concurrency: true }, () => {
  it("is sent again after a 451 with the same Message-ID, and arrives once", async () => {
    const { app, server } = await openAppOverSmtp();
    server.script = ({ at, nth }) => (at === "message" && nth === 1 ? 451 : 250);
    await submitRequest(app, "/sign-up", ANNA);
    await app.deliver();
    assert.equal(server.kept.length, 0);

    app.pass(10 * SECOND);
    await app.deliver();

    assert.equal(server.kept.length, 1);
    assert.equal(server.arrived.length, 2);
    assert.equal(server.arrived[0]?.parsed.messageId, server.arrived[1]?.parsed.messageId);
    assert.equal((await app.client().open(app.lastLink())).status, 200);
  });

  it("is retried with growing, fully jittered and bounded delays (M2)", async () => {
    const { app, server, log } = await openAppOverSmtp();
    server.script = ({ at, to }) => (at === "recipient" && to.startsWith("later") ? 451 : 250);
    await signUp(app, ANNA);
    const people = Array.from({ length: 40 }, (_, i) => `later${i}@example.com`);
    for (const email of people) await submitRequest(app, "/sign-up", email);

    const waitsOf = (attempt: number) => {
      const lines = log.filter((line) => line.attempt === attempt && line.nextAttemptInMs !== undefined);
      return lines.map(({ nextAttemptInMs }) => Number(nextAttemptInMs) / SECOND).toSorted((a, b) => a - b);
    };
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      await app.deliver();
      app.pass(2 * HOUR);
    }

    assert.equal(waitsOf(12).length, people.length);
    for (const [attempt, limit] of [
      [1, 10],
      [4, 80],
      [12, 3_750],
    ] as const) {
      const waits = waitsOf(attempt);
      assert.ok(
        waits.every((wait) => wait >= 1 && wait <= limit),
        `${waits}`,
      );
      // Of forty, drawn from the whole range, some are in its lowest and some in its highest third.
      assert.ok((waits[0] ?? 0) < limit / 3 && (waits.at(-1) ?? 0) > limit / 1.5, `${waits}`);
    }
  });

  it("is given up after a 550 for its recipient (M2)", async () => {
    const { app, server, log } = await openAppOverSmtp();
    server.script = ({ at, to }) => (at === "recipient" && to === ANNA ? 550 : 250);
    await submitRequest(app, "/sign-up", ANNA);
    await submitRequest(app, "/sign-up", "bob@example.com");

    for (let i = 0; i < 30; i += 1) {
      await app.deliver();
      app.pass(HOUR);
    }

    assert.equal(server.times("recipient", ANNA), 1);
    assert.deepEqual(
      server.kept.map((mail) => mail.to),
      [["bob@example.com"]],
    );
    const refused = log.find((line) => line.message === "mail server rejected email permanently");
    assert.equal(refused?.to, "a•••@example.com");
    assert.match(String(refused?.answer), /^550/);
  });

  it("is sent when the mail server is back, and its link is valid for its full hour", async () => {
    const { app, server } = await openAppOverSmtp();
    await signUp(app, ANNA);
    await server.stop();
    await submitRequest(app, "/forgot-password", ANNA);
    for (let minute = 0; minute < 50; minute += 5) {
      await app.deliver();
      app.pass(5 * MINUTE);
    }
    await server.start();

    await app.deliver();

    const link = app.lastLink();
    app.pass(HOUR - SECOND);
    assert.equal((await app.client().open(link)).status, 200);
    app.pass(SECOND);
    assert.equal((await app.client().open(link)).status, 410);
  });

  it("is tried for an hour after its link would have expired, and then given up (M4)", async () => {
    const { app, server } = await openAppOverSmtp();
    await signUp(app, ANNA);
    await submitRequest(app, "/forgot-password", ANNA);
    app.pass(MINUTE);
    await submitRequest(app, "/forgot-password", ANNA);
    await server.stop();
    for (let minute = 0; minute < 110; minute += 10) {
      await app.deliver();
      app.pass(10 * MINUTE);
    }
    app.pass(9 * MINUTE);
    await server.start();

    await app.deliver();

    assert.equal(server.kept.length, 2, "the second went, 119 minutes old, and the first not, two hours old");
  });

  it("is tried for two days if it is a notice (M4)", async () => {
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

    assert.equal(server.kept.at(-1)?.parsed.subject, SUBJECTS.passwordChanged);
  });

  for (const failure of [
    "a refused connection",
    "a 451 for the recipient",
    "a 452 for the message",
    "a cut before DATA",
  ]) {
    it(`leaves no link behind after ${failure}: retries do not use up the limit of live links`, async () => {
      const { app, server } = await openAppOverSmtp();
      await signUp(app, ANNA);
      if (failure === "a refused connection") await server.stop();
      server.script = ({ at }) => {
        if (failure === "a 451 for the recipient" && at === "recipient") return 451;
        if (failure === "a 452 for the message" && at === "message") return 452;
        return failure === "a cut before DATA" && at === "recipient" ? "cut" : 250;
      };
      await submitRequest(app, "/forgot-password", ANNA);
      for (let i = 0; i < 7; i += 1) {
        await app.deliver();
        app.pass(5 * MINUTE);
      }
      server.script = () => 250;
      if (failure === "a refused connection") await server.start();

      app.pass(5 * MINUTE);
      await app.deliver();
      for (let i = 0; i < 4; i += 1) await requestReset(app, ANNA);

      assert.equal(server.kept.filter((mail) => mail.parsed.subject?.startsWith("Reset")).length, 5);
    });
  }
});

describe("An email whose reply was lost", () => {
  it("is sent a second time, and both links are valid until one is used (M3)", async () => {
    const { app, server } = await openAppOverSmtp();
    await signUp(app, ANNA);
    server.script = ({ at, nth }) => (at === "message" && nth === 2 ? "cut" : 250);

    const first = await requestReset(app, ANNA);
    app.pass(19 * MINUTE);
    await app.deliver();
    assert.equal(server.arrived.length, 2, "an attempt that may have been accepted is not repeated soon");
    app.pass(3 * MINUTE);
    await app.deliver();
    const second = app.lastLink();

    assert.notEqual(first, second);
    assert.equal(app.mails.at(-2)?.messageId, app.mails.at(-1)?.messageId);
    assert.equal((await app.client().open(second)).status, 200);
    const anna = app.client();
    await anna.open(first);
    await anna.submit({ password: NEW_PASSWORD });
    assertSays(anna.text, words.me.doneReset);
    assert.equal((await app.client().open(second)).status, 410);
  });
});

describe("The same permanent refusal for three recipients in a row", { concurrency: true }, () => {
  const people = [ANNA, "bob@example.com", "cleo@example.com", "dora@example.com"];

  it("pauses delivery and gives none of the emails up, logged once (M7)", async () => {
    const { app, server, log } = await openAppOverSmtp();
    server.script = ({ at }) => (at === "message" ? 554 : 250);
    for (const email of people) await submitRequest(app, "/sign-up", email);
    for (let i = 0; i < 10; i += 1) {
      await app.deliver();
      app.pass(MINUTE);
    }
    server.script = () => 250;

    for (let i = 0; i < 10; i += 1) {
      app.pass(10 * MINUTE);
      await app.deliver();
    }

    assert.deepEqual(server.kept.flatMap(({ to }) => to).toSorted(), people);
    assert.equal(log.filter(({ message }) => String(message).startsWith("email delivery paused")).length, 1);
    assert.deepEqual(await app.latchkey.operator.mail.bounces({ atMost: 9 }), []);
  });

  it("does not pause delivery if the text is about the mailbox", async () => {
    const { app, server } = await openAppOverSmtp();
    server.script = ({ at, to }) => (at === "recipient" && to !== "dora@example.com" ? 550 : 250);
    server.answer = "5.1.1 no such user";
    for (const email of people) await submitRequest(app, "/sign-up", email);

    for (let i = 0; i < 5; i += 1) {
      await app.deliver();
      app.pass(HOUR);
    }

    assert.equal(server.times("recipient", ANNA), 1);
    assert.deepEqual(
      server.kept.flatMap(({ to }) => to),
      ["dora@example.com"],
    );
  });
});

describe("An email that may have been accepted each time", () => {
  it("is sent three times at most, and recorded as possibly delivered (M8)", async () => {
    const { app, server, log } = await openAppOverSmtp();
    server.script = ({ at }) => (at === "message" ? "cut" : 250);
    await submitRequest(app, "/sign-up", ANNA);

    for (let i = 0; i < 20; i += 1) {
      await app.deliver();
      app.pass(HOUR + 10 * MINUTE);
    }

    assert.equal(server.times("message", ANNA), 3);
    assert.equal(log.filter(({ message }) => message === "gave up sending email").length, 1);
  });
});

describe("A fault of this installation and not of the recipient", { concurrency: true }, () => {
  const faults: Array<{ what: string; at?: Stage; code?: number; options?: MailServerOptions }> = [
    { what: "a refused login", at: "login", code: 535, options: { login: "acme:open-sesame" } },
    {
      what: "a login that is required and not configured",
      options: { login: "acme:open-sesame", isLoginGiven: false },
    },
    { what: "a sender that the server refuses", at: "sender", code: 553 },
    { what: "a server that offers no TLS", options: { host: "0.0.0.0" } },
    { what: "a server that greets with 554", at: "greeting", code: 554 },
    { what: "a server that is closing", at: "message", code: 421 },
  ];

  for (const { what, at, code = 250, options } of faults) {
    it(`loses no email: ${what}`, async () => {
      const { app, server, log } = await openAppOverSmtp({}, options);
      server.script = (moment) => (moment.at === at ? code : 250);
      await submitRequest(app, "/sign-up", ANNA);
      await app.deliver();
      assert.equal(server.kept.length, 0);

      app.pass(HOUR);
      await app.deliver();

      assert.equal(server.times("greeting"), 2);
      assert.ok(log.every((line) => line.message !== "mail server rejected email permanently"));
    });
  }
});

describe("A login required by the server of one recipient", { concurrency: true }, () => {
  for (const at of ["recipient", "message"] as const) {
    it(`is no outage and delays no other email: ${at}`, async () => {
      const { app, server } = await openAppOverSmtp();
      server.script = (moment) => (moment.at === at && moment.to.startsWith("trap") ? 535 : 250);
      await submitRequest(app, "/sign-up", "trap@example.com");
      await app.deliver();
      await submitRequest(app, "/sign-up", ANNA);
      await app.deliver();
      assert.deepEqual(
        server.kept.map(({ to }) => to),
        [[ANNA]],
      );

      app.pass(HOUR);
      server.script = () => 250;
      await app.deliver();
      assert.equal(server.kept.length, 2, "it was only put off");
    });
  }
});

async function submitRequest(app: App, path: string, email: string): Promise<void> {
  await app.client().post(path, { email });
}
