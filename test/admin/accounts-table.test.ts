import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Account, Accounts } from "../../src/accounts/accounts-table.ts";
import { linkIn, openApp, PASSWORD } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { assertSays, words } from "../support/words.ts";

const ANNA = "anna@example.com";
const OF_ITS_OWN = { message: /only works with Latchkey's own accounts table/ };

describe("latchkey commands with a host app's own accounts table", () => {
  it("refuse to change an account of the host app and leave it unchanged", async () => {
    const { app, rows } = await openHostApp();
    const { account, invite, resetAll } = app.latchkey.operator;

    await assert.rejects(account.disable(ANNA), OF_ITS_OWN);
    await assert.rejects(account.enable(ANNA), OF_ITS_OWN);
    await assert.rejects(account.delete(ANNA), OF_ITS_OWN);
    await assert.rejects(invite([{ line: 1, email: "bob@example.com" }]), OF_ITS_OWN);
    await assert.rejects(resetAll.state(), OF_ITS_OWN);
    await assert.rejects(resetAll.count(), OF_ITS_OWN);
    await assert.rejects(resetAll.begin(), OF_ITS_OWN);
    assert.throws(() => resetAll.endEverything({ id: "a reset", at: app.now() }), OF_ITS_OWN);
    for (const table of ["accounts", "events", "outbox"]) {
      assert.deepEqual(await rows(`select * from latchkey_${table}`), []);
    }
  });

  it("make a link that sets the password of an account of the host app", async () => {
    const { app, users } = await openHostApp();

    const made = await app.latchkey.operator.link(ANNA);

    assert.ok(made.kind === "made");
    const owner = app.client();
    await owner.open(linkIn(made.url));
    await owner.submit({ password: PASSWORD });
    assertSays(owner.text, words.me.doneReset);
    assert.match(users[0]?.passwordHash ?? "", /^\$argon2id\$/);
  });
});

/** An app that keeps its accounts by itself, with one of them. */
async function openHostApp() {
  const users: Account[] = [{ id: "7", email: ANNA, passwordHash: null, disabled: false }];
  const find = (is: (user: Account) => boolean) => users.find(is) ?? null;
  const accounts: Accounts = {
    findByEmail: async (_, email) => find((user) => user.email === email),
    findById: async (_, id) => find((user) => user.id === id),
    create: async () => null,
    async setPassword(_, id, passwordHash, from) {
      const user = find((one) => one.id === id && (from === "any" || one.passwordHash === from));
      if (user) user.passwordHash = passwordHash;
      return user !== null;
    },
  };
  const database = await freshDatabase();
  const app = await openApp({ database, accounts });
  return { app, users, rows: (await openRaw(database)).rows };
}
