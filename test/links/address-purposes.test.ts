import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { askForAddress, changeAddress, linkTo, mailsTo, ROOMY } from "../support/email-change.ts";
import { askForReset, openApp, PASSWORD, signUp, tokenOf } from "../support/open-app.ts";

const ANNA = "anna@example.com";
const NEW = "anna@new.example";
const NEW_PASSWORD = "a new and rather long password";

describe("A token of each purpose", () => {
  it("is dead at every other route, as a cookie and as a code, and stays good at home", async () => {
    const app = await openApp({ limits: ROOMY });
    const anna = await signUp(app, ANNA);
    await changeAddress(app, anna, NEW);
    await askForAddress(app, anna, "third@new.example");
    const asker = app.client();
    await asker.post("/sign-in-link", { email: NEW });
    await app.client().post("/sign-up", { email: "new@example.com" });
    await app.deliver();
    await askForReset(app, NEW);
    const homes = {
      "/reset-password": [linkTo(app, NEW, "reset-password"), "/reset-password"],
      "/sign-up": [linkTo(app, "new@example.com", "sign-up"), "/sign-up/confirm"],
      "/sign-in-link": [linkTo(app, NEW, "sign-in-link"), "/sign-in-link/confirm"],
      "/objection": [linkTo(app, NEW, "security-alert"), "/objection"],
      "/address-change": [linkTo(app, "third@new.example", "email-change"), "/address-change"],
      "/address-undo": [linkTo(app, ANNA, "email-change-undo"), "/address-undo"],
    } as const;

    for (const [home, [link]] of Object.entries(homes)) {
      const token = tokenOf(link);
      for (const [foreign, [, target]] of Object.entries(homes)) {
        if (foreign === home) continue;
        assert.equal((await app.client().open(`${foreign}/${token}`)).status, 410, `${home} at ${foreign}`);
        const posted = await app.client().send(target, { token, password: NEW_PASSWORD, code: token });
        assert.equal(posted.status, 410, `${home} sent to ${target}`);
      }
      const thief = app.client();
      thief.cookies.set("latchkey", token);
      assert.equal((await thief.request("GET", "/users/me")).status, 303, home);
      const typed = await asker.send("/code", { code: token });
      assert.equal(typed.status, 422, home);
    }
    for (const [home, [link]] of Object.entries(homes)) {
      assert.equal((await asker.open(link)).status, 200, home);
    }
  });
});

describe("Links and codes from before a change of address", () => {
  it("stay dead where the account comes back to the address", async () => {
    const app = await openApp({ limits: ROOMY });
    const anna = await signUp(app, ANNA);
    const reset = await askForReset(app, ANNA);
    const asker = app.client();
    await asker.post("/sign-in-link", { email: ANNA });
    await app.deliver();
    const code = /\b\d{4} \d{4}\b/.exec(app.lastMail().text)?.[0] ?? "";
    await changeAddress(app, anna, NEW);
    await changeAddress(app, anna, ANNA);
    assert.match(anna.text, /Your address is now a•••@example\.com/);

    assert.equal((await app.client().open(reset)).status, 410);
    const typed = await asker.send("/code", { code });
    assert.equal(typed.status, 422);
    assert.match(typed.body, /That is not the code of our mail/);
  });
});

describe("A notice that was queued for an address which the account no longer has", () => {
  it("is not sent there: the old mailbox gets no key to the account but the one that undoes the change", async () => {
    const app = await openApp({ limits: ROOMY });
    const anna = await signUp(app, ANNA);
    await app.client().post("/sign-in-link", { email: ANNA });
    await askForAddress(app, anna, NEW);
    const token = tokenOf(linkTo(app, NEW, "email-change"));
    const phone = app.client();
    await phone.post("/sign-in-link", { email: ANNA });
    await app.deliver();
    await phone.open(app.lastLink());
    await phone.submit({});
    assert.equal(phone.path, "/users/me");
    const before = mailsTo(app, ANNA).length;

    await anna.post("/address-change", { token });
    assert.match(anna.text, /Your address is now/);
    await app.deliver();

    const late = mailsTo(app, ANNA).slice(before);
    assert.deepEqual(
      late.map(({ subject }) => subject),
      ["The address of your Latchkey account was changed"],
    );
    assert.doesNotMatch(late[0]?.text ?? "", /\/objection\//);
  });

  it("has no key there either where it was sent before the change", async () => {
    const app = await openApp({ limits: ROOMY });
    const anna = await signUp(app, ANNA);
    await anna.open("/users/me");
    await anna.submit({ current_password: PASSWORD, password: NEW_PASSWORD }, "/users/me/password");
    await app.deliver();
    const link = linkTo(app, ANNA, "security-alert");
    await changeAddress(app, anna, NEW, NEW_PASSWORD);

    const client = app.client();
    assert.equal((await client.open(link)).status, 410);
    assert.match(client.text, /The account has another address by now/);
    assert.equal((await client.send("/objection", { token: tokenOf(link) })).status, 410);
    assert.equal((await anna.request("GET", "/users/me")).status, 200);
  });
});
