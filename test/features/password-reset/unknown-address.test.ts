import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY } from "../../../src/lib/clock.ts";
import { type App, openApp, signUp } from "../../support/open-app.ts";
import { freshDatabase } from "../../support/open-store.ts";
import { openRaw } from "../../support/raw-database.ts";
import { mailWords, PRODUCT } from "../../support/words.ts";

const UNKNOWN = "unknown@example.com";
const SUBJECT = mailWords.unknown.subject(PRODUCT);

describe("A reset or a sign-in link for an address without an account", () => {
  it("sends no email by default (S1)", async () => {
    const app = await openApp();
    await request(app, UNKNOWN);

    assert.deepEqual(app.mails, []);
  });

  it("sends an email that says so where it is switched on, once a day for each address", async () => {
    const app = await openApp({ mail: { unknownAddress: true } });
    for (const path of ["/forgot-password", "/sign-in-link", "/forgot-password"]) {
      const answer = await app.client().send(path, { email: UNKNOWN });
      assert.equal(answer.status, 303);
      await app.deliver();
    }
    assert.deepEqual(
      app.mails.map(({ to, subject }) => [to, subject]),
      [[UNKNOWN, SUBJECT]],
    );
    assert.match(app.mails[0]?.text ?? "", /\/forgot-password/);

    app.pass(DAY);
    await request(app, UNKNOWN);

    assert.equal(app.mails.length, 2);
  });

  it("erases the address once the email has left", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database, mail: { unknownAddress: true } });
    await request(app, UNKNOWN);

    const [row] = await (await openRaw(database)).rows("select email, state from latchkey_outbox");
    assert.deepEqual({ ...row }, { email: "u•••@example.com", state: "sent" });
  });

  it("sends the usual email to an address with an account, and none to a disabled one", async () => {
    const app = await openApp({ mail: { unknownAddress: true } });
    await signUp(app, "anna@example.com");
    await app.latchkey.operator.account.disable("anna@example.com");
    const before = app.mails.length;
    await request(app, "anna@example.com");

    assert.deepEqual(
      app.mails.slice(before).map(({ subject }) => subject),
      [],
    );
  });
});

async function request(app: App, email: string): Promise<void> {
  await app.client().send("/forgot-password", { email });
  await app.deliver();
}
