import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE } from "../../src/lib/clock.ts";
import { openFaultyMailServer } from "../support/faulty-mail-server.ts";
import { type MailServer, openMailServer, type Stage } from "../support/mail-server.ts";
import { failureOf, message, shortTimeoutTransport } from "../support/message.ts";

describe("Two mail servers", { concurrency: true }, () => {
  it("use the first while it works", async () => {
    const { first, second, transport } = await openTwo();

    for (let i = 0; i < 3; i += 1) await transport.send(message());

    assert.deepEqual([first.kept.length, second.kept.length], [3, 0]);
  });

  it("use the second in the same attempt if the first refuses connections", async () => {
    const { first, second, transport, log } = await openTwo();
    await first.stop();

    await transport.send(message());

    assert.equal(second.kept.length, 1);
    assert.deepEqual(
      log.map(({ server }) => server),
      [`127.0.0.1:${first.port}`],
    );
  });

  for (const [what, at, reply] of [
    ["greets with a 421", "greeting", 421],
    ["hangs up", "greeting", "cut"],
    ["sends no greeting", "greeting", "silence"],
    ["refuses the login with a 535", "login", 535],
    ["refuses the sender", "sender", 550],
    ["closes with a 421 at the recipient", "recipient", 421],
    ["cuts the connection at the recipient", "recipient", "cut"],
    ["stops responding at the recipient", "recipient", "silence"],
    ["requires a login at the recipient", "recipient", 530],
    ["closes with a 421 instead of its final reply", "message", 421],
  ] as Array<[string, Stage, number | "cut" | "silence"]>) {
    it(`use the second in the same attempt if the first ${what}`, async () => {
      const { first, second, transport } = await openTwo({ login: "acme:open-sesame" });
      first.script = (moment) => (moment.at === at ? reply : 250);

      await transport.send(message());

      assert.deepEqual([first.kept.length, second.kept.length], [0, 1]);
    });
  }

  for (const [what, at, reply] of [
    ["refuses the recipient permanently", "recipient", 550],
    ["defers the recipient", "recipient", 450],
    ["refuses the email permanently", "message", 554],
    ["defers the email", "message", 451],
    ["may have accepted the email and cut the connection", "message", "cut"],
    ["may have accepted the email and does not reply", "message", "silence"],
  ] as Array<[string, Stage, number | "cut" | "silence"]>) {
    it(`do not use the second if the first ${what} (M3)`, async () => {
      const { first, second, transport } = await openTwo();
      first.script = (moment) => (moment.at === at ? reply : 250);

      const failure = await failureOf(transport);

      assert.equal(failure.mayHaveLeft, typeof reply === "string");
      assert.equal(failure.isOutage, false);
      assert.equal(second.times("greeting"), 0);
    });
  }

  it("skip a failed server, probe it after a delay, and use it again after it recovers", async () => {
    const { first, second, transport, pass } = await openTwo();
    await first.stop();
    await transport.send(message());
    await first.start();

    await transport.send(message());
    assert.deepEqual([first.kept.length, second.kept.length], [0, 2]);
    pass(MINUTE);
    await transport.send(message());
    await transport.send(message());

    assert.deepEqual([first.kept.length, second.kept.length], [2, 2]);
  });

  it("are both tried before an email is postponed, and together count as an outage", async () => {
    const { first, second, transport } = await openTwo();
    await first.stop();
    await second.stop();

    const failures = [await failureOf(transport), await failureOf(transport)];
    await second.start();
    await transport.send(message());

    assert.deepEqual(
      failures.map(({ isOutage }) => isOutage),
      [true, true],
    );
    assert.equal(second.kept.length, 1);
  });

  it("report no outage for one email if another email is accepted (M2)", async () => {
    const first = await openFaultyMailServer();
    first.script = ({ verb, socket }) => {
      if (verb === "RCPT") socket.destroy();
      return undefined;
    };
    const second = await openMailServer();
    await second.stop();

    const failure = await failureOf(shortTimeoutTransport([first.url, second.url]));

    assert.deepEqual([failure.isOutage, failure.mayHaveLeft], [false, false]);
  });
});

async function openTwo(options: Parameters<typeof openMailServer>[0] = {}) {
  const servers: [MailServer, MailServer] = [await openMailServer(options), await openMailServer(options)];
  const [first, second] = servers;
  const log: Array<Record<string, unknown>> = [];
  let now = 0;
  const transport = shortTimeoutTransport([first.url, second.url], {
    now: () => now,
    log: { error: (fields) => void log.push({ ...fields }) },
    limits: { openMs: 3_000, handOverMs: 3_000, finalMs: 9_000 },
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return { first, second, transport, log, pass };
}
