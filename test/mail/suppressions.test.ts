import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY, HOUR } from "../../src/lib/clock.ts";
import type { MailServer } from "../support/mail-server.ts";
import { maskedHeaders } from "../support/masked.ts";
import type { App } from "../support/open-app.ts";
import { openAppOverSmtp } from "../support/open-app-over-smtp.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";

const ANNA = "anna@example.com";

describe("An address that the mail server refuses permanently", { concurrency: true }, () => {
  it("is stored with the server's answer, in the suppression list and in the events (M2)", async () => {
    const { app, server, rows, mailed } = await open();
    refuse(server, 550);

    await mailed(ANNA);

    const [bounce] = await rows("select email, answer, times, last_at from latchkey_suppressions");
    assert.deepEqual({ ...bounce, answer: "" }, { email: ANNA, answer: "", times: 1, last_at: app.now() });
    assert.match(String(bounce?.answer), /^550 .*the script says 550/);
    assert.deepEqual(
      (await rows("select email from latchkey_events where kind = 'email-bounced'")).map(({ email }) => email),
      ["a•••@example.com"],
    );
    assert.match(String((await rows("select answer from latchkey_outbox where state = 'failed'"))[0]?.answer), /^550/);
  });

  it("is tried again for the next email, and removed after it accepts one", async () => {
    const { server, rows, mailed } = await open();
    refuse(server, 550);
    await mailed(ANNA);
    await mailed(ANNA);
    assert.deepEqual(
      (await rows("select times from latchkey_suppressions")).map(({ times }) => times),
      [2],
    );
    server.script = () => 250;

    await mailed(ANNA);

    assert.equal(server.kept.length, 1);
    assert.deepEqual(await rows("select * from latchkey_suppressions"), []);
  });

  it("is removed after 30 days by the purge", async () => {
    const { app, server, rows, mailed } = await open();
    refuse(server, 550);
    await mailed(ANNA);

    app.pass(30 * DAY - HOUR);
    await app.deliver();
    assert.equal((await rows("select * from latchkey_suppressions")).length, 1);
    app.pass(HOUR);
    await app.deliver();

    assert.deepEqual(await rows("select * from latchkey_suppressions"), []);
  });

  for (const [what, at, code] of [
    ["is only deferred", "recipient", 450],
    ["is accepted while the message is refused", "message", 554],
    ["was not submitted because the sender was refused", "sender", 550],
    ["is refused without a login", "recipient", 530],
  ] as const) {
    it(`is not assumed for an address that ${what}`, async () => {
      const { server, rows, mailed } = await open();
      server.script = (moment) => (moment.at === at ? code : 250);

      await mailed(ANNA);

      assert.deepEqual(await rows("select * from latchkey_suppressions"), []);
      assert.deepEqual(await rows("select * from latchkey_events where kind = 'email-bounced'"), []);
    });
  }

  it("does not change any response (S2)", async () => {
    const { app, server, mailed } = await open();
    const response = async (email: string) => {
      const { status, headers, body } = await app.client().send("/forgot-password", { email });
      return { status, body, headers: maskedHeaders(headers).filter(([name]) => name !== "date") };
    };
    refuse(server, 550);
    await mailed(ANNA);

    assert.deepEqual(await response(ANNA), await response("bob@example.com"));
  });
});

function refuse(server: MailServer, code: number): void {
  server.script = ({ at }) => (at === "recipient" ? code : 250);
}

async function open() {
  const database = await freshDatabase();
  const { app, server } = await openAppOverSmtp({ database });
  const sql = await openRaw(database);
  return { app, server, rows: sql.rows, mailed: (email: string) => mailed(app, email) };
}

async function mailed(app: App, email: string): Promise<void> {
  await app.client().post("/sign-up", { email });
  await app.deliver();
}
