import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Accounts, ownAccounts } from "../../../src/accounts/accounts-table.ts";
import { emailsTo, HIGH_LIMITS, linkTo, requestEmailChange } from "../../support/email-change.ts";
import { type App, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../../support/open-app.ts";
import { runOverlapping } from "../../support/overlapping.ts";
import { assertSays, words } from "../../support/words.ts";

const ANNA = "anna@example.com";
const NEW = "anna@new.example";
const NEW_PASSWORD = "a new and rather long password";

describe("An email change requested by an attacker", () => {
  for (const [what, act] of Object.entries<(app: App) => Promise<unknown>>({
    async "a reset"(app) {
      const link = await requestReset(app, ANNA);
      return async () => app.client().post("/reset-password", { token: tokenOf(link), password: NEW_PASSWORD });
    },
    async "a security alert"(app) {
      await app.client().post("/reset-password", { token: tokenOf(await requestReset(app, ANNA)), password: PASSWORD });
      await app.deliver();
      const link = linkTo(app, ANNA, "security-alert");
      return async () => app.client().post("/objection", { token: tokenOf(link) });
    },
  })) {
    for (const isMailed of [true, false]) {
      it(`is revoked by ${what} of the owner, ${isMailed ? "after its email is sent" : "also while its email is queued"}`, async () => {
        const app = await openApp({ limits: HIGH_LIMITS });
        await signUp(app, ANNA);
        const defend = (await act(app)) as () => Promise<unknown>;
        const attacker = app.client();
        await attacker.post("/sign-in", { email: ANNA, password: PASSWORD });
        await attacker.post("/users/me/email", { email: NEW, current_password: PASSWORD });
        if (isMailed) await app.deliver();
        await defend();
        await app.deliver();

        const mails = emailsTo(app, NEW);
        assert.equal(mails.length, isMailed ? 1 : 0);
        if (!isMailed) return;
        const link = linkTo(app, NEW, "email-change");
        assert.equal((await app.client().open(link)).status, 410);
        for (const password of [PASSWORD, NEW_PASSWORD]) {
          const posted = await app.client().send("/address-change", { token: tokenOf(link), password });
          assert.equal(posted.status, 410);
        }
      });
    }
  }

  it("is revoked by another change, also while its email is queued", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const anna = await signUp(app, ANNA);
    await requestEmailChange(app, anna, NEW);
    const token = tokenOf(app.lastLink());
    await anna.post("/users/me/email", { email: "other@new.example", current_password: PASSWORD });
    await anna.post("/address-change", { token });
    assertSays(anna.text, words.address.doneTitle);
    await app.deliver();

    assert.deepEqual(emailsTo(app, "other@new.example"), []);
  });
});

describe("A concurrent reset and email change", () => {
  it("never both succeed, and the address and password are those of the winner", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    await signUp(app, "bob@example.com");
    const won = { change: 0, reset: 0 };

    for (let round = 0; round < 8; round += 1) {
      const [old, next] = [`anna${round}@example.com`, `anna${round}@new.example`];
      const anna = await signUp(app, old);
      const reset = { token: tokenOf(await requestReset(app, old)), password: NEW_PASSWORD };
      await requestEmailChange(app, anna, next);
      const change = { token: tokenOf(app.lastLink()) };

      const actions = {
        reset: () => app.client().send("/reset-password", reset),
        change: () => anna.send("/address-change", change),
      };
      const order = round % 2 === 0 ? (["reset", "change"] as const) : (["change", "reset"] as const);
      const { reset: wasReset, change: wasChanged } = await runOverlapping(actions, order, async (begun) => {
        // In the first two rounds one is through before the other begins, in the last ones it has a head start.
        if (round < 2) await begun;
        else if (round > 4) await app.client().send("/sign-in", { email: "bob@example.com", password: PASSWORD });
      });

      const [resetWon, changeWon] = [wasReset.status === 303, wasChanged.status === 303];
      assert.notEqual(resetWon, changeWon, `round ${round}: ${wasReset.status}, ${wasChanged.status}`);
      // Where the reset ended her session just as the change was looked at, she is asked for the password that it ended.
      if (resetWon) assert.ok([410, 422].includes(wasChanged.status), `round ${round}: ${wasChanged.status}`);
      else assert.equal(wasReset.status, 410);
      won[changeWon ? "change" : "reset"] += 1;
      const winner = changeWon ? [next, PASSWORD] : [old, NEW_PASSWORD];
      for (const email of [old, next]) {
        for (const password of [PASSWORD, NEW_PASSWORD]) {
          const { status } = await app.client().send("/sign-in", { email, password });
          assert.equal(status, email === winner[0] && password === winner[1] ? 303 : 401, `round ${round} ${email}`);
        }
      }
      await app.deliver();
    }
    assert.ok(won.change > 0 && won.reset > 0, `both ways round were seen: ${JSON.stringify(won)}`);
  });
});

describe("A sign-in that starts with the old address and ends after the email change", () => {
  it("starts no session: the change revoked every earlier one", async () => {
    let between: (() => Promise<unknown>) | null = null;
    const accounts: Accounts = {
      ...ownAccounts,
      async findByEmail(db, email) {
        const found = await ownAccounts.findByEmail(db, email);
        const act = email === ANNA && found ? between : null;
        between = null;
        await act?.();
        return found;
      },
    };
    const app = await openApp({ accounts });
    const anna = await signUp(app, ANNA);
    await requestEmailChange(app, anna, NEW);
    const token = tokenOf(app.lastLink());
    between = () => anna.post("/address-change", { token });

    const late = await app.client().send("/sign-in", { email: ANNA, password: PASSWORD });

    assertSays(anna.text, words.address.doneTitle);
    assert.equal(late.status, 401);
    assert.equal((await app.client().send("/sign-in", { email: NEW, password: PASSWORD })).status, 303);
  });
});

describe("An email prepared during an email change", () => {
  it("has no link and is not sent", async () => {
    let between: (() => Promise<unknown>) | null = null;
    const accounts: Accounts = {
      ...ownAccounts,
      async findByEmail(db, email) {
        if (email === "other@new.example") await between?.();
        return ownAccounts.findByEmail(db, email);
      },
    };
    const app = await openApp({ accounts, limits: HIGH_LIMITS });
    const anna = await signUp(app, ANNA);
    await requestEmailChange(app, anna, NEW);
    const token = tokenOf(app.lastLink());
    between = () => anna.post("/address-change", { token });

    await requestEmailChange(app, anna, "other@new.example");

    assertSays(anna.text, words.address.doneTitle);
    assert.deepEqual(emailsTo(app, "other@new.example"), []);
  });
});

describe("mayBeginSession for an email change", () => {
  it("is called before the change starts a new session, and a refusal changes nothing", async () => {
    const app = await openApp({
      mayBeginSession: async ({ method }) => (method === "email-change" ? "no" : "yes"),
    });
    const anna = await signUp(app, ANNA);
    await requestEmailChange(app, anna, NEW);
    const form = { token: tokenOf(app.lastLink()), password: PASSWORD };

    assert.equal((await anna.send("/address-change", form)).status, 403);
    assert.equal((await app.client().send("/sign-in", { email: ANNA, password: PASSWORD })).status, 303);

    assert.equal((await app.client().send("/address-change", form)).status, 303);
  });
});

describe("An email change whose session is revoked meanwhile", () => {
  it("changes nothing", async () => {
    let between: (() => Promise<unknown>) | null = null;
    const app = await openApp({
      async mayBeginSession({ method }) {
        if (method === "email-change") await between?.();
        return "yes";
      },
    });
    const anna = await signUp(app, ANNA);
    const phone = app.client();
    await phone.post("/sign-in", { email: ANNA, password: PASSWORD });
    await requestEmailChange(app, phone, NEW);
    const token = tokenOf(app.lastLink());
    between = () => anna.post("/users/me/sessions/end", { id: "others" });

    const late = await phone.send("/address-change", { token });

    assert.equal(late.status, 410);
    assert.equal((await app.client().send("/sign-in", { email: ANNA, password: PASSWORD })).status, 303);
    await anna.post("/address-change", { token });
    assertSays(anna.text, words.address.doneTitle);
  });
});

describe("An email change to an address that gets an account meanwhile", () => {
  it("is refused with the reason, also if both happen concurrently", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const won = { change: 0, signUp: 0 };
    for (let round = 0; round < 8; round += 1) {
      const [old, next] = [`anna${round}@example.com`, `anna${round}@new.example`];
      const anna = await signUp(app, old);
      const other = app.client();
      await other.post("/sign-up", { email: next });
      await app.deliver();
      const signingUp = { token: tokenOf(app.lastLink()), password: NEW_PASSWORD };
      await requestEmailChange(app, anna, next);
      const changing = { token: tokenOf(app.lastLink()), password: PASSWORD };

      const first = other.send("/sign-up/confirm", signingUp);
      if (round % 2) await app.client().send("/sign-in", { email: old, password: PASSWORD });
      const [signedUp, changed] = await Promise.all([first, anna.send("/address-change", changing)]);

      assert.deepEqual([signedUp.status, changed.status].sort(), [303, 410]);
      won[signedUp.status === 303 ? "signUp" : "change"] += 1;
      if (signedUp.status === 303) assertSays(changed.body, words.dead.taken);
      const { status } = await app.client().send("/sign-in", { email: old, password: PASSWORD });
      assert.equal(status, signedUp.status === 303 ? 303 : 401);
      // Their notices, or else they leave among the mails of the next round.
      await app.deliver();
    }
    assert.ok(won.change > 0 && won.signUp > 0, JSON.stringify(won));
  });
});
