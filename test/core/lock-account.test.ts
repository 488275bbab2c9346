import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Account, Accounts } from "../../src/accounts/accounts-table.ts";
import type { Core } from "../../src/core/context.ts";
import { lockAccount, lockOwner } from "../../src/core/lock-account.ts";
import type { Db } from "../../src/db/schema.ts";

const ANNA: Account = { id: "7", email: "anna@example.com", passwordHash: "a hash", disabled: false };
const MAILED = { accountId: ANNA.id, email: ANNA.email };
const TX = {} as Db;

describe("lockAccount", () => {
  it("returns true for an account that is as it was read", async () => {
    assert.equal(await lockAccount(coreWith(ANNA), TX, ANNA), true);
  });

  for (const [what, now] of Object.entries({
    "is gone": null,
    "was disabled": { ...ANNA, disabled: true },
    "has another password": { ...ANNA, passwordHash: "another hash" },
    "has no password any more": { ...ANNA, passwordHash: null },
  })) {
    it(`returns false for an account that ${what} (Z4)`, async () => {
      assert.equal(await lockAccount(coreWith(now), TX, ANNA), false);
    });
  }
});

describe("lockOwner", () => {
  it("returns the account that a link was mailed for", async () => {
    assert.deepEqual(await lockOwner(coreWith(ANNA), TX, MAILED), ANNA);
  });

  for (const [what, now] of Object.entries({
    "is gone": null,
    "was disabled": { ...ANNA, disabled: true },
    "has another address": { ...ANNA, email: "anna@new.example" },
  })) {
    it(`returns null for an account that ${what} (T6, T7)`, async () => {
      assert.equal(await lockOwner(coreWith(now), TX, MAILED), null);
    });
  }

  it("returns null for an address without account", async () => {
    assert.equal(await lockOwner(coreWith(ANNA), TX, { accountId: null, email: ANNA.email }), null);
  });
});

/** A core whose accounts table, as a host app may supply it, holds this account under its lock. */
function coreWith(account: Account | null): Core {
  const accounts: Partial<Accounts> = { lock: async () => account };
  return { accounts } as Core;
}
