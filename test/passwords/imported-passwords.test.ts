import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hash as bcrypt } from "@node-rs/bcrypt";
import { openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";

const ANNA = "anna@example.com";
const OURS = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;
const DJANGO = "pbkdf2_sha256$20000$seasalt$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0=";

describe("An account imported from another system", () => {
  it("signs in with its old password, and has an argon2id hash from then on (P3)", async () => {
    const { signIn, store, stored } = await setUp();
    for (const [hash, password] of [
      [await bcrypt(PASSWORD, 5), PASSWORD],
      [DJANGO, "l\u00e8tmein"],
      [DJANGO, "le\u0300tmein"],
    ] as const) {
      await store(hash);

      assert.equal(await signIn("not the right password"), 401);
      assert.equal(await stored(), hash);
      assert.equal(await signIn(password), 303);
      assert.match(await stored(), OURS);
      assert.equal(await signIn(password), 303);
    }
  });

  it("keeps a bcrypt hash that ignored the end of its password, until a new password is set", async () => {
    const { app, signIn, store, stored } = await setUp();
    const long = "x y z ".repeat(14);
    const hash = await bcrypt(long, 5);
    await store(hash);

    assert.equal(await signIn(`${long}and a slip`), 303);
    assert.equal(await stored(), hash);
    assert.equal(await signIn(long), 303);
    const token = tokenOf(await requestReset(app, ANNA));
    await app.client().send("/reset-password", { token, password: PASSWORD });

    assert.match(await stored(), OURS);
  });
});

describe("A malicious or malformed hash in the database", () => {
  for (const hash of [
    "$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
    "pbkdf2_sha256$999999999$seasalt$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0=",
    "!",
    "",
  ]) {
    it(`accepts no password and causes no error: ${hash.slice(0, 40)} (P3)`, async () => {
      const { app, signIn, store, stored } = await setUp();
      await store(hash);

      assert.equal(await signIn(PASSWORD), 401);
      assert.equal(await stored(), hash);
      const token = tokenOf(await requestReset(app, ANNA));
      const reset = await app.client().send("/reset-password", { token, password: PASSWORD });

      assert.equal(reset.status, 303);
      assert.equal(await signIn(PASSWORD), 303);
    });
  }
});

/** An app in which Anna has an account, whose hash is written and read past us. */
async function setUp() {
  const database = await freshDatabase();
  const app = await openApp({ database });
  const sql = await openRaw(database);
  await signUp(app, ANNA);
  return {
    app,
    signIn: async (password: string) => (await app.client().send("/sign-in", { email: ANNA, password })).status,
    store: (hash: string) => sql.rows("update latchkey_accounts set password_hash = ?", hash),
    stored: async () => String((await sql.rows("select password_hash as hash from latchkey_accounts"))[0]?.hash),
  };
}
