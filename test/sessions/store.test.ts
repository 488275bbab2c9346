import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SignInMethod } from "../../src/core/context.ts";
import type { Db } from "../../src/db/schema.ts";
import { DAY, HOUR, MINUTE } from "../../src/lib/clock.ts";
import { isTokenShaped } from "../../src/lib/secrets.ts";
import { consumeToken } from "../../src/links/tokens.ts";
import {
  deleteSession,
  deleteSessionById,
  deleteSessions,
  findSession,
  insertSession,
  listLiveSessions,
  purgeExpiredSessions,
  purgeIdleSessions,
  SESSION_IDLE,
  SESSION_LIFETIME,
} from "../../src/sessions/store.ts";
import { NOW, openStore } from "../support/open-store.ts";

describe("A stored session", () => {
  it("is found by its cookie, with the method that started it", async () => {
    const { query } = await openStore();

    const token = await begin(query, "anna");

    const { id, ...session } = (await findSession(query, token, NOW)) ?? { id: "" };
    const expected = { accountId: "anna", method: "password", browser: "Firefox on Windows" };
    assert.deepEqual(session, { ...expected, createdAt: NOW, lastSeenAt: NOW });
    assert.ok(isTokenShaped(token));
    assert.ok(!isTokenShaped(id));
  });

  it("has a unique token (Z1)", async () => {
    const { query } = await openStore();

    const tokens = await Promise.all(Array.from({ length: 50 }, () => begin(query, "anna")));

    assert.equal(new Set(tokens).size, 50);
    assert.equal((await listLiveSessions(query, "anna", NOW)).length, 50);
  });

  it("is not opened by any stored value, nor by another form of its token", async () => {
    const { query } = await openStore();
    const token = await begin(query, "anna");
    const [row] = await query.selectFrom("latchkey_sessions").selectAll().execute();
    const shapes = ["", "null", `${token}=`, `${token} `, token.slice(1), token.toUpperCase(), "' OR 1=1 --"];

    for (const shape of [...shapes, ...Object.values(row ?? {}).map(String)]) {
      assert.notEqual(shape, token);
      assert.equal(await findSession(query, shape, NOW), null, shape);
      assert.equal(await deleteSession(query, shape), null, shape);
    }
    assert.equal(await consumeToken(query, "password-reset", token, NOW), null);
    assert.ok(await findSession(query, token, NOW));
  });

  it("expires 30 days after its start, regardless of use", async () => {
    const { query } = await openStore();
    const token = await begin(query, "anna");
    for (let day = 1; day < 30; day += 1) assert.ok(await findSession(query, token, NOW + day * DAY), `day ${day}`);

    assert.equal(SESSION_LIFETIME, 30 * DAY);
    assert.ok(await findSession(query, token, NOW + SESSION_LIFETIME - 1));
    assert.equal(await findSession(query, token, NOW + SESSION_LIFETIME), null);
    assert.deepEqual(await listLiveSessions(query, "anna", NOW + SESSION_LIFETIME), []);
  });

  it("expires after 14 idle days", async () => {
    const { query } = await openStore();
    const [idle, seen] = [await begin(query, "anna"), await begin(query, "anna")];

    assert.equal(SESSION_IDLE, 14 * DAY);
    assert.ok(await findSession(query, seen, NOW + SESSION_IDLE - 1));

    assert.equal(await findSession(query, idle, NOW + SESSION_IDLE), null);
    assert.ok(await findSession(query, seen, NOW + SESSION_IDLE));
    assert.equal((await listLiveSessions(query, "anna", NOW + SESSION_IDLE)).length, 1);
  });

  it("updates last_seen_at at most once in five minutes", async () => {
    const { query } = await openStore();
    const token = await begin(query, "anna");

    const seen: number[] = [];
    for (const minutes of [1, 5, 6, 10, 12]) {
      await findSession(query, token, NOW + minutes * MINUTE);
      const [session] = await listLiveSessions(query, "anna", NOW + minutes * MINUTE);
      seen.push(((session?.lastSeenAt ?? 0) - NOW) / MINUTE);
    }

    assert.deepEqual(seen, [0, 0, 6, 6, 12]);
  });
});

describe("Ending a session", () => {
  it("works once, and returns the ended session", async () => {
    const { query } = await openStore();
    const token = await begin(query, "anna");

    const ended = await Promise.all(Array.from({ length: 10 }, () => deleteSession(query, token)));

    assert.deepEqual(
      ended.filter((session) => session !== null).map((session) => session.accountId),
      ["anna"],
    );
    assert.equal(await findSession(query, token, NOW), null);
  });

  it("is permanent: a concurrent update of last_seen_at does not restore it", async () => {
    const { query } = await openStore();
    const token = await begin(query, "anna");

    await Promise.all([
      findSession(query, token, NOW + HOUR),
      deleteSession(query, token),
      findSession(query, token, NOW + HOUR),
    ]);

    assert.equal(await findSession(query, token, NOW + HOUR), null);
  });

  it("by id ends a session of the same account only", async () => {
    const { query } = await openStore();
    const annas = await begin(query, "anna");
    const bobs = await begin(query, "bob");
    const bobsId = (await findSession(query, bobs, NOW))?.id ?? "";
    const annasId = (await findSession(query, annas, NOW))?.id ?? "";

    assert.equal(await deleteSessionById(query, "anna", bobsId), null);
    assert.equal(await deleteSessionById(query, "anna", annas), null);
    assert.equal((await deleteSessionById(query, "anna", annasId))?.id, annasId);
    assert.equal(await deleteSessionById(query, "anna", annasId), null);

    assert.equal(await findSession(query, annas, NOW), null);
    assert.ok(await findSession(query, bobs, NOW));
  });

  it("ends all sessions of an account, or all but one, and none of another", async () => {
    const { query } = await openStore();
    const tokens = [await begin(query, "anna"), await begin(query, "anna"), await begin(query, "anna")];
    const bobs = await begin(query, "bob");
    const kept = (await findSession(query, tokens[1] ?? "", NOW))?.id ?? "";

    await deleteSessions(query, "anna", kept);
    assert.deepEqual(
      (await listLiveSessions(query, "anna", NOW)).map(({ id }) => id),
      [kept],
    );
    await deleteSessions(query, "anna");

    assert.deepEqual(await listLiveSessions(query, "anna", NOW), []);
    assert.ok(await findSession(query, bobs, NOW));
  });

  it("ends all if the session to keep belongs to another account", async () => {
    const { query } = await openStore();
    await begin(query, "anna");
    const bobsId = (await findSession(query, await begin(query, "bob"), NOW))?.id ?? "";

    await deleteSessions(query, "anna", bobsId);

    assert.deepEqual(await listLiveSessions(query, "anna", NOW), []);
    assert.equal((await listLiveSessions(query, "bob", NOW)).length, 1);
  });

  it("is rolled back with its transaction", async () => {
    const { query, transaction } = await openStore();
    const token = await begin(query, "anna");
    const action = transaction(async (tx) => {
      await deleteSessions(tx, "anna");
      await begin(tx, "anna");
      throw new Error("The action failed.");
    });

    await assert.rejects(action, /The action failed/);

    assert.ok(await findSession(query, token, NOW));
    assert.equal((await listLiveSessions(query, "anna", NOW)).length, 1);
  });
});

describe("The list of sessions", () => {
  it("starts with the most recently used, and contains only those of the account", async () => {
    const { query } = await openStore();
    await begin(query, "anna", { browser: "Firefox on Linux", at: NOW });
    await begin(query, "anna", { browser: "Chrome on Android", at: NOW + 2 });
    await begin(query, "anna", { browser: "Safari on iPhone", at: NOW + 1 });
    await begin(query, "bob", { at: NOW + 3 });

    const browsers = (await listLiveSessions(query, "anna", NOW + 4)).map(({ browser }) => browser);

    assert.deepEqual(browsers, ["Chrome on Android", "Safari on iPhone", "Firefox on Linux"]);
  });

  it("is purged of expired sessions only", async () => {
    const { query } = await openStore();
    await begin(query, "idle", { at: NOW - SESSION_IDLE });
    const old = await begin(query, "old", { at: NOW - SESSION_LIFETIME });
    for (const days of [20, 10, 1]) await findSession(query, old, NOW - days * DAY);
    await begin(query, "anna", { at: NOW - SESSION_IDLE + 1 });

    for (const purge of [purgeExpiredSessions, purgeIdleSessions]) await purge(query, NOW, 1_000);

    const left = await query.selectFrom("latchkey_sessions").select("account_id").execute();
    assert.deepEqual(
      left.map((row) => row.account_id),
      ["anna"],
    );
  });
});

function begin(
  db: Db,
  accountId: string,
  how: { method?: SignInMethod; browser?: string; at?: number } = {},
): Promise<string> {
  const { method = "password", browser = "Firefox on Windows", at = NOW } = how;
  return insertSession(db, { accountId, method, browser }, at);
}
