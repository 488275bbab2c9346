import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Account, Accounts } from "../../src/accounts/accounts-table.ts";
import { openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { alertLinkIn } from "../support/requests.ts";

// The account changes between the first look at a link or session, which is outside the transaction, and the transaction.

const ANNA = "anna@example.com";
const NEW = "anna@new.example";
const NEW_PASSWORD = "a new and rather long password";

const CHANGES = { "was disabled": "disabled_at = 1", "got another address": `email = '${NEW}'` };

describe("POST /reset-password", () => {
  for (const [what, change] of Object.entries(CHANGES)) {
    it(`sets no password if the account ${what} meanwhile (T6, T7)`, async () => {
      const setup = await setUp();
      const token = tokenOf(await requestReset(setup.app, ANNA));
      const before = await setup.passwordHash();
      setup.changeMeanwhile(change);

      const response = await setup.app.client().send("/reset-password", { token, password: NEW_PASSWORD });

      assert.equal(response.status, 410);
      assert.equal(await setup.passwordHash(), before);
    });
  }
});

describe("POST /users/me/password", () => {
  it("changes nothing if the account got another address meanwhile (T6)", async () => {
    const setup = await setUp();
    const anna = setup.app.client();
    await anna.post("/sign-in", { email: ANNA, password: PASSWORD });
    const before = await setup.passwordHash();
    setup.changeMeanwhile(CHANGES["got another address"]);

    await anna.send("/users/me/password", { current_password: PASSWORD, password: NEW_PASSWORD });

    assert.equal(await setup.passwordHash(), before);
  });
});

describe("POST /objection", () => {
  for (const [what, change] of Object.entries({
    "was disabled": { disabled: true },
    "got another address": { email: NEW },
  })) {
    it(`removes no password if the account of a host's table ${what} meanwhile (T6, T7)`, async () => {
      const { app, user, changeAfterNextLook } = await openHostApp();
      const reset = await app.latchkey.operator.link(ANNA);
      assert.ok(reset.kind === "made");
      const token = tokenOf(new URL(reset.url).pathname);
      await app.client().send("/reset-password", { token, password: PASSWORD });
      await app.deliver();
      const before = user.passwordHash;
      changeAfterNextLook(change);

      const response = await app.client().send("/objection", { token: tokenOf(alertLinkIn(app)) });

      assert.equal(response.status, 410);
      assert.ok(before);
      assert.equal(user.passwordHash, before);
    });
  }
});

/** An app whose session hook, which is asked between the two looks, can change Anna's account. */
async function setUp() {
  const database = await freshDatabase();
  const sql = await openRaw(database);
  let change: string | null = null;
  const app = await openApp({
    database,
    async mayBeginSession() {
      if (change !== null) await sql.rows(`update latchkey_accounts set ${change}`);
      return "yes";
    },
  });
  await signUp(app, ANNA);
  return {
    app,
    changeMeanwhile: (assignment: string) => {
      change = assignment;
    },
    passwordHash: async () => (await sql.rows("select password_hash from latchkey_accounts"))[0]?.password_hash,
  };
}

/** An app whose own table holds Anna, and changes her account after it was looked at once more. */
async function openHostApp() {
  const user: Account = { id: "7", email: ANNA, passwordHash: null, disabled: false };
  let next: Partial<Account> = {};
  const accounts: Accounts = {
    findByEmail: async (_, email) => (user.email === email ? { ...user } : null),
    async findById(_, id) {
      const seen = { ...user };
      Object.assign(user, next);
      return user.id === id ? seen : null;
    },
    create: async () => null,
    async setPassword(_, id, passwordHash, from) {
      if (user.id !== id || (from !== "any" && user.passwordHash !== from)) return false;
      user.passwordHash = passwordHash;
      return true;
    },
  };
  const app = await openApp({ database: await freshDatabase(), accounts });
  const changeAfterNextLook = (change: Partial<Account>) => {
    next = change;
  };
  return { app, user, changeAfterNextLook };
}
