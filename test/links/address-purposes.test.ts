import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changeAddress, emailsTo, HIGH_LIMITS, linkTo, requestEmailChange } from "../support/email-change.ts";
import { openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { assertSays, SUBJECTS, words } from "../support/words.ts";

const ANNA = "anna@example.com";
const NEW = "anna@new.example";
const NEW_PASSWORD = "a new and rather long password";

describe("A token of each purpose", () => {
  it("is rejected by every other route, as a cookie and as a code, and stays valid for its own", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const anna = await signUp(app, ANNA);
    await changeAddress(app, anna, NEW);
    await requestEmailChange(app, anna, "third@new.example");
    const requester = app.client();
    await requester.post("/sign-in-link", { email: NEW });
    await app.client().post("/sign-up", { email: "new@example.com" });
    await app.deliver();
    await requestReset(app, NEW);
    const routes = {
      "/reset-password": [linkTo(app, NEW, "reset-password"), "/reset-password"],
      "/sign-up": [linkTo(app, "new@example.com", "sign-up"), "/sign-up/confirm"],
      "/sign-in-link": [linkTo(app, NEW, "sign-in-link"), "/sign-in-link/confirm"],
      "/objection": [linkTo(app, NEW, "security-alert"), "/objection"],
      "/address-change": [linkTo(app, "third@new.example", "email-change"), "/address-change"],
      "/address-undo": [linkTo(app, ANNA, "email-change-undo"), "/address-undo"],
    } as const;

    for (const [own, [link]] of Object.entries(routes)) {
      const token = tokenOf(link);
      for (const [foreign, [, target]] of Object.entries(routes)) {
        if (foreign === own) continue;
        assert.equal((await app.client().open(`${foreign}/${token}`)).status, 410, `${own} at ${foreign}`);
        const posted = await app.client().send(target, { token, password: NEW_PASSWORD, code: token });
        assert.equal(posted.status, 410, `${own} sent to ${target}`);
      }
      const attacker = app.client();
      attacker.cookies.set("latchkey", token);
      assert.equal((await attacker.request("GET", "/users/me")).status, 303, own);
      const typed = await requester.send("/code", { code: token });
      assert.equal(typed.status, 422, own);
    }
    for (const [own, [link]] of Object.entries(routes)) {
      assert.equal((await requester.open(link)).status, 200, own);
    }
  });
});

describe("Links and codes issued before an email change", () => {
  it("stay revoked if the account returns to its old address", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const anna = await signUp(app, ANNA);
    const reset = await requestReset(app, ANNA);
    const requester = app.client();
    await requester.post("/sign-in-link", { email: ANNA });
    await app.deliver();
    const code = /\b\d{4} \d{4}\b/.exec(app.lastMail().text)?.[0] ?? "";
    await changeAddress(app, anna, NEW);
    await changeAddress(app, anna, ANNA);
    assertSays(anna.text, words.address.doneElse({ email: "a•••@example.com" }));

    assert.equal((await app.client().open(reset)).status, 410);
    const typed = await requester.send("/code", { code });
    assert.equal(typed.status, 422);
    assertSays(typed.body, words.code.errorWrong(4));
  });
});

describe("A notice queued for an address that the account no longer has", () => {
  it("is not sent: the old address gets only the link that undoes the change", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const anna = await signUp(app, ANNA);
    await app.client().post("/sign-in-link", { email: ANNA });
    await requestEmailChange(app, anna, NEW);
    const token = tokenOf(linkTo(app, NEW, "email-change"));
    const phone = app.client();
    await phone.post("/sign-in-link", { email: ANNA });
    await app.deliver();
    await phone.open(app.lastLink());
    await phone.submit({});
    assert.equal(phone.path, "/users/me");
    const before = emailsTo(app, ANNA).length;

    await anna.post("/address-change", { token });
    assertSays(anna.text, words.address.doneTitle);
    await app.deliver();

    const late = emailsTo(app, ANNA).slice(before);
    assert.deepEqual(
      late.map(({ subject }) => subject),
      [SUBJECTS.emailChanged],
    );
    assert.doesNotMatch(late[0]?.text ?? "", /\/objection\//);
  });

  it("has a revoked link if it was sent before the change", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const anna = await signUp(app, ANNA);
    await anna.open("/users/me");
    await anna.submit({ current_password: PASSWORD, password: NEW_PASSWORD }, "/users/me/password");
    await app.deliver();
    const link = linkTo(app, ANNA, "security-alert");
    await changeAddress(app, anna, NEW, NEW_PASSWORD);

    const client = app.client();
    assert.equal((await client.open(link)).status, 410);
    assertSays(client.text, words.dead.addressChangedOld);
    assert.equal((await client.send("/objection", { token: tokenOf(link) })).status, 410);
    assert.equal((await anna.request("GET", "/users/me")).status, 200);
  });
});
