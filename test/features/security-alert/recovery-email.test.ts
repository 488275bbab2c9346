import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changeAddress, emailsTo, HIGH_LIMITS, linkTo } from "../../support/email-change.ts";
import { type App, openApp, PASSWORD, signUp } from "../../support/open-app.ts";
import { accountOf, assertSays, words } from "../../support/words.ts";

const ANNA = "anna@example.com";
const ATTACKER = "thief@evil.example";
const NEW_PASSWORD = "a new and rather long password";

describe("The recovery link sent after a security alert", () => {
  const actions: Record<string, (app: App) => Promise<unknown>> = {
    "revokes all links": ({ latchkey }) => latchkey.operator.endAllLinks(),
    "resets all accounts": resetAllAccounts,
  };
  for (const [what, action] of Object.entries(actions)) {
    it(`is still valid after the operator ${what}`, async () => {
      const { app, undo, objection } = await openTakenOver();
      await action(app);
      assert.equal((await app.client().open(objection)).status, 410, "every other link is revoked");

      const owner = app.client();
      await owner.open(undo);
      await owner.submit({});
      await app.deliver();

      assertSays(owner.text, words.undo.done);
      await owner.open(linkTo(app, ANNA, "reset-password"));
      await owner.submit({ password: NEW_PASSWORD });
      await owner.open("/users/me");
      assertSays(owner.text, accountOf("anna@example.com"));
    });
  }

  it("recovers the account also from an attacker who received the email of a bulk reset", async () => {
    const { app, undo } = await openTakenOver();
    await resetAllAccounts(app);
    await app.deliver();
    const attacker = app.client();
    await attacker.open(linkTo(app, ATTACKER, "reset-password"));
    await attacker.submit({ password: "the password of a thief" });
    assertSays(attacker.text, words.me.doneReset);

    const owner = app.client();
    await owner.open(undo);
    await owner.submit({});

    assertSays(owner.text, words.undo.done);
    assert.equal((await attacker.request("GET", "/users/me")).status, 303);
  });

  it("is revoked by `latchkey restored` after a backup in which a used link is valid again", async () => {
    const { app, undo } = await openTakenOver();

    const { links } = await app.latchkey.operator.endThePast();

    assert.ok(links >= 2);
    const page = await app.client().open(undo);
    assert.equal(page.status, 410);
    assertSays(page.body, words.dead.endedTitle);
  });
});

/** Does what `reset-all` does, with all emails released at once. */
async function resetAllAccounts({ latchkey }: App): Promise<void> {
  const { resetAll, mail } = latchkey.operator;
  for await (const _ of resetAll.endEverything(await resetAll.begin()));
  await mail.bulkRelease(600)();
}

/** An account whose address an attacker has changed. */
async function openTakenOver(): Promise<{ app: App; undo: string; objection: string }> {
  const app = await openApp({ limits: HIGH_LIMITS });
  await signUp(app, ANNA);
  const attacker = app.client();
  await attacker.post("/sign-in", { email: ANNA, password: PASSWORD });
  await changeAddress(app, attacker, ATTACKER);
  assert.ok(emailsTo(app, ANNA).length > 0);
  return { app, undo: linkTo(app, ANNA, "email-change-undo"), objection: linkTo(app, ATTACKER, "security-alert") };
}
