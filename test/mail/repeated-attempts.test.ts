import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY, HOUR } from "../../src/lib/clock.ts";
import { SendError } from "../../src/mail/transport.ts";
import type { TestClient } from "../support/client.ts";
import { openApp, PASSWORD, signUp } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";

const ANNA = "anna@example.com";
const NEW_PASSWORD = "a new and rather long password";

describe("An email that may have been accepted (M8)", () => {
  it("is repeated if its link was not used", async () => {
    const { app, rows } = await setUp("/forgot-password");

    app.pass(HOUR);
    await app.deliver();

    assert.deepEqual(await rows(), ["password-reset sent"]);
  });

  for (const path of ["/forgot-password", "/sign-in-link"]) {
    it(`is not repeated if its link was used: ${path}`, async () => {
      const { app, rows, asker } = await setUp(path);
      const kind = path === "/forgot-password" ? "password-reset" : "sign-in-link";
      await useLink(asker, app.lastLink());
      const before = app.mails.length;

      app.pass(HOUR);
      await app.deliver();

      assert.ok((await rows()).includes(`${kind} closed`));
      assert.deepEqual(
        app.mails.slice(before).map(({ text }) => /\/(reset-password|sign-in-link)\//.test(text)),
        [false],
      );
    });
  }
});

describe("A reset of an account", () => {
  it("closes the link emails of its address that still wait, and no email of another (guarantee 4)", async () => {
    const { app, rows, asker } = await setUp("/forgot-password");
    const link = app.lastLink();
    for (const [path, email] of [
      ["/forgot-password", ANNA],
      ["/sign-in-link", ANNA],
      ["/forgot-password", "bob@example.com"],
    ] as const) {
      await app.client().send(path, { email });
    }
    await useLink(asker, link);

    assert.deepEqual(await rows(), [
      "password-changed due",
      "password-reset closed",
      "password-reset closed",
      "password-reset due",
      "sign-in-link closed",
    ]);
  });
});

describe("A password change", () => {
  it("leaves a reset email that waits: an attacker inside the account cannot cancel it", async () => {
    const { app, rows, owner } = await setUp("/forgot-password");

    await owner.send("/users/me/password", { current_password: PASSWORD, password: NEW_PASSWORD });

    assert.ok((await rows()).includes("password-reset due"));
    app.pass(DAY / 24);
    await app.deliver();
    assert.ok((await rows()).includes("password-reset sent"));
  });
});

async function useLink(browser: TestClient, link: string): Promise<void> {
  await browser.open(link);
  await browser.submit(link.startsWith("/reset-password/") ? { password: NEW_PASSWORD } : {});
}

/** An app in which the email that `path` requests arrived, and the server's answer to it was lost. */
async function setUp(path: string) {
  const database = await freshDatabase();
  const server = { failure: null as SendError | null };
  const app = await openApp({
    database,
    transport: {
      async send(message) {
        app.mails.push(message);
        if (server.failure) throw server.failure;
        return "250 kept";
      },
    },
  });
  const owner = await signUp(app, ANNA);
  const sql = await openRaw(database);
  await app.deliver();
  await sql.rows("delete from latchkey_outbox");
  server.failure = new SendError("no answer after the final dot", { mayHaveLeft: true });
  const asker = app.client();
  await asker.send(path, { email: ANNA });
  await app.deliver();
  server.failure = null;
  const rows = async () =>
    (await sql.rows("select kind, state from latchkey_outbox")).map(({ kind, state }) => `${kind} ${state}`).sort();
  return { app, owner, asker, rows };
}
