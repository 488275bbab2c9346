import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ownAccounts } from "../../../src/accounts/accounts-table.ts";
import { MINUTE } from "../../../src/lib/clock.ts";
import {
  changeAddress,
  emailsTo,
  HIGH_LIMITS,
  requestEmailChange,
  sendWrongGuesses,
} from "../../support/email-change.ts";
import { openApp, PASSWORD, signUp, tokenOf } from "../../support/open-app.ts";
import { freshDatabase, openStore } from "../../support/open-store.ts";
import { openRaw } from "../../support/raw-database.ts";
import { recordStatements } from "../../support/statements.ts";
import { assertSays, SUBJECTS, words } from "../../support/words.ts";

const ANNA = "anna@example.com";
const NEW = "anna@new.example";

describe("POST /users/me/email", () => {
  it("returns the same bytes and runs the same statements for an address with an account (S1)", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const anna = await signUp(app, ANNA);
    await signUp(app, "known@example.com");

    const asked = [];
    for (const email of ["known@example.com", "nobod@example.com"]) {
      const { result, statements } = await recordStatements(() =>
        anna.send("/users/me/email", { email, current_password: PASSWORD }),
      );
      asked.push({ status: result.status, headers: [...result.headers], body: result.body, statements });
    }
    await app.deliver();

    assert.equal(asked[0]?.status, 303);
    assert.deepEqual(asked[1], asked[0]);
    assert.equal(emailsTo(app, "known@example.com").at(-1)?.subject, SUBJECTS.emailInUse);
    assert.doesNotMatch(app.mails.findLast(({ to }) => to === "known@example.com")?.text ?? "", /address-change/);
    assert.equal(emailsTo(app, "nobod@example.com").at(-1)?.subject, SUBJECTS.emailChange);
  });

  it("sends five emails an hour to one address, and returns the same response for the sixth", async () => {
    const app = await openApp();
    const anna = await signUp(app, ANNA);
    // An address with an account gets mails without a link, so that nothing but the limit holds them back.
    await signUp(app, NEW);

    for (let i = 0; i < 6; i += 1) await requestEmailChange(app, anna, NEW);

    assertSays(anna.text, words.emailChange.askedUnnamed);
    assert.equal(emailsTo(app, NEW).filter(({ subject }) => /already has/.test(subject)).length, 5);
  });

  it("gives an attacker at a browser that was left signed in ten guesses at the password (Z6)", async () => {
    const app = await openApp();
    const anna = await signUp(app, ANNA);
    const wrong = { email: NEW, current_password: "not the right password" };
    await sendWrongGuesses(app, 10, 422, () => anna.send("/users/me/email", wrong));

    const eleventh = await anna.send("/users/me/email", { ...wrong, current_password: PASSWORD });
    app.pass(5 * MINUTE);
    const later = await anna.send("/users/me/email", { ...wrong, current_password: PASSWORD });

    assert.deepEqual([eleventh.status, later.status], [429, 303]);
  });

  it("is subject to the limit of requests per client", async () => {
    const app = await openApp({ limits: { requestsPerIp: "3/10m" } });
    const anna = await signUp(app, ANNA);
    const statuses: number[] = [];

    for (let i = 0; i < 3; i += 1) {
      statuses.push((await anna.send("/users/me/email", { email: NEW, current_password: PASSWORD })).status);
    }

    assert.deepEqual(statuses, [303, 303, 429]);
  });

  it("sends nothing to the address of a disabled account", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database });
    const anna = await signUp(app, ANNA);
    await signUp(app, "bob@example.com");
    const sql = await openRaw(database);
    await sql.rows("update latchkey_accounts set disabled_at = 1 where email = 'bob@example.com'");
    const before = app.mails.length;

    await requestEmailChange(app, anna, "bob@example.com");

    assertSays(anna.text, words.emailChange.askedUnnamed);
    assert.equal(app.mails.length, before);
  });

  it("succeeds although the owner of the address has five live links", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const mallory = await signUp(app, "mallory@example.com");
    const anna = await signUp(app, ANNA);
    for (let i = 0; i < 6; i += 1) await requestEmailChange(app, mallory, NEW);
    assert.equal(emailsTo(app, NEW).length, 5);

    await changeAddress(app, anna, NEW);

    assertSays(anna.text, words.address.doneElse({ email: "a•••@new.example" }));
  });
});

describe("setEmail", () => {
  it("sets an address only if the account has the expected one and the new one is free", async () => {
    const { query } = await openStore();
    const add = (id: string) =>
      ownAccounts.create(query, { id, email: `${id}@example.com`, passwordHash: "a hash", now: 1 });
    await Promise.all([add("anna"), add("bob")]);

    const setTo = (email: string, from: string) => ownAccounts.setEmail(query, "anna", email, from);
    const set = [
      await setTo(NEW, "other@example.com"),
      await setTo("bob@example.com", ANNA),
      await setTo(NEW, ANNA),
      await setTo("late@example.com", ANNA),
    ];

    assert.deepEqual(set, [false, false, true, false]);
    assert.equal((await ownAccounts.findById(query, "anna"))?.email, NEW);
  });
});

describe("The password required by the link in another browser", () => {
  it("is subject to the sign-in limit of the account", async () => {
    const app = await openApp();
    const anna = await signUp(app, ANNA);
    await requestEmailChange(app, anna, NEW);
    const form = { token: tokenOf(app.lastLink()), password: "not the right password" };

    // Asking for the change was the first of ten.
    await sendWrongGuesses(app, 8, 422, () => app.client().send("/address-change", form));
    await sendWrongGuesses(app, 1, 401, () => app.client().send("/sign-in", { email: ANNA, password: form.password }));

    assert.equal((await app.client().send("/address-change", { ...form, password: PASSWORD })).status, 429);
    assert.equal((await app.client().send("/sign-in", { email: ANNA, password: PASSWORD })).status, 429);
  });
});
