import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hash } from "@node-rs/argon2";
import { DAY, MINUTE, SECOND } from "../../../src/lib/clock.ts";
import { TestClient } from "../../support/client.ts";
import { type App, openApp, PASSWORD, requestReset, signUp } from "../../support/open-app.ts";
import { freshDatabase } from "../../support/open-store.ts";
import { openRaw } from "../../support/raw-database.ts";
import { accountOf, anyLink, assertSays, words } from "../../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";
const ANNA = { email: "anna@example.com", password: PASSWORD };
const WRONG = { email: "anna@example.com", password: "not the right password" };
const UNKNOWN = { email: "unknown@example.com", password: PASSWORD };

describe("POST /sign-in", () => {
  it("redirects to the user's page, or to the page that required the sign-in", async () => {
    const { app } = await setUp();
    const anna = app.client();

    await anna.open("/users/me");
    assert.equal(anna.path, "/sign-in?next=%2Fusers%2Fme");
    await anna.submit({ ...ANNA, email: " Anna@EXAMPLE.com " });
    assert.equal(anna.response.status, 303);
    assertSays(anna.text, accountOf("anna@example.com"));

    const elsewhere = app.client();
    await elsewhere.open("/sign-in?next=/check-email");
    await elsewhere.submit(ANNA);
    assert.equal(elsewhere.path, "/check-email");
  });

  it("shows the form again for a wrong password, with the address and without the password", async () => {
    const { app } = await setUp();
    const anna = app.client();

    await anna.open("/sign-in?next=/check-email");
    const page = await anna.submit(WRONG);

    assert.equal(page.status, 401);
    assert.equal(page.headers.get("set-cookie"), null);
    assertSays(anna.text, words.signIn.errorSummary, words.signIn.error({ reset: anyLink }));
    assert.match(page.body, /name="email"[^>]* value="anna@example.com"/);
    assert.ok(!page.body.includes(WRONG.password));
    await anna.submit(ANNA);
    assert.equal(anna.path, "/check-email");
  });

  it("never adopts a session that the browser brought (session fixation) (Z2)", async () => {
    const { app } = await setUp();
    const planted = "A".repeat(43);
    const victim = app.client();
    victim.cookies.set("latchkey", planted);

    await victim.post("/sign-in", ANNA);

    assert.notEqual(victim.cookies.get("latchkey"), planted);
    assert.ok(await isSignedIn(app, victim.cookies.get("latchkey")));
    assert.ok(!(await isSignedIn(app, planted)));
  });

  it("issues a new session each time and ends the one that the browser brought, also of another account (Z2)", async () => {
    const { app } = await setUp();
    const browser = await signUp(app, "bob@example.com");
    const bobs = browser.cookies.get("latchkey");

    await browser.open("/sign-in");
    assertSays(browser.text, words.signIn.already({ email: "b•••@example.com", account: anyLink }));
    await browser.post("/sign-in", WRONG);
    assert.ok(await isSignedIn(app, bobs));
    await browser.post("/sign-in", ANNA);
    const first = browser.cookies.get("latchkey");
    await browser.post("/sign-in", ANNA);
    const second = browser.cookies.get("latchkey");

    assert.equal(new Set([bobs, first, second]).size, 3);
    assert.ok(!(await isSignedIn(app, bobs)));
    assert.ok(!(await isSignedIn(app, first)));
    assert.ok(await isSignedIn(app, second));
  });

  it("replaces a hash below the current cost, and the password stays valid (P3)", async () => {
    const database = await freshDatabase();
    const { app } = await setUp({ database });
    const sql = await openRaw(database);
    const cheap = await hash(PASSWORD, { memoryCost: 4_096, timeCost: 1, parallelism: 1 });
    await sql.rows("update latchkey_accounts set password_hash = ?", cheap);

    assert.equal((await app.client().send("/sign-in", WRONG)).status, 401);
    assert.equal((await app.client().send("/sign-in", ANNA)).status, 303);

    const [stored] = await sql.rows("select password_hash as hash from latchkey_accounts");
    assert.match(String(stored?.hash), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.equal((await app.client().send("/sign-in", ANNA)).status, 303);
  });
});

describe("Guessing a password", () => {
  for (const who of [WRONG, UNKNOWN]) {
    it(`of ${who.email} is refused after ten attempts, with the time to wait`, async () => {
      const { app } = await setUp();
      for (let i = 0; i < 10; i += 1) {
        assert.equal((await app.client().send("/sign-in", who)).status, 401);
        app.pass(MINUTE);
      }

      const client = app.client();
      const page = await client.post("/sign-in", who);

      assert.equal(page.status, 429);
      assert.equal(page.headers.get("retry-after"), String(5 * 60));
      assertSays(client.text, words.tooMany.text({ duration: "5 minutes" }));
    });
  }

  it("delays the right password too, until the stated time", async () => {
    const { app } = await setUp();
    for (let i = 0; i < 10; i += 1) await app.client().send("/sign-in", WRONG);

    const refused = await app.client().send("/sign-in", ANNA);
    const wait = Number(refused.headers.get("retry-after")) * SECOND;
    app.pass(wait - 1);
    const stillRefused = await app.client().send("/sign-in", ANNA);
    app.pass(1);
    const taken = await app.client().send("/sign-in", ANNA);

    assert.deepEqual([refused.status, stillRefused.status, taken.status], [429, 429, 303]);
  });

  it("does not prevent the owner's reset, which clears the limit (P5)", async () => {
    const { app } = await setUp();
    for (let i = 0; i < 11; i += 1) await app.client().send("/sign-in", WRONG);

    const owner = app.client();
    await owner.open(await requestReset(app, "anna@example.com", owner));
    await owner.submit({ password: NEW_PASSWORD });

    assert.equal(owner.path, "/users/me");
    assert.equal((await app.client().send("/sign-in", { ...ANNA, password: NEW_PASSWORD })).status, 303);
  });

  it("of thirty accounts from one client limits that client and no other", async () => {
    const { app } = await setUp();
    const at = (peer: string) => new TestClient((request) => app.latchkey.fetch(request, { ip: peer }), app.baseUrl);
    const strangers = Array.from({ length: 30 }, (_, i) => ({ ...UNKNOWN, email: `p${i}@example.com` }));
    const tried = await Promise.all(strangers.map((who) => at("2001:db8::1").send("/sign-in", who)));
    assert.ok(tried.every(({ status }) => status === 401));

    assert.equal((await at("2001:db8::1").send("/sign-in", ANNA)).status, 429);
    assert.equal((await at("2001:db8::ffff:2").send("/sign-in", ANNA)).status, 429);
    assert.equal((await at("2001:db8:0:1::1").send("/sign-in", ANNA)).status, 303);
    assert.equal((await at("2001:db8::1").send("/forgot-password", { email: ANNA.email })).status, 303);
  });
});

describe("A flood of sign-ins", () => {
  it("gets 503 when the hashing queue is full, while other pages are served (P4)", async () => {
    const { app } = await setUp({ limits: { requestsPerIp: "100000/1h", signInsPerAccount: "100000/1h" } });

    const flood = Array.from({ length: 200 }, (_, i) => {
      return app.client().send("/sign-in", { ...UNKNOWN, email: `p${i}@example.com` });
    });
    const page = await app.client().request("GET", "/sign-in");
    const responses = await Promise.all(flood);

    assert.equal(page.status, 200);
    const busy = responses.filter(({ status }) => status === 503);
    assert.ok(busy.length > 0);
    assert.deepEqual(new Set(responses.map(({ status }) => status)), new Set([401, 503]));
    for (const { headers, body } of busy) {
      assert.match(headers.get("retry-after") ?? "", /^[1-9]\d*$/);
      assert.equal(body, busy[0]?.body);
    }
    assert.equal((await app.client().send("/sign-in", ANNA)).status, 303);
  });
});

describe("POST /sign-out", () => {
  it("ends the session by the form on the page, and not by GET", async () => {
    const { app, anna } = await setUp();
    const session = anna.cookies.get("latchkey");

    const looked = await anna.request("GET", "/sign-out");
    const headed = await anna.request("HEAD", "/sign-out");
    assert.deepEqual([looked.status, headed.status], [405, 405]);
    assert.ok(await isSignedIn(app, session));

    await anna.open("/users/me");
    await anna.submit({}, "/sign-out");
    assert.equal(anna.response.status, 303);
    assert.equal(anna.path, "/sign-in");
    assert.ok(!(await isSignedIn(app, session)));
    assert.equal(anna.cookies.size, 0, "no one after them reads which address asked for a mail here");
  });

  it("succeeds with an expired session and without one", async () => {
    const { app, anna } = await setUp();
    app.pass(40 * DAY);

    assert.equal((await anna.send("/sign-out", {})).status, 303);
    assert.equal((await app.client().send("/sign-out", {})).status, 303);
  });
});

/** An app in which Anna has an account. */
async function setUp(options: Parameters<typeof openApp>[0] = {}): Promise<{ app: App; anna: TestClient }> {
  const app = await openApp(options);
  return { app, anna: await signUp(app, "anna@example.com") };
}

async function isSignedIn(app: App, session: string | undefined): Promise<boolean> {
  const client = app.client();
  client.cookies.set("latchkey", session ?? "");
  return (await client.request("GET", "/users/me")).status === 200;
}
