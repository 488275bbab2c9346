import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HOUR, MINUTE, SECOND } from "../../src/lib/clock.ts";
import type { Transport } from "../../src/mail/transport.ts";
import type { Options } from "../../src/options/options.ts";
import { type App, openApp, PASSWORD, signUp } from "../support/open-app.ts";

describe("Bulk email", () => {
  it("is released at the configured rate, and missed time is not made up", async () => {
    const { app, invite } = await startServerWithAccounts();
    await invite(1_000);
    const step = app.latchkey.operator.mail.bulkRelease(600);

    const went: number[] = [];
    while (went.length < 5) {
      went.push((await step()).many);
      await app.deliver();
      app.pass(SECOND);
    }
    app.pass(HOUR);
    const afterAnHour = await step();

    assert.deepEqual(went, [1, 10, 10, 10, 10]);
    assert.equal(afterAnHour.many, 20, "two seconds' worth at the most");
    assert.equal(app.mails.length, 41);
  });

  it("is delivered completely with a small daily budget, because no more is released than a day allows", async () => {
    const { app, invite } = await startServerWithAccounts({ limits: { mailsPerDay: 10 } });
    await invite(40);
    const step = app.latchkey.operator.mail.bulkRelease(600);

    for (let hour = 0; hour < 7 * 24; hour += 1) {
      for (let i = 0; i < 5; i += 1) {
        await step();
        app.pass(SECOND);
      }
      await app.deliver();
      app.pass(HOUR);
    }

    assert.equal(new Set(app.mails.map(({ to }) => to)).size, 40);
    assert.deepEqual(await app.latchkey.operator.mail.held(), { held: 0, underWay: 0 });
  });

  it("is not released while earlier bulk email is undelivered", async () => {
    const { app, invite } = await startServerWithAccounts();
    await invite(100);
    const step = app.latchkey.operator.mail.bulkRelease(20);
    let release = 0;
    for (let minute = 0; minute < 50; minute += 1) {
      release += (await step()).many;
      app.pass(MINUTE);
    }
    const waiting = await step();

    assert.equal(release, 20);
    assert.deepEqual(waiting, { many: 0, isWaiting: true });
    await app.deliver();
    assert.equal((await step()).isWaiting, false);
  });

  it("does not delay requested email, although it was due earlier and is delivered slowly", async () => {
    const waitingGot = Promise.withResolvers<void>();
    const first: string[] = [];
    const transport: Transport = {
      async send({ to }) {
        if (to.startsWith("person")) await waitingGot.promise;
        if (first.push(to) === 2) waitingGot.resolve();
        return "250 kept";
      },
    };
    const app = await openApp({ transport });
    await app.latchkey.operator.invite(names(20));
    const step = app.latchkey.operator.mail.bulkRelease(60_000);
    for (let release = 0; release < 20; app.pass(SECOND)) release += (await step()).many;
    await app.visit().signUp.request({ email: "anna@example.com" });
    await app.visit().signUp.request({ email: "bob@example.com" });

    await app.deliver();

    assert.deepEqual(first.slice(0, 2).toSorted(), ["anna@example.com", "bob@example.com"]);
    assert.equal(first.length, 22);
  });

  it("is not sent to an account that has a password by then", async () => {
    const { app } = await startServerWithAccounts();
    await app.latchkey.operator.invite([{ line: 2, email: "carol@example.com" }]);
    await app.visit().passwordReset.request({ email: "carol@example.com" });
    await app.deliver();
    const carol = app.client();
    await carol.open(app.lastLink());
    await carol.submit({ password: PASSWORD });
    await app.deliver();
    app.mails.length = 0;

    await app.latchkey.operator.mail.bulkRelease(60)();
    await app.deliver();

    assert.deepEqual(app.mails, []);
    const [mail] = await app.latchkey.operator.mail.list({ to: "carol@example.com", state: "closed", atMost: 1 });
    assert.equal(mail?.answer, "a password has been chosen since");
  });

  it("of a reset is not sent to disabled accounts, whose passwords are removed too", async () => {
    const { app } = await startServerWithAccounts();
    const { account, resetAll, mail } = app.latchkey.operator;
    await account.disable("anna@example.com");

    for await (const _ of resetAll.endEverything(await resetAll.begin()));
    await mail.bulkRelease(60)();
    await app.deliver();
    await account.enable("anna@example.com");

    assert.deepEqual(app.mails, []);
    assert.deepEqual(await app.visit().signIn({ email: "anna@example.com", password: PASSWORD }), { kind: "refused" });
  });

  it("does not prevent a new bulk reset if only invitations are held", async () => {
    const { app, invite } = await startServerWithAccounts();
    const { resetAll, mail } = app.latchkey.operator;
    for await (const _ of resetAll.endEverything(await resetAll.begin()));
    assert.deepEqual(await resetAll.state(), { kind: "mailing", held: 1 });

    await mail.bulkRelease(60)();
    await invite(5);

    assert.deepEqual(await resetAll.state(), { kind: "none" });
  });
});

/** An app with one account, whose emails are received. */
async function startServerWithAccounts(
  options: Partial<Options> = {},
): Promise<{ app: App; invite: (many: number) => Promise<void> }> {
  const app = await openApp(options);
  await signUp(app, "anna@example.com");
  app.mails.length = 0;
  return {
    app,
    async invite(many) {
      assert.equal((await app.latchkey.operator.invite(names(many))).kind, "done");
    },
  };
}

function names(many: number): Array<{ line: number; email: string }> {
  return Array.from({ length: many }, (_, i) => ({ line: i + 2, email: `person${i}@example.com` }));
}
