import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY, HOUR, MINUTE } from "../../src/lib/clock.ts";
import type { Transport } from "../../src/mail/transport.ts";
import { SendError } from "../../src/mail/transport.ts";
import { emailsTo, linkTo, requestEmailChange } from "../support/email-change.ts";
import { maskedHeaders } from "../support/masked.ts";
import { openApp, PASSWORD, signUp } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";

const NEW_PASSWORD = "a new and rather long password";

describe("The daily email budget", () => {
  it("reserves shares: sign-ups use up to 70 %, resets up to 95 %, and notices all of it (L3)", async () => {
    const setup = await setUp(20);
    await setup.ask("/sign-up", "stranger", 16);
    assert.equal(await setup.sent("sign-up"), 14);

    await setup.ask("/forgot-password", "person", 8);
    assert.equal(await setup.sent("password-reset"), 5);

    const notice = await setup.changePassword();
    await setup.app.deliver();

    assert.equal(notice.status, 303);
    assert.equal(await setup.sent("password-changed"), 1);
  });

  it("cannot be used up with email changes to arbitrary addresses", async () => {
    const setup = await setUp(40);
    const owner = setup.app.client();
    await owner.post("/sign-in", { email: "owner@example.com", password: PASSWORD });
    await setup.useUp(28);

    await requestEmailChange(setup.app, owner, "stranger@new.example");
    assert.equal(await setup.sent("email-change"), 0);

    await setup.ask("/forgot-password", "person", 1);
    assert.equal(await setup.sent("password-reset"), 1);
  });

  for (const kind of ["password-changed", "signed-in-by-link", "email-changed", "email-change-undone"]) {
    it(`reserves its last emails for notices, also for a second one to one address within the day: ${kind} (L3)`, async () => {
      const setup = await setUp(40);
      await setup.useUp(38);
      await setup.ask("/forgot-password", "person", 1);
      assert.equal(await setup.sent("password-reset"), 0);

      await setup.put(kind, 2, { priority: 0 });
      await setup.app.deliver();

      assert.equal(await setup.sent(kind), 2);
    });
  }

  it("has room for the first reset of each address while a few addresses are flooded (L3)", async () => {
    const setup = await setUp(20);
    for (let i = 0; i < 6; i += 1) await setup.ask("/forgot-password", "person", 3);
    assert.equal(await setup.sent("password-reset"), 14);

    await setup.ask("/forgot-password", "person", 8);

    assert.equal(await setup.sent("password-reset"), 19);
  });

  it("has room for requested email during a bulk reset", async () => {
    const setup = await setUp(10);
    await setup.put("new-password-needed", 8, { priority: 1 });
    await setup.app.deliver();
    assert.equal(await setup.sent("new-password-needed"), 7);

    await setup.ask("/forgot-password", "person", 1);

    assert.equal(await setup.sent("password-reset"), 1);
  });

  it("does not count emails that did not leave", async () => {
    const setup = await setUp(20);
    setup.failing = true;
    await setup.ask("/forgot-password", "person", 8);
    setup.app.pass(5 * MINUTE);
    await setup.app.deliver();
    setup.failing = false;
    setup.app.pass(10 * MINUTE);

    await setup.app.deliver();

    assert.equal(await setup.sent("password-reset"), 8);
  });

  it("counts requests that need no email like emails, up to the share of sign-ups", async () => {
    const [unknown, known] = [await setUp(20), await setUp(20)];
    await unknown.ask("/forgot-password", "unknown", 8);
    await known.ask("/forgot-password", "person", 8);
    for (const setup of [unknown, known]) await setup.ask("/sign-up", "stranger", 16);
    assert.deepEqual([await unknown.sent("sign-up"), await known.sent("sign-up")], [6, 6]);

    await unknown.ask("/forgot-password", "unknown", 8);
    await unknown.ask("/forgot-password", "person", 8);

    assert.equal(await unknown.sent("password-reset"), 5, "the reserve is for accounts alone");
  });

  it("always has room for the reset after a security alert", async () => {
    const setup = await setUp(20);
    await setup.useUp(20);

    await setup.put("password-reset", 1, { priority: 0, data: '{"because":"security-alert"}' });
    await setup.app.deliver();

    assert.equal(await setup.sent("password-reset"), 1);
  });

  it("always has room for the undo link that an email change sends to the old address", async () => {
    const setup = await setUp(20);
    const owner = setup.app.client();
    await owner.post("/sign-in", { email: "owner@example.com", password: PASSWORD });
    await requestEmailChange(setup.app, owner, "new@example.com");
    await owner.open(linkTo(setup.app, "new@example.com", "email-change"));
    await owner.submit({});
    await setup.useUp(20);
    const before = emailsTo(setup.app, "new@example.com").length;

    await setup.app.deliver();

    assert.ok(linkTo(setup.app, "owner@example.com", "email-change-undo"));
    assert.equal(emailsTo(setup.app, "new@example.com").length, before, "the budget is used up");
  });

  it("counts bulk email apart, so that a bulk reset delays no requested reset", async () => {
    const setup = await setUp(10);
    await setup.put("new-password-needed", 8, { priority: 1 });
    await setup.app.deliver();
    await setup.ask("/forgot-password", "person", 1);

    await setup.ask("/forgot-password", "person", 1);

    assert.equal(await setup.sent("password-reset"), 2);
  });

  it("counts the fourth notice of a kind to one address in a day against the common share", async () => {
    const setup = await setUp(40);
    await setup.useUp(30);
    await setup.put("password-changed", 5, { priority: 0 });

    await setup.app.deliver();

    assert.equal(await setup.sent("password-changed"), 3);
  });

  it("restarts after a day", async () => {
    const setup = await setUp(20);
    await setup.ask("/sign-up", "stranger", 15);
    setup.app.pass(DAY - 1);
    await setup.ask("/sign-up", "early", 1);
    setup.app.pass(1);

    await setup.ask("/sign-up", "another", 13);

    assert.equal(await setup.sent("sign-up"), 28);
  });
});

describe("An email above the daily budget", () => {
  it("waits for the next day if its link is still valid then, and the outbox states the reason", async () => {
    const setup = await setUp(10);
    await setup.ask("/sign-up", "stranger", 6);
    setup.app.pass(HOUR);
    await setup.ask("/sign-up", "late", 3);
    const [waiting] = (await setup.waiting()).filter(({ state }) => state === "due");

    assert.equal(waiting?.answer, "daily email limit reached");
    assert.equal(waiting?.next_attempt_at, setup.openedAt + DAY);
    setup.app.pass(DAY - HOUR);
    await setup.app.deliver();

    assert.equal(await setup.sent("sign-up"), 9);
  });

  it("is given up if its link would have expired, in the outbox, the log and the audit log (L3)", async () => {
    const setup = await setUp(10);
    await setup.ask("/sign-up", "stranger", 7);
    await setup.ask("/forgot-password", "person", 8);
    const given = (await setup.waiting()).filter(({ state }) => state === "failed");

    assert.equal(await setup.sent("password-reset"), 3);
    assert.equal(given.length, 5);
    assert.deepEqual(new Set(given.map(({ answer }) => answer)), new Set(["daily email limit reached"]));
    assert.equal(await setup.rows("latchkey_events where kind = 'email-failed'"), 5);
    assert.equal(setup.log.filter((message) => message === "daily email limit reached").length, 5);
    assert.equal(await setup.rows("latchkey_tokens where purpose = 'password-reset'"), 3);
  });

  it("does not change the response to a request", async () => {
    const setup = await setUp(1);
    await setup.ask("/sign-up", "stranger", 1);

    const over = await setup.app.client().send("/forgot-password", { email: "person1@example.com" });
    const unknown = await setup.app.client().send("/forgot-password", { email: "nobody1@example.com" });

    assert.equal(over.status, 303);
    assert.deepEqual([maskedHeaders(over.headers), over.body], [maskedHeaders(unknown.headers), unknown.body]);
  });
});

/** An app with eight accounts, a fresh daily budget, and a second connection to its database. */
async function setUp(mailsPerDay: number) {
  const database = await freshDatabase();
  const log: string[] = [];
  const note = (_: object, message: string) => void log.push(message);
  const transport: Transport = {
    async send(message) {
      if (setup.failing) throw new SendError("no connection");
      app.mails.push(message);
      return "250 kept";
    },
  };
  const app = await openApp({
    database,
    limits: { requestsPerIp: "100000/1h", mailsPerAddress: "1000/1h", mailsPerDay },
    transport,
    logger: { info: note, error: note },
  });
  const sql = await openRaw(database);
  const setup = {
    app,
    log,
    failing: false,
    openedAt: 0,
    rows: async (table: string) => Number((await sql.rows(`select count(*) as n from ${table}`))[0]?.n),
    /** So many of them ask, and what is due is sent. */
    async ask(path: string, who: string, many: number) {
      for (let i = 1; i <= many; i += 1) await app.client().send(path, { email: `${who}${i}@example.com` });
      await app.deliver();
    },
    sent: (kind: string) => setup.rows(`latchkey_outbox where state = 'sent' and kind = '${kind}'`),
    waiting: () => sql.rows("select * from latchkey_outbox where state <> 'sent'"),
    /** Queues due emails: with priority 1 one per account, as a bulk reset does; otherwise all to one account. */
    async put(kind: string, many: number, { priority, data = "{}" }: { priority: number; data?: string }) {
      const mail = `insert into latchkey_outbox
        (id, kind, email, account_id, locale, data, state, priority, attempts, next_attempt_at, give_up_at, created_at)
        select ?, ?, email, id, 'en', ?, 'due', ?, 0, ?, ?, ? from latchkey_accounts where id = ?`;
      const now = app.now();
      for (let i = 1; i <= many; i += 1) {
        await sql.rows(
          mail,
          `${kind}${i}`,
          kind,
          data,
          priority,
          now,
          now + DAY,
          now,
          priority === 1 ? `id${i}` : "id1",
        );
      }
    },
    /** Records emails as already sent today. */
    async useUp(many: number) {
      await sql.rows("delete from latchkey_limits where key = 'mails of the day'");
      const insert = "insert into latchkey_limits (key, count, window_ends_at) values ('mails of the day', ?, ?)";
      await sql.rows(insert, many, app.now() + DAY);
    },
    changePassword: () => owner.send("/users/me/password", { current_password: PASSWORD, password: NEW_PASSWORD }),
  };

  const owner = await signUp(app, "owner@example.com");
  const insert = "insert into latchkey_accounts (id, email, created_at) values (?, ?, 0)";
  for (let i = 1; i <= 8; i += 1) await sql.rows(insert, `id${i}`, `person${i}@example.com`);
  await sql.rows("delete from latchkey_limits");
  await sql.rows("delete from latchkey_outbox");
  log.length = 0;
  setup.openedAt = app.now();
  return setup;
}
