import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openApp, signUp } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { REQUEST_PATHS } from "../support/requests.ts";

const ANNA = "anna@example.com";

describe("An email that the owner of a disabled account requests", () => {
  for (const [kind, path] of Object.entries(REQUEST_PATHS)) {
    it(`is closed and not sent: ${kind} (S1, Z3)`, async () => {
      const database = await freshDatabase();
      const app = await openApp({ database });
      await signUp(app, ANNA);
      const sql = await openRaw(database);
      await sql.rows("update latchkey_accounts set disabled_at = 1");
      await sql.rows("delete from latchkey_outbox");
      const before = app.mails.length;

      await app.client().send(path, { email: ANNA });
      await app.deliver();

      assert.equal(app.mails.length, before);
      assert.deepEqual(
        (await sql.rows("select state from latchkey_outbox")).map(({ state }) => state),
        ["closed"],
      );
      assert.deepEqual(await sql.rows("select * from latchkey_tokens where ended_at is null"), []);
    });
  }
});
