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

const ANNA = "anna@example.com";
const NEW = "anna@new.example";

describe("Asking for another address", () => {
  it("is answered byte for byte alike, with the same statements, a person who has the new one (S1)", async () => {
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
    assert.equal(emailsTo(app, "known@example.com").at(-1)?.subject, "This address already has a Latchkey account");
    assert.doesNotMatch(app.mails.findLast(({ to }) => to === "known@example.com")?.text ?? "", /address-change/);
    assert.equal(emailsTo(app, "nobod@example.com").at(-1)?.subject, "Confirm your new address for Latchkey");
  });

  it("sends five mails to one address in an hour, and answers the sixth alike", async () => {
    const app = await openApp();
    const anna = await signUp(app, ANNA);
    // An address with an account gets mails without a link, so that nothing but the limit holds them back.
    await signUp(app, NEW);

    for (let i = 0; i < 6; i += 1) await requestEmailChange(app, anna, NEW);

    assert.match(anna.text, /An email is on its way/);
    assert.equal(emailsTo(app, NEW).filter(({ subject }) => /already has/.test(subject)).length, 5);
  });

  it("gives a thief at a browser that was left open ten guesses at the password (Z6)", async () => {
    const app = await openApp();
    const anna = await signUp(app, ANNA);
    const wrong = { email: NEW, current_password: "not the right password" };
    await sendWrongGuesses(app, 10, 422, () => anna.send("/users/me/email", wrong));

    const eleventh = await anna.send("/users/me/email", { ...wrong, current_password: PASSWORD });
    app.pass(5 * MINUTE);
    const later = await anna.send("/users/me/email", { ...wrong, current_password: PASSWORD });

    assert.deepEqual([eleventh.status, later.status], [429, 303]);
  });

  it("is limited by client, as asking for any mail is", async () => {
    const app = await openApp({ limits: { requestsPerIp: "3/10m" } });
    const anna = await signUp(app, ANNA);
    const statuses: number[] = [];

    for (let i = 0; i < 3; i += 1) {
      statuses.push((await anna.send("/users/me/email", { email: NEW, current_password: PASSWORD })).status);
    }

    assert.deepEqual(statuses, [303, 303, 429]);
  });

  it("mails nothing to an address whose account is disabled", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database });
    const anna = await signUp(app, ANNA);
    await signUp(app, "bob@example.com");
    const sql = await openRaw(database);
    await sql.rows("update latchkey_accounts set disabled_at = 1 where email = 'bob@example.com'");
    const before = app.mails.length;

    await requestEmailChange(app, anna, "bob@example.com");

    assert.match(anna.text, /An email is on its way/);
    assert.equal(app.mails.length, before);
  });

  it("for an address whose owner is busy with five links of their own is not kept from it by others", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const mallory = await signUp(app, "mallory@example.com");
    const anna = await signUp(app, ANNA);
    for (let i = 0; i < 6; i += 1) await requestEmailChange(app, mallory, NEW);
    assert.equal(emailsTo(app, NEW).length, 5);

    await changeAddress(app, anna, NEW);

    assert.match(anna.text, /Your address is now a•••@new\.example/);
  });
});

describe("The address of an account", () => {
  it("is set only while it is what it was, and only to one that is free", async () => {
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

describe("The password that the link wants in another browser", () => {
  it("can be guessed at until the account's limit, counted with what is tried elsewhere", async () => {
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
