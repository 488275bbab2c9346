import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ownAccounts } from "../../src/accounts/accounts-table.ts";
import type { Db } from "../../src/db/schema.ts";
import { MINUTE } from "../../src/lib/clock.ts";
import { enqueue } from "../../src/mail/outbox.ts";
import { countLimit } from "../../src/rate-limits/store.ts";
import { findSession, insertSession, listLiveSessions } from "../../src/sessions/store.ts";
import { limit } from "../support/keys.ts";
import { NOW, openStore } from "../support/open-store.ts";
import { recordStatements } from "../support/statements.ts";

const RATE = { count: 20, windowMs: MINUTE };
const ACCOUNTS = Array.from({ length: 30 }, (_, i) => `person${i}`);

describe("Concurrent queries in one batch", () => {
  it("run as one statement, and each caller gets its own result", async () => {
    const { query } = await openStore();
    const tokens = await withSessions(query);

    const { result, statements } = await recordStatements(() =>
      Promise.all(tokens.map((token) => findSession(query, token, NOW))),
    );

    assert.equal(statements.length, 1);
    assert.deepEqual(
      result.map((session) => session?.accountId),
      ACCOUNTS,
    );
    const lists = await Promise.all(ACCOUNTS.map((id) => listLiveSessions(query, id, NOW)));
    assert.deepEqual(
      lists.map((sessions) => sessions.map(({ accountId }) => accountId)),
      ACCOUNTS.map((id) => [id]),
    );
  });

  it("return nothing for a missing row, and the same row to two callers", async () => {
    const { query } = await openStore();
    const [token = ""] = await withSessions(query);
    await add(query, "person0");

    const sessions = await Promise.all([token, "A".repeat(43), token].map((one) => findSession(query, one, NOW)));
    const accounts = await Promise.all(["person0", "missing", "person0"].map((id) => ownAccounts.findById(query, id)));

    assert.deepEqual(
      sessions.map((session) => session?.accountId),
      ["person0", undefined, "person0"],
    );
    assert.deepEqual(
      accounts.map((account) => account?.email),
      ["person0@example.com", undefined, "person0@example.com"],
    );
  });

  it("count one after the other for one key, also when the window has just ended", async () => {
    const { batchTransaction } = await openStore();
    const fifty = (now: number) =>
      Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          batchTransaction((tx) => countLimit(tx, limit(`key ${i % 2}`), RATE, now), []),
        ),
      );

    const first = await fifty(NOW);
    const second = await fifty(NOW + MINUTE);

    for (const counted of [first, second]) assert.equal(counted.filter(({ within }) => within).length, 40);
    assert.equal(second[0]?.windowEndsAt, NOW + 2 * MINUTE);
  });

  it("store every string unchanged", async () => {
    const { query, batchTransaction } = await openStore();
    const odd = ['"quoted" \\ and back', "null", "ünï – 日本", "1e3", ""];

    await Promise.all(
      odd.map((browser) =>
        batchTransaction((tx) =>
          enqueue(tx, { kind: "sign-up", email: "a@b.example", locale: "en", data: { browser }, tryForMs: 1 }, NOW),
        ),
      ),
    );

    const rows = await query.selectFrom("latchkey_outbox").selectAll().execute();
    assert.deepEqual(rows.map(({ data }) => JSON.parse(data).browser).sort(), odd.sort());
    for (const row of rows) {
      assert.deepEqual([row.attempts, row.created_at, row.account_id, row.state], [0, NOW, null, "due"]);
    }
  });

  it("fail only for the caller whose row is invalid", async () => {
    const { query, batchTransaction } = await openStore();
    const put = (email: string | null) =>
      batchTransaction((tx) =>
        enqueue(tx, { kind: "sign-up", email: email as string, locale: "en", data: {}, tryForMs: 1 }, NOW),
      );

    const settled = await Promise.allSettled([put("a@b.example"), put(null), put("c@d.example")]);

    assert.deepEqual(
      settled.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
    assert.equal((await query.selectFrom("latchkey_outbox").select("id").execute()).length, 2);
  });

  it("reject a query from inside a transaction, which would deadlock", {
    timeout: 5_000,
  }, async () => {
    const { query, transaction } = await openStore();
    const [token = ""] = await withSessions(query);
    const outside = findSession(query, token, NOW);

    await assert.rejects(
      transaction(async (tx) => {
        await add(tx, "anna");
        return findSession(query, token, NOW);
      }),
      /would deadlock/,
    );

    assert.equal((await outside)?.accountId, "person0");
    const both = transaction(async (tx) => {
      const inside = assert.rejects(findSession(query, token, NOW), /would deadlock/);
      await add(tx, "bob");
      await inside;
    });
    assert.equal((await findSession(query, token, NOW))?.accountId, "person0");
    await both;
  });
});

async function withSessions(query: Db): Promise<string[]> {
  const tokens: string[] = [];
  for (const accountId of ACCOUNTS)
    tokens.push(await insertSession(query, { accountId, method: "password", browser: "" }, NOW));
  return tokens;
}

async function add(db: Db, id: string): Promise<void> {
  const account = { id, email: `${id}@example.com`, password_hash: null, disabled_at: null, created_at: NOW };
  await db.insertInto("latchkey_accounts").values(account).execute();
}
