import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE } from "../../src/lib/clock.ts";
import { openFaultyMailServer } from "../support/faulty-mail-server.ts";
import { type MailServer, openMailServer, type Stage } from "../support/mail-server.ts";
import { failureOf, message, shortTimeoutTransport } from "../support/message.ts";

describe("Of two mail servers", { concurrency: true }, () => {
  it("the first is used while it works", async () => {
    const { first, second, transport } = await openTwo();

    for (let i = 0; i < 3; i += 1) await transport.send(message());

    assert.deepEqual([first.kept.length, second.kept.length], [3, 0]);
  });

  it("the second is used in the same attempt where the first refuses connections", async () => {
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
    ["says nothing", "greeting", "silence"],
    ["refuses our login with a 535", "login", 535],
    ["refuses our sender", "sender", 550],
    ["is closing, with a 421 in the middle", "recipient", 421],
    ["cuts the connection in the middle", "recipient", "cut"],
    ["stands still in the middle", "recipient", "silence"],
    ["asks for a login at the recipient", "recipient", 530],
    ["is closing, with a 421 in place of its last answer", "message", 421],
  ] as Array<[string, Stage, number | "cut" | "silence"]>) {
    it(`the second is used in the same attempt where the first ${what}`, async () => {
      const { first, second, transport } = await openTwo({ login: "acme:open-sesame" });
      first.script = (moment) => (moment.at === at ? reply : 250);

      await transport.send(message());

      assert.deepEqual([first.kept.length, second.kept.length], [0, 1]);
    });
  }

  for (const [what, at, reply] of [
    ["refuses the recipient for good", "recipient", 550],
    ["defers the recipient", "recipient", 450],
    ["refuses the mail for good", "message", 554],
    ["defers the mail", "message", 451],
    ["may have taken the mail, and cut off its answer", "message", "cut"],
    ["may have taken the mail, and says nothing", "message", "silence"],
  ] as Array<[string, Stage, number | "cut" | "silence"]>) {
    it(`the second is not asked where the first ${what} (M3)`, async () => {
      const { first, second, transport } = await openTwo();
      first.script = (moment) => (moment.at === at ? reply : 250);

      const failure = await failureOf(transport);

      assert.equal(failure.mayHaveLeft, typeof reply === "string");
      assert.equal(failure.isOutage, false);
      assert.equal(second.times("greeting"), 0);
    });
  }

  it("the one that failed is passed over, looked at again after a wait, and used again once it works", async () => {
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

  it("both are asked, whatever is known of them, before a mail has to wait, and together they are an outage", async () => {
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

  it("one that takes any other mail makes no outage of what it does to this one (M2)", async () => {
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
