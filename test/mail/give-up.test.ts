import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SendError, type Transport } from "../../src/mail/transport.ts";
import { openApp, signUp } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";

const ANNA = "anna@example.com";

describe("An email that is due", () => {
  it("is sent in the last millisecond before it is given up (M4)", async () => {
    const setup = await setUp();
    setup.app.pass((await setup.giveUpAt()) - setup.app.now() - 1);

    await setup.app.deliver();

    assert.equal((await setup.row()).state, "sent");
  });

  it("is given up, and no link is minted, at that moment (M4)", async () => {
    const setup = await setUp();
    setup.app.pass((await setup.giveUpAt()) - setup.app.now());

    await setup.app.deliver();

    assert.equal((await setup.row()).state, "failed");
    assert.deepEqual(await setup.sql.rows("select * from latchkey_tokens where ended_at is null"), []);
  });

  it("is attempted 100 times and no more", async () => {
    const [last, over] = [await setUp(), await setUp()];
    await last.sql.rows("update latchkey_outbox set attempts = 99");
    await over.sql.rows("update latchkey_outbox set attempts = 100");

    await last.app.deliver();
    await over.app.deliver();

    assert.deepEqual([(await last.row()).state, (await over.row()).state], ["sent", "failed"]);
  });
});

describe("The log of a failed delivery", () => {
  for (const [what, failure] of Object.entries({
    "a refusal": new SendError(`550 <${ANNA}> and ${ANNA.toUpperCase()}`, { isPermanent: true }),
    "a temporary failure": new SendError(`450 <${ANNA}>`),
    "an outage": new SendError(`550 <${ANNA}>`, { isOutage: true }),
  })) {
    it(`masks the address that the answer repeats: ${what} (K1)`, async () => {
      const setup = await setUp();
      setup.server.failure = failure;

      await setup.app.deliver();

      assert.match(setup.log(), /a•••@example\.com/);
      assert.doesNotMatch(setup.log(), /anna@example\.com/i);
    });
  }

  it("masks the address in the answer to the probe of a request that needs no email (K1)", async () => {
    const setup = await setUp("unknown@example.com");
    setup.server.failure = new SendError("450 <unknown@example.com>", { isOutage: true });

    await setup.app.deliver();

    assert.match(setup.log(), /u•••@example\.com/);
    assert.doesNotMatch(setup.log(), /unknown@example\.com/);
  });
});

/** An app with a queued reset email, and a mail server that fails as configured. */
async function setUp(email = ANNA) {
  const database = await freshDatabase();
  const lines: string[] = [];
  const note = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }));
  const server = { failure: null as SendError | null };
  const fail = () => {
    if (server.failure) throw server.failure;
  };
  const transport: Transport = {
    async send(message) {
      fail();
      app.mails.push(message);
      return "250 kept";
    },
    rehearse: async () => fail(),
  };
  const app = await openApp({ database, transport, logger: { info: note, error: note } });
  await signUp(app, ANNA);
  await app.client().send("/forgot-password", { email });
  const sql = await openRaw(database);
  await sql.rows("delete from latchkey_outbox where state <> 'due'");
  lines.length = 0;
  const row = async () => (await sql.rows("select * from latchkey_outbox"))[0] ?? {};
  return {
    app,
    sql,
    server,
    row,
    giveUpAt: async () => Number((await row()).give_up_at),
    log: () => lines.join("\n"),
  };
}
