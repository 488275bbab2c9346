import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openFaultyMailServer } from "../support/faulty-mail-server.ts";
import { failureOf, message, shortTimeoutTransport } from "../support/message.ts";

const FROM = "no-reply@acme.example";
const HELO = "accounts.acme.example";

/** Replies of real servers that refuse the sender, the relaying or the HELO name: none of them is about the recipient. */
const OURS: Array<[verb: string, reply: string]> = [
  ["RCPT", `550 5.1.0 <${FROM}>: Sender address rejected: User unknown in virtual mailbox table`],
  ["RCPT", `553 5.7.1 <${FROM}>: Sender address rejected: not owned by user acme`],
  ["RCPT", "554 5.7.1 <anna@example.com>: Relay access denied"],
  ["RCPT", `504 5.5.2 <${HELO}>: Helo command rejected: need fully-qualified hostname`],
  ["RCPT", "550 5.7.60 SMTP; Client does not have permissions to send as this sender"],
  ["RCPT", "530 5.7.0 Authentication Required"],
  [".", "554 5.2.252 SendAsDenied; acme not allowed to send as no-reply"],
  [".", "550 5.1.8 Access denied, bad outbound sender"],
  [".", "550 5.1.7 Bad sender's mailbox address syntax"],
  [".", `554 Message rejected: Email address is not verified. The following identities failed the check: ${FROM}`],
];
const THEIRS: Array<[verb: string, reply: string]> = [
  ["RCPT", "550 5.1.1 <anna@example.com>: Recipient address rejected: User unknown"],
  ["RCPT", "550 5.2.1 The account is disabled"],
  [".", "554 5.7.1 Message rejected as spam"],
  ["RCPT", "550 5.1.1 <anna@mail.accounts.acme.example>: unknown"],
];

describe("A permanent refusal over SMTP", { concurrency: true }, () => {
  for (const [isOutage, replies] of [
    [true, OURS],
    [false, THEIRS],
  ] as const) {
    for (const [verb, reply] of replies) {
      it(`is ${isOutage ? "an outage and no bounce" : "final"}: ${verb} ${reply} (M7)`, async () => {
        const server = await openFaultyMailServer();
        server.script = (said) => (said.verb === verb ? reply : undefined);

        const failure = await failureOf(shortTimeoutTransport(server.url, { helo: HELO }));

        assert.deepEqual([failure.isOutage, failure.isPermanent], [isOutage, !isOutage]);
        if (isOutage) assert.equal(failure.isBounce, false);
      });
    }
  }

  it("of a recipient at the sender's own domain is final, although it contains the HELO name (M7)", async () => {
    const server = await openFaultyMailServer();
    server.script = ({ verb }) => (verb === "RCPT" ? `550 5.1.1 <bob@${HELO}>: User unknown` : undefined);

    const failure = await failureOf(shortTimeoutTransport(server.url, { helo: HELO }), message(`bob@${HELO}`));

    assert.deepEqual([failure.isBounce, failure.isOutage], [true, false]);
  });

  it("of an address that resembles a refusal to relay is final (M7)", async () => {
    const to = "relay.access.denied@example.com";
    const server = await openFaultyMailServer();
    server.script = ({ verb }) => (verb === "RCPT" ? `550 5.1.1 <${to}>: User unknown` : undefined);

    const failure = await failureOf(shortTimeoutTransport(server.url, { helo: HELO }), message(to));

    assert.deepEqual([failure.isBounce, failure.isOutage], [true, false]);
  });

  it("is cleaned of control and escape characters (M9)", async () => {
    const server = await openFaultyMailServer();
    server.script = ({ verb }) => (verb === "RCPT" ? "550 5.1.1 no\0 \u001b[31mred\u001b]0;title\u0007" : undefined);

    const failure = await failureOf(shortTimeoutTransport(server.url));

    assert.doesNotMatch(failure.message, /\p{Cc}/u);
    assert.match(failure.message, /^550 5\.1\.1 no/);
  });
});

describe("SMTP login", { concurrency: true }, () => {
  it("is an outage with instructions if it is configured and not offered", async () => {
    const server = await openFaultyMailServer();

    const failure = await failureOf(shortTimeoutTransport(server.url.replace("//", "//user:password@")));

    assert.equal(failure.isOutage, true);
    assert.match(failure.message, /the server offers no login here \(use STARTTLS \/ port 587\?\)/);
    assert.equal(server.times("MAIL"), 0);
  });

  it("is an outage with the reason if only OAuth is offered", async () => {
    const server = await openFaultyMailServer(["AUTH XOAUTH2"]);

    const failure = await failureOf(shortTimeoutTransport(server.url.replace("//", "//user:password@")));

    assert.equal(failure.isOutage, true);
    assert.match(failure.message, /offers only XOAUTH2/);
    assert.equal(server.times("AUTH"), 0);
  });
});

describe("The SMTP client", { concurrency: true }, () => {
  it("sends the configured EHLO name", async () => {
    const server = await openFaultyMailServer();
    const lines: string[] = [];
    server.script = ({ verb, line }) => {
      if (verb === "EHLO") lines.push(line);
      return undefined;
    };

    await shortTimeoutTransport(server.url, { helo: HELO }).send(message());

    assert.deepEqual(lines, [`EHLO ${HELO}`]);
  });

  it("names the right port if smtps: is used where STARTTLS is expected", async () => {
    const server = await openFaultyMailServer();

    const failure = await failureOf(shortTimeoutTransport(server.url.replace("smtp:", "smtps:")));

    assert.equal(failure.isOutage, true);
    assert.match(failure.message, /smtps:\/\/ is for port 465, smtp:\/\/ for port 587/);
  });

  it("resolves the host with the system resolver", async () => {
    const server = await openFaultyMailServer();

    await shortTimeoutTransport(server.url.replace("127.0.0.1", "localhost")).send(message());

    assert.equal(server.mails.length, 1);
  });
});
