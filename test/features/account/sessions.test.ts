import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rich } from "../../../src/i18n/rich.ts";
import { DAY, HOUR, MINUTE } from "../../../src/lib/clock.ts";
import type { TestClient } from "../../support/client.ts";
import { type App, openApp, PASSWORD, requestReset, signUp } from "../../support/open-app.ts";
import { freshDatabase } from "../../support/open-store.ts";
import { openRaw } from "../../support/raw-database.ts";
import { assertSays, words } from "../../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";
const FIREFOX = { "user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0" };
const SAFARI = {
  "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
};

describe("The list of sessions on /users/me", () => {
  it("names each browser and marks the current one", async () => {
    const { app, laptop } = await setUp();
    app.pass(HOUR);
    await signIn(app, "anna@example.com", SAFARI);

    await laptop.open("/users/me");

    const date = rich`${"Jan 15, 2026"}`;
    const here = [words.browser.computer, "Firefox on Windows", words.me.thisBrowser, words.me.activeNow({ date })];
    const seen = rich`${"now"}`;
    const there = [words.browser.phone, "Safari on iPhone", words.me.lastActive({ seen, date }), words.me.endOne];
    assertSays(laptop.text, words.me.sessions, ...here, ...there);
    assert.equal(rows(laptop), 2);
  });

  it("ends one session and leaves the others", async () => {
    const { app, laptop } = await setUp();
    const phone = await signIn(app, "anna@example.com", SAFARI);
    const tablet = await signIn(app, "anna@example.com");

    await laptop.open("/users/me");
    const phonesForm = laptop.page.body.split("</li>").find((row) => row.includes("Safari on iPhone"));
    await laptop.post("/users/me/sessions/end", { id: idIn(phonesForm) });

    assert.equal(new URL(laptop.path, app.baseUrl).pathname, "/users/me");
    assertSays(laptop.text, words.me.endedOne({ browser: "Safari on iPhone" }), words.me.title);
    assert.equal(rows(laptop), 2);
    assert.ok(!(await isSignedIn(phone)));
    assert.ok(await isSignedIn(tablet));
  });

  it("ends all sessions except the current one", async () => {
    const { app, laptop } = await setUp();
    const others = [await signIn(app, "anna@example.com"), await signIn(app, "anna@example.com", SAFARI)];

    await laptop.open("/users/me");
    await laptop.submit({ id: "others" }, "/users/me/sessions/end");

    assertSays(laptop.text, words.me.endedOthers, words.me.title);
    assert.equal(rows(laptop), 1);
    for (const other of others) assert.ok(!(await isSignedIn(other)));
  });

  it("never shows or ends a session of another account (Z5)", async () => {
    const { app, laptop } = await setUp();
    const phone = await signIn(app, "anna@example.com", SAFARI);
    await laptop.open("/users/me");
    const annas = idIn(laptop.page.body);
    const bob = await signUp(app, "bob@example.com");

    await bob.open("/users/me");
    assert.equal(rows(bob), 1);
    assert.ok(!bob.page.body.includes(annas) && !bob.text.includes("anna"));
    for (const id of [annas, "", "%", "others", "others' or '1'='1"]) await bob.post("/users/me/sessions/end", { id });
    for (const client of [app.client(), laptop]) await client.post("/users/me/sessions/end", { id: "no one's" });

    assert.ok(await isSignedIn(laptop));
    assert.ok(await isSignedIn(phone));
    assert.ok(await isSignedIn(bob));
  });

  it("ends no session if the request has none", async () => {
    const { app, laptop } = await setUp();
    const phone = await signIn(app, "anna@example.com");
    await laptop.open("/users/me");

    const stranger = app.client();
    await stranger.post("/users/me/sessions/end", { id: idIn(laptop.page.body) });

    assert.match(stranger.path, /^\/sign-in\?next=/);
    assert.ok(await isSignedIn(phone));
  });
});

describe("A session", () => {
  it("expires 30 days after its start, regardless of use (Z5)", async () => {
    const { app, laptop } = await setUp();

    for (let day = 1; day < 30; day += 1) {
      app.pass(DAY);
      assert.ok(await isSignedIn(laptop), `day ${day}`);
    }
    app.pass(DAY - 1);
    assert.ok(await isSignedIn(laptop));
    app.pass(1);
    assert.ok(!(await isSignedIn(laptop)));
  });

  it("expires after 14 days without use, and each use restarts that period", async () => {
    const { app, laptop } = await setUp();
    const phone = await signIn(app, "anna@example.com");

    app.pass(14 * DAY - MINUTE);
    assert.ok(await isSignedIn(laptop));
    app.pass(MINUTE);
    assert.ok(!(await isSignedIn(phone)));
    app.pass(13 * DAY);
    assert.ok(await isSignedIn(laptop));
  });

  it("has a browser-session cookie after a reset, and a persistent one after sign-in or sign-up (Z5)", async () => {
    const { app, laptop } = await setUp();
    const onceMore = app.client();
    await onceMore.post("/sign-in", { email: "anna@example.com", password: PASSWORD });
    const library = app.client();
    await library.open(await requestReset(app, "anna@example.com"));
    await library.submit({ password: NEW_PASSWORD });

    for (const { response } of [laptop, onceMore]) {
      assert.match(response.headers.get("set-cookie") ?? "", /; Max-Age=2592000;/);
    }
    assert.match(library.response.headers.get("set-cookie") ?? "", /^latchkey=[\w-]{43}; Path=\/;/);
    assert.doesNotMatch(library.response.headers.get("set-cookie") ?? "", /max-age|expires/i);
  });

  it("is revoked when its account is disabled (Z3)", async () => {
    const { laptop, sql } = await setUp();

    await sql.rows("update latchkey_accounts set disabled_at = 1");

    assert.ok(!(await isSignedIn(laptop)));
  });

  it("is accepted only for the exact value of its one cookie", async () => {
    const { app, laptop } = await setUp();
    const token = laptop.cookies.get("latchkey") ?? "";
    const last = token.at(-1) === "A" ? "B" : "A";
    const spellings = [
      "",
      `${token}=`,
      ` ${token}x`,
      token.slice(0, -1),
      `${token.slice(0, -1)}${last}`,
      `"${token}x"`,
    ];
    spellings.push(token.toLowerCase(), `${token}%00`, `${token}\u00a0`, "null", "A".repeat(43));

    for (const spelling of spellings) {
      const attacker = app.client();
      attacker.cookies.set("latchkey", encodeURI(spelling));
      assert.ok(!(await isSignedIn(attacker)), spelling);
    }
    assert.ok(await isSignedIn(laptop));
  });
});

describe("An attacker with a copy of the database", () => {
  it("gains no access with any string in it, as a cookie or as a link, also while emails are queued", async () => {
    const { app, laptop, sql } = await setUp();
    await requestReset(app, "anna@example.com");
    await app.client().send("/forgot-password", { email: "anna@example.com" });
    await app.client().send("/sign-up", { email: "bea@example.com" });

    const strings = new Set(await sql.strings());
    assert.ok(strings.size > 30);

    for (const string of strings) {
      const attacker = app.client();
      attacker.cookies.set("latchkey", encodeURIComponent(string));
      assert.ok(!(await isSignedIn(attacker)), string);
      for (const path of ["reset-password", "sign-up"]) {
        const opened = await attacker.request("GET", `/${path}/${encodeURIComponent(string)}`);
        assert.ok([404, 410].includes(opened.status), `${path} ${string}`);
      }
    }
    assert.ok(await isSignedIn(laptop));
    assert.equal((await app.client().open(app.lastLink())).status, 200);
  });
});

/** An app in which Anna signed up with Firefox on Windows, and a second connection into its database. */
async function setUp() {
  const database = await freshDatabase();
  const app = await openApp({ database });
  const laptop = await signUp(app, "anna@example.com", PASSWORD, app.client(FIREFOX));
  return { app, laptop, sql: await openRaw(database) };
}

async function signIn(app: App, email: string, headers?: Record<string, string>): Promise<TestClient> {
  const client = app.client(headers);
  await client.post("/sign-in", { email, password: PASSWORD });
  return client;
}

async function isSignedIn(client: TestClient): Promise<boolean> {
  return (await client.request("GET", "/users/me")).status === 200;
}

/** The id of the first session on the page that can be ended by itself. */
function idIn(body: string | undefined): string {
  return /name="id" value="([0-9a-f-]{36})"/.exec(body ?? "")?.[1] ?? "none";
}

function rows(client: TestClient): number {
  return client.page.body.match(/class="device"/g)?.length ?? 0;
}
