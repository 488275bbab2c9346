import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { describe, it } from "node:test";
import { openKeys } from "../../src/db/secret-key.ts";
import { createKeys } from "../../src/lib/keys.ts";
import { countLimit } from "../../src/rate-limits/store.ts";
import { countFailure } from "../../src/sign-in-attempts/store.ts";
import { openApp, signUp } from "../support/open-app.ts";
import { freshDatabase, freshFile, NOW, openStore, openTwoHandles } from "../support/open-store.ts";
import { copyClient, requestEmail } from "../support/requests.ts";

const OLD = Buffer.alloc(32, "old key material");
const NEW = Buffer.alloc(32, "new key material");

describe("The key file of a SQLite database", () => {
  it("is created once by two instances that start at the same time, with mode 0600 (K4, C5)", async () => {
    const path = freshFile();
    const url = `sqlite:${path}`;
    const [one, other] = [await openStore(url), await openStore(url)];

    const [first, second] = await Promise.all([openKeys(one.query, url, []), openKeys(other.query, url, [])]);

    assert.deepEqual(first.ids, second.ids);
    assert.equal(statSync(`${path}.key`).mode & 0o777, 0o600);
    assert.equal(Buffer.from(readFileSync(`${path}.key`, "utf8"), "base64").length, 32);
  });

  it("is required after the database was used with it", async () => {
    const path = freshFile();
    const url = `sqlite:${path}`;
    const { query } = await openStore(url);
    await openKeys(query, url, []);
    rmSync(`${path}.key`);

    await assert.rejects(openKeys(query, url, []), /key file .* is missing.*delete from latchkey_keys/);
    assert.equal(existsSync(`${path}.key`), false);
    await query.deleteFrom("latchkey_keys").execute();
    await openKeys(query, url, []);
    assert.equal(existsSync(`${path}.key`), true);
  });
});

describe("Keys of instances on one database", () => {
  it("must agree: an instance with another key does not start (K4, C4)", async () => {
    const [one, other] = await openTwoHandles();
    await openKeys(one.query, "postgres://db/x", [OLD]);

    await assert.rejects(openKeys(other.query, "postgres://db/x", [NEW]), /SECRET_KEY is not the one/);
    await openKeys(other.query, "postgres://db/x", [OLD]);
  });

  it("are rotated by starting with new and old together and then with the new one alone", async () => {
    const { query } = await openStore();
    const start = (...keys: Buffer[]) => openKeys(query, "postgres://db/x", keys);

    await start(OLD);
    await start(NEW, OLD);
    await start(OLD);
    await start(NEW);
    await assert.rejects(start(OLD), /SECRET_KEY is not the one/);
  });

  it("read counts and failures of the older key during a rotation (K4)", async () => {
    const { query } = await openStore();
    const [before, after] = [createKeys([OLD]), createKeys([NEW, OLD])];
    const rate = { count: 3, windowMs: 60_000 };
    for (let i = 0; i < 3; i += 1) await countLimit(query, before.limit("x", "anna"), rate, NOW);
    for (let i = 0; i < 5; i += 1) await countFailure(query, before.failures("anna"), NOW);

    assert.equal((await countLimit(query, after.limit("x", "anna"), rate, NOW)).within, false);
    assert.deepEqual(await countFailure(query, after.failures("anna"), NOW), { kind: "wait", waitMs: 1_000 });
  });
});

describe("A code emailed before SECRET_KEY is rotated", () => {
  it("works while the older key is still set, and no longer without it (K4)", async () => {
    const [older, newer] = [OLD.toString("base64"), NEW.toString("base64")];
    const database = await freshDatabase();
    const before = await openApp({ database, secretKey: older });
    await signUp(before, "anna@example.com");
    const asker = before.client();
    const { code } = await requestEmail(before, asker, "/forgot-password", "anna@example.com");
    const during = await openApp({ database, secretKey: [newer, older] });
    const after = await openApp({ database, secretKey: newer });

    const [late, inTime] = [copyClient(after, asker), copyClient(during, asker)];
    await late.post("/code", { code });
    await inTime.post("/code", { code });

    assert.doesNotMatch(late.path, /^\/reset-password\//);
    assert.match(inTime.path, /^\/reset-password\//);
  });
});

describe("createLatchkey", () => {
  it("rejects a weak secretKey without repeating it", async () => {
    await assert.rejects(openApp({ secretKey: "hunter2" }), (error: Error) => {
      assert.match(error.message, /secretKey: must be at least 32 random bytes.*openssl rand -base64 32/);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
  });

  it("requires secretKey with PostgreSQL in production (C4)", async () => {
    const database = "postgres://u:p@127.0.0.1:1/x";
    await assert.rejects(openApp({ database, mode: "production", secretKey: undefined }), /secretKey: is missing/);
  });
});
