import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HOUR, SECOND } from "../../../src/lib/clock.ts";
import { openApp, signUp } from "../../support/open-app.ts";
import { freshDatabase } from "../../support/open-store.ts";
import { copyClient, differentCode, REQUEST_PATHS, requestEmail, signedInAs } from "../../support/requests.ts";
import { anyLink, assertSays, plain, words } from "../../support/words.ts";

const HIGH_LIMITS = { requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

const SIGNED_IN_AS_BOB = words.other.signedIn({ current: "b•••@example.com", next: "a•••@example.com" });

describe("A sign-in link opened in a browser with another account's session", () => {
  it("names both accounts, and replaces the session only on confirmation", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const shared = await signUp(app, "bob@example.com");
    const { link } = await requestEmail(app, shared, REQUEST_PATHS.signIn, "anna@example.com");
    const bobs = copyClient(app, shared);

    await shared.open(link);
    assertSays(shared.text, SIGNED_IN_AS_BOB);
    assert.doesNotMatch(shared.page.body, /bob@|anna@/);
    assert.equal(await signedInAs(shared), "bob@example.com");
    await shared.submit({});

    assert.equal(await signedInAs(shared), "anna@example.com");
    assert.equal(await signedInAs(bobs), null);
  });

  it("names both accounts in a browser that did not request it, also after a wrong code", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const bob = await signUp(app, "bob@example.com");
    const { link, code } = await requestEmail(app, app.client(), REQUEST_PATHS.signIn, "anna@example.com");

    await bob.open(link);
    await bob.submit({ code: differentCode(code) });
    assertSays(bob.text, SIGNED_IN_AS_BOB);
    assert.equal(await signedInAs(bob), "bob@example.com");
    await bob.submit({ code });

    assert.equal(await signedInAs(bob), "anna@example.com");
  });

  it("starts a new session also for the same account, and ends the old one", async () => {
    const app = await openApp();
    const anna = await signUp(app, "anna@example.com");
    const before = copyClient(app, anna);
    const { link } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");

    await anna.open(link);
    assert.doesNotMatch(anna.page.body, /class="notice warn"/);
    await anna.submit({});

    assert.notEqual(anna.cookies.get("latchkey"), before.cookies.get("latchkey"));
    assert.equal(await signedInAs(before), null);
    assert.equal(await signedInAs(anna), "anna@example.com");
  });
});

describe("A sign-in link that requires the code of its email", () => {
  it("offers a new request, whose link needs no code in this browser", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    const asked = app.client();
    const { link } = await requestEmail(app, asked, REQUEST_PATHS.signIn, "anna@example.com");
    const elsewhere = app.client();

    await elsewhere.open(link);
    assert.match(elsewhere.page.body, /<a href="\/sign-in-link">/);
    assertSays(elsewhere.text, words.confirm.noCode({ link: anyLink }));
    const fresh = await requestEmail(app, elsewhere, REQUEST_PATHS.signIn, "anna@example.com");
    await elsewhere.open(fresh.link);
    await elsewhere.submit({});
    assert.equal(await signedInAs(elsewhere), "anna@example.com");

    const { link: another } = await requestEmail(app, asked, REQUEST_PATHS.signIn, "anna@example.com");
    await asked.open(another);
    assertSays(asked.text, words.confirm.tap({ email: "a•••@example.com" }));
    assert.ok(!asked.text.includes(plain(words.confirm.noCode({ link: anyLink }))));
  });
});

describe("Sign-in links that are disabled by the options", () => {
  it("have no route, no mention on a page, and no valid earlier links", async () => {
    const database = await freshDatabase();
    const on = await openApp({ database, limits: HIGH_LIMITS });
    await signUp(on, "anna@example.com");
    const anna = on.client();
    const mailed = await requestEmail(on, anna, REQUEST_PATHS.signIn, "anna@example.com");
    await on.client().post(REQUEST_PATHS.signIn, { email: "anna@example.com" });
    const off = await openApp({ database, signInLinks: false, limits: HIGH_LIMITS });
    const here = copyClient(off, anna);

    for (const path of [REQUEST_PATHS.signIn, "/sign-in-link/", mailed.link]) {
      assert.equal((await here.request("GET", path)).status, 404, path);
    }
    assert.equal((await here.send(REQUEST_PATHS.signIn, { email: "anna@example.com" })).status, 404);
    assert.equal((await here.send("/sign-in-link/confirm", { token: mailed.token })).status, 404);
    assert.equal((await off.client().send("/sign-in-link/confirm", { ...mailed })).status, 404);
    assert.notEqual((await here.send("/code", { code: mailed.code })).status, 303);
    assert.notEqual((await here.send("/check-email", {})).status, 303);
    assert.equal(await signedInAs(here), null);
    for (const path of ["/sign-in", "/check-email", "/sign-up", "/forgot-password"]) {
      for (const client of [here, off.client()]) {
        const page = await client.open(path);
        assert.equal(page.status, 200);
        assert.doesNotMatch(page.body, /sign-in-link|sign-in link/, path);
      }
    }
    await off.deliver();
    assert.equal(off.mails.length, 0, "a mail that waited is not sent");

    await anna.open(mailed.link);
    await anna.submit({});
    assert.equal(await signedInAs(anna), "anna@example.com", "switched on it works");
  });
});

describe("POST /sign-in-link", () => {
  it("returns the same response for every address, also above the limit of an address", async () => {
    const app = await openApp({ limits: { requestsPerIp: "12/10m" } });
    await signUp(app, "anna@example.com");
    app.mails.length = 0;
    app.pass(HOUR);

    const responses = [];
    for (let i = 0; i < 6; i += 1) {
      for (const email of ["anna@example.com", "unknown@example.com"]) {
        const client = app.client();
        const { status, headers, body } = await client.send(REQUEST_PATHS.signIn, { email });
        const cookie = headers.get("set-cookie")?.replace(/=[^;]+/, "=REQUEST");
        responses.push(JSON.stringify({ status, to: headers.get("location"), cookie, body }));
      }
      await app.deliver();
      app.pass(SECOND);
    }

    assert.equal(new Set(responses).size, 1);
    assert.match(responses[0] ?? "", /303.*check-email.*latchkey-request=REQUEST; Max-Age=86400; Path=\/; HttpOnly/);
    assert.equal(app.mails.length, 5);
    const over = await app.client().send(REQUEST_PATHS.signIn, { email: "anna@example.com" });
    assert.equal(over.status, 429);
    assert.match(over.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
  });

  it("does not count against resets", async () => {
    const app = await openApp();
    await signUp(app, "anna@example.com");
    for (let i = 0; i < 6; i += 1) await app.client().post(REQUEST_PATHS.signIn, { email: "anna@example.com" });
    await app.deliver();

    const reset = await requestEmail(app, app.client(), REQUEST_PATHS.reset, "anna@example.com");

    assert.equal((await app.client().open(reset.link)).status, 200);
  });

  it("shows the form again for a malformed address", async () => {
    const app = await openApp();
    const anna = app.client();

    await anna.open(REQUEST_PATHS.signIn);
    await anna.submit({ email: "anna@example" }, REQUEST_PATHS.signIn);

    assert.equal(anna.response.status, 422);
    assert.match(anna.page.body, /value="anna@example"/);
    assert.deepEqual(anna.response.headers.getSetCookie(), []);
  });
});
