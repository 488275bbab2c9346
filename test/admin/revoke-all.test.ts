import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HOUR } from "../../src/lib/clock.ts";
import { mintToken } from "../../src/links/tokens.ts";
import { insertSession } from "../../src/sessions/store.ts";
import { openApp, signUp } from "../support/open-app.ts";
import { freshDatabase, openStore } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import "../support/use-postgres.ts";

describe("Bulk revocation", () => {
  it("ends what existed at the start, and terminates while a writer keeps adding (issue: endless under traffic)", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database });
    const { query } = await openStore(database);
    const raw = await openRaw(database);
    const anna = await signUp(app, "anna@example.com");
    const account = (await raw.rows("select id from latchkey_accounts"))[0]?.id as string;
    const link = { purpose: "security-alert", accountId: account, lifetimeMs: HOUR, unlimited: true } as const;
    const addLink = (email: string) => mintToken(query, { ...link, email }, app.now());
    const addSession = (browser: string) =>
      insertSession(query, { accountId: `${browser} account`, method: "password", browser }, app.now());
    for (let i = 0; i < 40; i += 1) await addLink("before@example.com");
    await addSession("before");

    let added = 0;
    let isOver = false;
    const writing = (async () => {
      while (!isOver) {
        await Promise.all([addLink("during@example.com"), addSession("during")]);
        added += 1;
      }
    })();
    const links = await app.latchkey.operator.endAllLinks();
    const sessions = await app.latchkey.operator.endAllSessions();
    isOver = true;
    await writing;

    assert.ok(links >= 40, `${links} links`);
    assert.ok(sessions >= 2, `${sessions} sessions`);
    assert.ok(added > 0);
    const left = "select count(*) as n from latchkey_tokens where email = 'before@example.com' and ended_at is null";
    assert.equal(Number((await raw.rows(left))[0]?.n), 0);
    assert.deepEqual(await raw.rows("select 1 from latchkey_sessions where browser = 'before'"), []);
    assert.equal((await anna.request("GET", "/users/me")).status, 303);
  });

  it("visits each row once, in batches of 500", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database });
    const { query } = await openStore(database);
    const rows = Array.from({ length: 1_201 }, (_, i) => ({
      digest: `digest ${i}`,
      purpose: "password-reset",
      account_id: "anna",
      email: "anna@example.com",
      created_at: app.now(),
      // Every second one has expired: an expired link stays expired, and does not stop the walk.
      expires_at: i % 2 === 0 ? app.now() - 1 : app.now() + HOUR,
    }));
    await query.insertInto("latchkey_tokens").values(rows).execute();

    assert.equal(await app.latchkey.operator.endAllLinks(), 600);
    assert.equal(await app.latchkey.operator.endAllLinks(), 0);
  });
});
