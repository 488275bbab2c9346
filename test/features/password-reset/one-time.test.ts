import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openApp, requestReset, signUp } from "../../support/open-app.ts";
import { freshDatabase } from "../../support/open-store.ts";
import { openRaw } from "../../support/raw-database.ts";

describe("A password reset with a clock that moves at every reading", () => {
  it("writes one time in all rows of its transaction", async () => {
    const database = await freshDatabase();
    let time = Date.UTC(2026, 0, 15, 9, 0, 0);
    const app = await openApp({ database, clock: () => time++ });
    await signUp(app, "anna@example.com");
    await requestReset(app, "anna@example.com");
    const link = await requestReset(app, "anna@example.com");
    const phone = app.client();
    await phone.open(link);

    await phone.submit({ password: "a new and rather long password" });

    assert.equal(phone.path, "/users/me");
    const { rows } = await openRaw(database);
    const written = await rows(`
      select 'session' as what, created_at as at from latchkey_sessions
      union all select end_reason, ended_at from latchkey_tokens where purpose = 'password-reset'
      union all select kind, created_at from latchkey_outbox where kind = 'password-changed'
      union all select kind, at from latchkey_events where kind = 'password-reset'`);
    assert.deepEqual(written.map(({ what }) => what).toSorted(), [
      ...["password-changed", "password-reset", "replaced", "session", "used"],
    ]);
    assert.equal(new Set(written.map(({ at }) => Number(at))).size, 1, JSON.stringify(written));
  });
});
