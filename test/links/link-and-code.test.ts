import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { codeIn } from "../support/instrumented-app.ts";
import { linkIn, openApp, requestReset, signUp } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { until } from "../support/until.ts";
import { assertSays, words } from "../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";

describe("The link and the code of one email", () => {
  it("are both valid or both revoked, also if all links are revoked while the email is prepared (T6)", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database });
    const sql = await openRaw(database);
    const owner = await signUp(app, "anna@example.com");
    await owner.open(await requestReset(app, "anna@example.com"));
    await owner.submit({ password: NEW_PASSWORD });
    await app.deliver();
    const objection = app.lastLink();
    const requester = app.client();
    await requester.post("/forgot-password", { email: "anna@example.com" });

    // Concurrent sign-ins fill the hashing queue.
    const others = Array.from({ length: 30 }, (_, i) => {
      return app.client().send("/sign-in", { email: `other${i}@example.com`, password: NEW_PASSWORD });
    });
    const delivered = app.deliver();
    const claimed = async () =>
      (await sql.rows("select 1 from latchkey_outbox where state = 'due' and attempts = 1")).length > 0;
    await until("the email is being prepared", claimed, { every: 1 });
    await owner.open(objection);
    await owner.submit({});
    assertSays(owner.text, words.secure.done);
    await delivered;
    await Promise.all(others);

    const mail = app.mails.findLast(({ text }) => codeIn(text) !== null);
    const link = await app.client().open(linkIn(mail?.text ?? ""));
    await requester.post("/code", { code: codeIn(mail?.text ?? "") ?? "" });
    const isCodeValid = requester.path.startsWith("/reset-password/");
    assert.equal(isCodeValid, link.status === 200, `code ${isCodeValid ? "valid" : "revoked"}, link ${link.status}`);
  });
});
