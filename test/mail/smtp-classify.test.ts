import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { classifyMessageError, type Dialogue } from "../../src/mail/smtp/classify.ts";

const DIALOGUE: Dialogue = {
  from: "no-reply@acme.example",
  to: "anna@example.com",
  helo: "accounts.acme.example",
  isLoggedIn: false,
};

/** What an error means: `recipient` also records a bounce, `server` asks another server, `email` is this email's alone. */
const CASES: Array<{ command: string; reply: string; isLoggedIn?: boolean; is: string }> = [
  { command: "MAIL FROM", reply: "552 5.3.4 Message size exceeds fixed limit", is: "permanent" },
  { command: "MAIL FROM", reply: "550 5.7.1 Rejected", is: "outage" },
  { command: "MAIL FROM", reply: "451 4.7.1 Try again later", is: "temporary" },
  { command: "DATA", reply: "550 5.1.1 No such user", is: "permanent bounce" },
  { command: "DATA", reply: "552 5.2.2 Mailbox full", is: "permanent bounce" },
  { command: "DATA", reply: "554 5.7.1 Rejected as spam", is: "permanent" },
  { command: "RCPT TO", reply: "550 Unknown user", is: "permanent bounce" },
  { command: "RCPT TO", reply: "503 5.5.1 Bad sequence of commands", is: "temporary server" },
  { command: "RCPT TO", reply: "421 4.3.2 Closing", is: "temporary server" },
  { command: "DATA", reply: "421 4.7.0 Closing", is: "temporary server" },
  { command: "RCPT TO", reply: "530 5.7.0 Must log in first", is: "outage" },
  { command: "RCPT TO", reply: "530 5.7.0 Must log in first", isLoggedIn: true, is: "temporary server" },
  { command: "RCPT TO", reply: "535 5.7.8 Bad credentials", is: "temporary server" },
  { command: "DATA", reply: "550 5.1.8 Bad sender's system address", is: "outage" },
  { command: "RCPT TO", reply: "550 accounts.acme.example is on a block list", is: "outage" },
  { command: "RCPT TO", reply: "550 mail.accounts.acme.example is on a block list", is: "permanent bounce" },
  { command: "RCPT TO", reply: "550 accounts.acme.example.org is on a block list", is: "permanent bounce" },
  { command: "RCPT TO", reply: "550 no-reply@acme.example is not welcome", is: "outage" },
];

describe("classifyMessageError", () => {
  for (const { command, reply, isLoggedIn = false, is } of CASES) {
    it(`finds ${is}: ${reply}, after ${command}${isLoggedIn ? " with a login" : ""} (M2, M7)`, () => {
      const error = { response: reply, responseCode: Number(reply.slice(0, 3)), command, message: reply };

      const failure = classifyMessageError(error, { ...DIALOGUE, isLoggedIn }, { wasHandedOver: false });

      const kind = failure.isOutage ? "outage" : failure.isPermanent ? "permanent" : "temporary";
      const servers = failure.isServers && !failure.isOutage ? " server" : "";
      assert.equal(`${kind}${failure.isBounce ? " bounce" : ""}${servers}`, is);
      assert.equal(failure.mayHaveLeft, false);
    });
  }

  it("finds that an email may have left if no reply came after its last byte (M3)", () => {
    const error = { message: "Connection closed" };

    const failure = classifyMessageError(error, DIALOGUE, { wasHandedOver: true });

    assert.deepEqual([failure.mayHaveLeft, failure.isPermanent, failure.isServers], [true, false, false]);
  });
});
