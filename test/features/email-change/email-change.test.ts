import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ownAccounts } from "../../../src/accounts/accounts-table.ts";
import { DAY } from "../../../src/lib/clock.ts";
import {
  changeAddress,
  emailsTo,
  HIGH_LIMITS,
  linkTo,
  requestEmailChange,
  sendWrongGuesses,
} from "../../support/email-change.ts";
import { type App, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../../support/open-app.ts";
import { statuses } from "../../support/requests.ts";
import { accountOf, assertSays, SUBJECTS, when, words } from "../../support/words.ts";

const ANNA = "anna@example.com";
const NEW = "anna@new.example";
const NEW_PASSWORD = "a new and rather long password";

describe("Changing the email address", () => {
  it("takes effect when the link sent to the new address is used, and notifies both addresses", async () => {
    const app = await openApp();
    const anna = await signUp(app, ANNA);
    const phone = app.client();
    await phone.post("/sign-in", { email: ANNA, password: PASSWORD });
    const reset = await requestReset(app, ANNA);
    const before = anna.cookies.get("latchkey") ?? "";

    await anna.open("/users/me");
    await anna.submit({ email: " Anna@New.Example ", current_password: PASSWORD }, "/users/me/email");
    assert.equal(anna.page.status, 200);
    assertSays(anna.text, words.emailChange.askedUnnamed);
    await app.deliver();
    assert.equal(app.lastMail().to, NEW);
    assert.match(app.lastMail().text, /from\s+a•••@example\.com\s+to\s+this\s+one/);
    assert.match(app.lastMail().text, /expires in 24 hours/);
    assert.deepEqual(await signInStatuses(app, ANNA, NEW), [303, 401]);

    await anna.open(app.lastLink());
    assertSays(anna.text, words.address.what({ from: "a•••@example.com", to: "a•••@new.example" }));
    await anna.submit({});
    await app.deliver();

    assertSays(anna.text, words.address.doneElse({ email: "a•••@new.example" }));
    assert.notEqual(anna.cookies.get("latchkey"), before);
    await anna.open("/users/me");
    assertSays(anna.text, accountOf("anna@new.example"));
    assert.deepEqual(await signInStatuses(app, ANNA, NEW), [401, 303]);
    assert.equal((await phone.request("GET", "/users/me")).status, 303);
    const attacker = app.client();
    attacker.cookies.set("latchkey", before);
    assert.equal((await attacker.request("GET", "/users/me")).status, 303);
    assert.equal((await app.client().open(reset)).status, 410);

    for (const [email, link] of [
      [ANNA, "address-undo"],
      [NEW, "objection"],
    ] as const) {
      const notice = emailsTo(app, email).at(-1);
      assert.equal(notice?.subject, SUBJECTS.emailChanged);
      assert.match(notice?.text ?? "", /From: a•••@example\.com\nTo: a•••@new\.example\n.*\nWhen: January 15, 2026/);
      assert.match(notice?.text ?? "", new RegExp(`/${link}/`));
    }
  });

  it("is confirmed in another browser with the password, without starting a session there", async () => {
    const app = await openApp();
    const anna = await signUp(app, ANNA);
    await requestEmailChange(app, anna, NEW);
    const phone = app.client();

    await phone.open(app.lastLink());
    await phone.submit({ password: "not the right password" });
    assert.equal(phone.page.status, 422);
    assertSays(phone.text, words.address.wrongPassword);
    await phone.submit({ password: PASSWORD });

    assertSays(phone.text, words.address.doneTitle, words.address.told);
    assert.equal(phone.cookies.size, 0);
    assert.equal((await anna.request("GET", "/users/me")).status, 303);
    assert.deepEqual(await signInStatuses(app, ANNA, NEW), [401, 303]);
  });

  it("leaves another account signed in in the browser that confirms it", async () => {
    const app = await openApp();
    const bob = await signUp(app, "bob@example.com");
    const anna = await signUp(app, ANNA);
    await requestEmailChange(app, anna, NEW);

    await bob.open(app.lastLink());
    await bob.submit({ password: PASSWORD });
    await bob.open("/users/me");

    assertSays(bob.text, accountOf("bob@example.com"));
    assert.deepEqual(await signInStatuses(app, ANNA, NEW), [401, 303]);
  });

  it("returns form errors, keeps the address and sends no email", async () => {
    const app = await openApp();
    const anna = await signUp(app, ANNA);
    const mails = app.mails.length;

    for (const [email, password, status, sentence] of [
      ["anna at example", PASSWORD, 422, words.error.emailNoAt],
      ["", PASSWORD, 422, words.error.emailEmpty],
      [" ANNA@example.com", PASSWORD, 422, words.emailChange.same],
      [NEW, "not the right password", 422, words.emailChange.wrongPassword],
      [NEW, "", 422, words.emailChange.wrongPassword],
      [`${NEW},${ANNA}`, PASSWORD, 400, words.problem.badRequestTitle],
      [`${NEW}\r\nBcc: ${ANNA}`, PASSWORD, 400, words.problem.badRequestTitle],
    ] as const) {
      await anna.open("/users/me");
      const page = await anna.submit({ email, current_password: password }, "/users/me/email");
      assert.equal(page.status, status, email);
      assertSays(anna.text, sentence);
      if (status === 422) assert.ok(page.body.includes(`name="email" type="email" value="${email}"`), email);
      assert.doesNotMatch(page.body, /name="(current_)?password"[^>]* value=/);
    }
    await app.deliver();

    assert.equal(app.mails.length, mails);
  });

  it("requires a session and the current password, also right after a reset (Z6)", async () => {
    const app = await openApp();
    await signUp(app, ANNA);
    const anna = app.client();
    await anna.open(await requestReset(app, ANNA));
    await anna.submit({ password: NEW_PASSWORD });

    const old = await anna.send("/users/me/email", { email: NEW, current_password: PASSWORD });
    const without = await anna.send("/users/me/email", { email: NEW });
    const stranger = app.client();
    await stranger.post("/users/me/email", { email: NEW, current_password: NEW_PASSWORD });
    // The notice of the reset leaves first, so that the last link is the one asked for.
    await app.deliver();
    await requestEmailChange(app, anna, NEW, NEW_PASSWORD);
    const confirmed = await anna.send("/address-change", { token: tokenOf(app.lastLink()) });
    const passwords = { current_password: NEW_PASSWORD, password: PASSWORD };
    const after = await anna.send("/users/me/password", passwords);

    assert.deepEqual([old.status, without.status], [422, 400]);
    assert.match(stranger.path, /^\/sign-in\?next=/);
    assert.equal(confirmed.status, 303);
    // A person who a reset let in stays signed in until the browser is closed, however often they change things.
    for (const { headers } of [confirmed, after]) {
      assert.match(headers.get("set-cookie") ?? "", /^latchkey=[\w-]{43};(?!.*max-age)/i);
    }
  });

  it("is not offered if the accounts table does not support it", async () => {
    const { setEmail: _, ...accounts } = ownAccounts;
    const app = await openApp({ accounts });
    const anna = await signUp(app, ANNA);

    await anna.open("/users/me");

    assert.doesNotMatch(anna.page.body, /users\/me\/email/);
    const form = { email: NEW, current_password: PASSWORD };
    assert.equal((await anna.send("/users/me/email", form)).status, 404);
    for (const path of ["/address-change", "/address-undo"]) {
      assert.equal((await anna.request("GET", `${path}/${"A".repeat(43)}`)).status, 404);
      assert.equal((await anna.send(path, { token: "A".repeat(43) })).status, 404);
    }
  });
});

describe("The link to a new address", () => {
  it("has no effect when it is opened or its form is submitted cross-site", async () => {
    const app = await openApp();
    const anna = await signUp(app, ANNA);
    await requestEmailChange(app, anna, NEW);
    const link = app.lastLink();

    for (const client of [anna, app.client()]) {
      assert.equal((await client.request("GET", link)).status, 200);
      assert.equal((await client.request("HEAD", link)).status, 200);
    }
    const foreign = app.client({ "sec-fetch-site": "cross-site" });
    foreign.cookies.set("latchkey", anna.cookies.get("latchkey") ?? "");
    const forged = await foreign.send("/address-change", { token: tokenOf(link) });
    const asked = await foreign.send("/users/me/email", { email: NEW, current_password: PASSWORD });

    assert.deepEqual([forged.status, asked.status], [403, 403]);
    assert.deepEqual(await signInStatuses(app, ANNA, NEW), [303, 401]);
    await anna.open(link);
    await anna.submit({});
    assertSays(anna.text, words.address.doneTitle);
  });

  it("requires the password from an unrelated person who received it by a typo", async () => {
    const app = await openApp();
    const anna = await signUp(app, ANNA);
    const stranger = await signUp(app, "stranger@example.com");
    await requestEmailChange(app, anna, "ana@new.example");
    const link = app.lastLink();

    for (const client of [app.client(), stranger]) {
      for (const password of [undefined, "", "a guess or two of the stranger"]) {
        const form = { token: tokenOf(link), ...(password === undefined ? {} : { password }) };
        await sendWrongGuesses(app, 1, 422, () => client.send("/address-change", form));
      }
    }

    assert.deepEqual(await signInStatuses(app, ANNA, "ana@new.example"), [303, 401]);
  });

  it("succeeds once in fifty concurrent uses", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const anna = await signUp(app, ANNA);
    await requestEmailChange(app, anna, NEW);
    const token = tokenOf(app.lastLink());
    const before = app.mails.length;

    const uses = Array.from({ length: 50 }, (_, i) =>
      (i % 2 ? app.client() : anna).send("/address-change", { token, password: PASSWORD }),
    );
    const responses = await Promise.all(uses);
    await app.deliver();

    const { 303: won, 410: lost = 0, 422: strange = 0, 429: waited = 0 } = statuses(responses);
    assert.equal(won, 1);
    // The link is dead, the session was replaced and the password is asked for, or others are trying passwords already.
    assert.equal(lost + strange + waited, 49);
    const losers = responses.filter(({ status }) => status !== 303);
    assert.deepEqual([...new Set(losers.map(({ headers }) => headers.get("set-cookie")))], [null]);
    assert.equal(app.mails.length - before, 2);
  });

  it("states why it is dead: used, expired, revoked by a change, address taken, unknown", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const anna = await signUp(app, ANNA);
    await requestEmailChange(app, anna, "other@new.example");
    const ended = app.lastLink();
    await changeAddress(app, anna, NEW);
    const used = linkTo(app, NEW, "email-change");
    await requestEmailChange(app, anna, "taken@new.example");
    const taken = app.lastLink();
    await signUp(app, "taken@new.example");

    for (const [link, sentence] of [
      [used, words.dead.usedChange({ when: when(app.now(), app.now()) })],
      [ended, words.dead.addressChanged({ when: when(app.now(), app.now()) })],
      [taken, words.dead.taken],
      [`/address-change/${"A".repeat(43)}`, words.dead.unknown],
      ["/address-change/", words.dead.unknown],
    ] as const) {
      const client = app.client();
      assert.equal((await client.open(link)).status, 410);
      assertSays(client.text, sentence);
      assert.doesNotMatch(client.page.body, /example\.com|new\.example|•••/);
      const posted = await anna.send("/address-change", { token: tokenOf(link) });
      assert.equal(posted.status, 410);
    }
    await requestEmailChange(app, anna, "late@new.example");
    app.pass(DAY);
    const late = app.client();
    assert.equal((await late.open(app.lastLink())).status, 410);
    assertSays(late.text, words.dead.expired({ when: when(app.now(), app.now()) }));
    assert.deepEqual(await signInStatuses(app, NEW, "taken@new.example"), [303, 303]);
  });
});

async function signInStatuses(app: App, ...emails: string[]): Promise<number[]> {
  const found: number[] = [];
  for (const email of emails) found.push((await app.client().send("/sign-in", { email, password: PASSWORD })).status);
  return found;
}
