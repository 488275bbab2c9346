import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import { smtpTransport } from "../../src/mail/smtp/transport.ts";
import { openFaultyMailServer } from "../support/faulty-mail-server.ts";
import { openMailServer } from "../support/mail-server.ts";
import { failureOf, message, shortTimeoutTransport } from "../support/message.ts";
import { until } from "../support/until.ts";

describe("Connections to the mail server", { concurrency: true }, () => {
  it("are kept for the next email, and closed with QUIT", async () => {
    const server = await openFaultyMailServer();
    const transport = smtpTransport([server.url]);

    for (let i = 0; i < 3; i += 1) await transport.send(message(), { lane: 0 });
    await transport.close?.();

    assert.equal(server.mails.length, 3);
    assert.equal(server.times("greeting"), 1);
    await until("the server has heard the goodbye", () => server.connections() === 0);
    assert.equal(server.times("QUIT"), 1);
  });

  it("are opened once per lane", async () => {
    const server = await openFaultyMailServer();
    const transport = smtpTransport([server.url]);
    const lane = async (lane: number) => {
      for (let i = 0; i < 8; i += 1) await transport.send(message(), { lane });
    };

    await Promise.all([0, 1, 2].map(lane));

    assert.equal(server.mails.length, 24);
    assert.equal(server.times("greeting"), 3);
    await transport.close?.();
  });

  it("are used for one email alone outside a lane", async () => {
    const server = await openFaultyMailServer();
    const transport = smtpTransport([server.url]);

    await transport.send(message());
    await transport.send(message());

    assert.equal(server.times("greeting"), 2);
    await until("both connections are closed", () => server.connections() === 0);
  });

  it("are closed after an idle timeout", async () => {
    const server = await openFaultyMailServer();
    const transport = smtpTransport([server.url], { limits: { idleMs: 50 } });

    await transport.send(message(), { lane: 0 });

    await until("the idle connection is closed", () => server.connections() === 0);
    assert.equal(server.times("QUIT"), 1);
    await transport.send(message(), { lane: 0 });
    assert.equal(server.mails.length, 2);
  });

  it("are replaced after a hundred emails", async () => {
    const server = await openFaultyMailServer();
    const transport = smtpTransport([server.url]);

    for (let i = 0; i < 101; i += 1) await transport.send(message(), { lane: 0 });

    assert.equal(server.times("greeting"), 2);
    assert.equal(server.mails.length, 101);
    transport.close?.();
  });

  it("lose and delay no email if the server closed them while idle", async () => {
    const server = await openMailServer();
    const transport = shortTimeoutTransport(server.url);
    await Promise.all([0, 1].map((lane) => transport.send(message(), { lane })));
    await server.hangUp();

    await transport.send(message(), { lane: 0 });

    assert.equal(server.kept.length, 3);
    transport.close?.();
  });

  for (const [what, reply] of [
    ["cuts", null],
    ["closes with a 421", "421 too long idle"],
    ["answers with a 503", "503 out of step"],
  ] as const) {
    it(`are replaced at once for the same email if the server ${what}`, async () => {
      const server = await openFaultyMailServer();
      const transport = shortTimeoutTransport(server.url);
      await transport.send(message(), { lane: 0 });
      server.script = ({ verb, connection, socket }) => {
        if (verb !== "MAIL" || connection > 1) return undefined;
        if (reply === null) socket.destroy();
        return reply;
      };

      await transport.send(message(), { lane: 0 });

      assert.equal(server.mails.length, 2);
      assert.equal(server.times("greeting"), 2);
      transport.close?.();
    });
  }

  it("are checked before use if they have been silent", async (t) => {
    const server = await openFaultyMailServer();
    const transport = shortTimeoutTransport(server.url, { limits: { handOverMs: 20_000 } });
    await transport.send(message(), { lane: 0 });
    server.script = ({ connection }) => (connection === 1 ? null : undefined);
    // So long has it lain idle that it must be asked.
    const now = performance.now();
    t.mock.method(performance, "now", () => now + 2_000);

    await transport.send(message(), { lane: 0 });

    assert.equal(server.times("RSET"), 1);
    assert.equal(server.mails.length, 2);
    transport.close?.();
  });

  it("are limited by the server: a refusal while another lane is connected is reported as a connection limit", async () => {
    const server = await openFaultyMailServer();
    const transport = smtpTransport([server.url]);
    await transport.send(message(), { lane: 0 });
    server.script = ({ verb }) => (verb === "greeting" ? "421 one connection is enough" : undefined);

    const failure = await transport.send(message(), { lane: 1 }).catch((error) => error);

    assert.deepEqual([failure.isLaneLimit, failure.isOutage, failure.isPermanent], [true, false, false]);
    await transport.send(message(), { lane: 0 });
    assert.equal(server.mails.length, 2);
    await transport.close?.();
  });

  it("do not carry the refusal of one email over to the next", async () => {
    const server = await openMailServer();
    const transport = smtpTransport([server.url]);
    server.script = ({ at, to }) => (at === "recipient" && to.startsWith("unknown") ? 550 : 250);

    await failureOf(transport, message("unknown@example.com"));
    await transport.send(message("anna@example.com"), { lane: 0 });

    assert.deepEqual(
      server.kept.map(({ to }) => to),
      [["anna@example.com"]],
    );
    transport.close?.();
  });
});

describe("An SMTP attempt", { concurrency: true }, () => {
  it("times out without a greeting, and closes the connection", async () => {
    const server = await openFaultyMailServer();
    server.script = () => null;

    const failure = await failureOf(shortTimeoutTransport(server.url));

    assert.match(failure.message, /not ready within 1.5 s|Greeting never received/);
    assert.match(failure.message, /smtps:\/\/ is for port 465, smtp:\/\/ for port 587/);
    assert.deepEqual([failure.isOutage, failure.mayHaveLeft, failure.isPermanent], [true, false, false]);
    await until("the connection is closed", () => server.connections() === 0);
  });

  for (const stage of ["greeting", "EHLO", "MAIL", "RCPT", "."]) {
    it(`times out if the server responds byte by byte: ${stage} (M1)`, async () => {
      const server = await openFaultyMailServer();
      server.script = ({ verb, socket }) => {
        if (verb !== stage) return undefined;
        const code = verb === "greeting" ? "220" : "250";
        const dripping = setInterval(() => socket.write(`${code}-drip\r\n`), 40);
        socket.on("close", () => clearInterval(dripping));
        return null;
      };
      const started = performance.now();

      const failure = await failureOf(shortTimeoutTransport(server.url));

      const isBefore = stage === "greeting" || stage === "EHLO";
      assert.ok(performance.now() - started < 10_000);
      assert.deepEqual([failure.isOutage, failure.mayHaveLeft], [isBefore, stage === "."]);
      assert.match(failure.message, isBefore ? /within 1.5 s|received/ : /within 3 s/);
      await until("the connection is closed", () => server.connections() === 0);
    });
  }

  for (const stage of ["MAIL", "RCPT", "DATA"]) {
    it(`has not delivered the email if the connection is cut after ${stage}`, async () => {
      const server = await openFaultyMailServer(["PIPELINING"]);
      server.script = ({ verb, socket }) => {
        if (verb === stage) socket.destroy();
        return undefined;
      };

      const failure = await failureOf(shortTimeoutTransport(server.url));

      assert.deepEqual([failure.mayHaveLeft, failure.isOutage, failure.isPermanent], [false, false, false]);
    });
  }

  it("has not delivered the email if the server answers the final dot with 4yz or 5yz", async () => {
    const server = await openFaultyMailServer();
    const transport = shortTimeoutTransport(server.url);

    for (const reply of ["451 later", "421 closing", "554 spam", "530 log in first"]) {
      server.script = ({ verb }) => (verb === "." ? reply : undefined);
      const failure = await failureOf(transport);
      assert.deepEqual([failure.mayHaveLeft, failure.isPermanent], [false, reply.startsWith("554")], reply);
    }
  });
});

describe("An email without a final reply", () => {
  it("is awaited for 10 minutes, and the connection is closed so that it cannot be delivered later (M8)", async (t) => {
    const server = await openMailServer();
    const transport = smtpTransport([server.url]);
    await transport.send(message(), { lane: 0 });
    server.script = ({ at }) => (at === "message" ? "silence" : 250);

    t.mock.timers.enable({ apis: ["setTimeout"] });
    const pass = async (ms: number) => {
      t.mock.timers.tick(ms);
      await new Promise(setImmediate);
    };
    let outcome = "";
    transport.send(message(), { lane: 0 }).catch((error: Error) => {
      outcome = error.message;
    });
    for (let i = 0; i < 9_000 && server.arrived.length < 2; i += 1) await pass(0);
    await pass(599_900);
    assert.equal(outcome, "");
    await pass(100);
    for (let i = 0; i < 1_000 && (outcome === "" || server.connections() > 0); i += 1) await pass(0);

    assert.match(outcome, /within 600 s/);
    assert.equal(server.connections(), 0);
  });
});

describe("An email of any size", () => {
  it("may have been delivered if the connection is cut after the final dot", async () => {
    const server = await openFaultyMailServer();
    server.script = ({ verb, socket }) => {
      if (verb === ".") socket.destroy();
      return undefined;
    };
    const transport = shortTimeoutTransport(server.url, {
      limits: { openMs: 5_000, handOverMs: 20_000, finalMs: 20_000 },
    });

    const failures = [
      await failureOf(transport),
      await failureOf(transport, { ...message(), text: "long\n".repeat(400_000) }),
    ];

    assert.deepEqual(
      failures.map(({ mayHaveLeft }) => mayHaveLeft),
      [true, true],
    );
    assert.equal(server.mails.length, 2);
  });

  it("has not been delivered if the server stops reading in the middle of it", async () => {
    const server = await openFaultyMailServer();
    server.script = ({ verb, socket }) => {
      if (verb !== "DATA") return undefined;
      socket.pause();
      setTimeout(() => socket.destroy(), 300);
      return undefined;
    };
    const transport = shortTimeoutTransport(server.url, {
      limits: { openMs: 5_000, handOverMs: 20_000, finalMs: 20_000 },
    });

    const failure = await failureOf(transport, { ...message(), text: "long\n".repeat(2_000_000) });

    assert.equal(failure.mayHaveLeft, false);
    assert.equal(server.mails.length, 0);
  });
});

describe("A process", () => {
  it("is not kept alive by idle connections", async () => {
    const { spawn } = await import("node:child_process");
    const server = await openMailServer();
    const code = `
      const { smtpTransport } = await import(${JSON.stringify(new URL("../../src/mail/smtp/transport.ts", import.meta.url).href)});
      const { message } = await import(${JSON.stringify(new URL("../support/message.ts", import.meta.url).href)});
      await smtpTransport([${JSON.stringify(server.url)}], { limits: { idleMs: 300 } }).send(message());
    `;

    const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: "inherit" });
    const [status] = await once(child, "exit");

    assert.equal(status, 0);
    assert.equal(server.kept.length, 1);
  });
});
