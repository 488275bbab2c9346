import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MIGRATIONS, migrateDown, migrateUp } from "../../src/db/migrations/migrations.ts";
import { freshDatabase, NOW, openStore } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";

const DIGESTS = "select digest from latchkey_sessions order by digest";

describe("Migration 010", () => {
  it("keeps the newest session of each id, refuses a second one from then on, and can be reverted", async () => {
    const url = await freshDatabase({ migrated: false });
    const { query } = await openStore(url);
    const down = async () => {
      for (const _ of Object.keys(MIGRATIONS).filter((name) => name >= "010")) await migrateDown(query);
    };
    await down();
    const sql = await openRaw(url);
    const columns = "digest, id, account_id, method, browser, created_at, last_seen_at, expires_at";
    const insert = (digest: string, id: string, createdAt: number) =>
      sql.rows(
        `insert into latchkey_sessions (${columns}) values (?, ?, 'anna', 'password', 'Firefox', ?, ?, ?)`,
        ...[digest, id, createdAt, NOW, NOW],
      );
    await insert("a", "single", NOW - 9);
    await insert("b", "double", NOW);
    await insert("c", "double", NOW - 1);
    await insert("d", "triple, two at once", NOW - 1);
    await insert("e", "triple, two at once", NOW);
    await insert("f", "triple, two at once", NOW);

    await migrateUp(query);

    const kept = async () => (await sql.rows(DIGESTS)).map(({ digest }) => digest);
    assert.deepEqual(await kept(), ["a", "b", "f"]);
    await assert.rejects(insert("g", "single", NOW), /unique/i);
    await insert("g", "another", NOW);

    await down();
    await insert("h", "single", NOW);
    assert.deepEqual(await kept(), ["a", "b", "f", "g", "h"]);
  });
});
