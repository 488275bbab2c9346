import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findSession, insertSession, listLiveSessions, MAX_SESSIONS } from "../../src/sessions/store.ts";
import { openApp, PASSWORD, signUp } from "../support/open-app.ts";
import { freshDatabase, NOW, openStore } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";

describe("The limit of sessions per account", () => {
  it("is 100: one more ends the least recently used, and none of another account", async () => {
    const { query } = await openStore();
    const start = (accountId: string, now: number) =>
      insertSession(query, { accountId, method: "password", browser: "Firefox" }, now);
    const bob = await start("bob", NOW - 1);
    const tokens: string[] = [];
    for (let i = 0; i < MAX_SESSIONS; i += 1) tokens.push(await start("anna", NOW + i));
    assert.ok(await findSession(query, tokens[0] ?? "", NOW + 100), "positive control: a hundred may live");

    const newest = await start("anna", NOW + 100);

    assert.equal(await findSession(query, tokens[0] ?? "", NOW + 100), null);
    for (const token of [tokens[1] ?? "", newest, bob]) assert.ok(await findSession(query, token, NOW + 100));
    assert.equal((await listLiveSessions(query, "anna", NOW + 100)).length, MAX_SESSIONS);
  });

  it("bounds the page also if the table holds thousands of older sessions", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database });
    const anna = await signUp(app, "anna@example.com");
    const { query } = await openStore(database);
    const id = (await query.selectFrom("latchkey_accounts").select("id").executeTakeFirstOrThrow()).id;
    const rows = Array.from({ length: 3_000 }, (_, i) => ({
      digest: `d${i}`,
      id: `i${i}`,
      account_id: id,
      method: "password",
      browser: "Firefox",
      created_at: app.now() - 1,
      last_seen_at: app.now() - 1,
      expires_at: app.now() + 1_000_000,
    }));
    for (let i = 0; i < rows.length; i += 500) {
      await query
        .insertInto("latchkey_sessions")
        .values(rows.slice(i, i + 500))
        .execute();
    }

    const lists = await Promise.all([
      listLiveSessions(query, id, app.now()),
      listLiveSessions(query, "bob", app.now()),
    ]);
    assert.deepEqual(
      lists.map(({ length }) => length),
      [MAX_SESSIONS, 0],
    );
    const page = await anna.request("GET", "/users/me");

    assert.ok(page.body.length < 100_000, `${page.body.length} characters`);
    const sql = await openRaw(database);
    await app.client().send("/sign-in", { email: "anna@example.com", password: PASSWORD });
    assert.equal(Number((await sql.rows("select count(*) as n from latchkey_sessions"))[0]?.n), MAX_SESSIONS);
  });
});

describe("POST /users/me/sessions/end with id=others", () => {
  it("writes an event only if it ended a session", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database });
    const anna = await signUp(app, "anna@example.com");
    await app.client().send("/sign-in", { email: "anna@example.com", password: PASSWORD });
    for (let i = 0; i < 3; i += 1) await anna.send("/users/me/sessions/end", { id: "others" });

    const events = await (await openRaw(database)).rows("select 1 from latchkey_events where kind = 'session-ended'");
    assert.equal(events.length, 1);
  });
});
