import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { HOUR, MINUTE } from "../../src/lib/clock.ts";
import type { Transport } from "../../src/mail/transport.ts";
import type { Options } from "../../src/options/options.ts";
import type { TestClient, TestResponse } from "../support/client.ts";
import { maskedHeaders } from "../support/masked.ts";
import { type App, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { recordStatements } from "../support/statements.ts";
import { assertSays, readable, words } from "../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";
/** All addresses have the same length, so that responses can be compared byte by byte. */
const KNOWN = "known@example.com";
const UNKNOWN = "nobod@example.com";
const DISABLED = "disab@example.com";
const THROTTLED = "throt@example.com";
const UNKNOWN_THROTTLED = "nothr@example.com";
const ADDRESSES = [KNOWN, UNKNOWN, DISABLED, THROTTLED, UNKNOWN_THROTTLED];
/** The forms that request an email. */
const REQUEST_FORMS = ["/forgot-password", "/sign-up", "/sign-in-link"];

const stalled = Promise.withResolvers<string>();

describe("Requesting an email", () => {
  for (const path of REQUEST_FORMS) {
    it(`at ${path} returns the same bytes and runs the same statements for every address (S1)`, async () => {
      const { app, rows } = await setUp();
      const browserOf = browsers(app);
      const asked = await eachOf(ADDRESSES, (email) => browserOf(email).send(path, { email }));

      assert.equal(asked[0]?.answer.status, 303);
      assert.equal(asked[0]?.answer.headers.get("location"), "/check-email");
      const cookies = asked.map(({ answer }) => answer.headers.get("set-cookie") ?? "");
      for (const cookie of cookies) assert.match(cookie, REQUEST_COOKIE);
      assert.equal(new Set(cookies).size, ADDRESSES.length);
      assertAlike(asked);

      for (const email of ADDRESSES) assert.equal(await rows(`latchkey_outbox where email = '${email}'`), 1);
      const pages = await eachOf(ADDRESSES, (email) => browserOf(email).request("GET", "/check-email"));
      assert.equal(pages[0]?.answer.status, 200);
      for (const { email, answer } of pages)
        assert.ok(answer.body.includes(`<strong><bdi dir="ltr">${email}</bdi></strong>`));
      assertAlike(pages);
      const otherBrowsers = await eachOf(ADDRESSES, () => app.client().request("GET", "/check-email"));
      assert.equal(otherBrowsers[0]?.answer.status, 200);
      assertAlike(otherBrowsers);
    });

    it(`at ${path} again, too soon and in time, returns the same bytes for every address (S1)`, async () => {
      const { app, rows } = await setUp();
      const browserOf = browsers(app);
      for (const email of ADDRESSES) await browserOf(email).send(path, { email });
      await app.deliver();
      const again = (email: string) => browserOf(email).send("/check-email", {});

      const tooSoon = await eachOf(ADDRESSES, again);
      app.pass(MINUTE);
      const inTime = await eachOf(ADDRESSES, again);
      const pages = await eachOf(ADDRESSES, (email) => browserOf(email).request("GET", "/check-email?sent=again"));

      assert.equal(tooSoon[0]?.answer.status, 429);
      assert.equal(tooSoon[0]?.answer.headers.get("retry-after"), "60");
      assertAlike(tooSoon);
      assert.equal(inTime[0]?.answer.status, 303);
      assert.equal(inTime[0]?.answer.headers.get("location"), "/check-email?sent=again");
      assertAlike(inTime);
      assertSays(
        readable(pages[0]?.answer.body ?? ""),
        path === "/sign-up" ? words.check.sentAgainSignUp : words.check.sentAgain({ email: ADDRESSES[0] ?? "" }),
      );
      assertAlike(pages);
      for (const email of ADDRESSES) assert.equal(await rows(`latchkey_outbox where email = '${email}'`), 2);
    });

    it(`at ${path} and submitting wrong codes returns the same bytes for every address (S1)`, async () => {
      const { app, rows } = await setUp();
      const browserOf = browsers(app);
      for (const email of ADDRESSES) await browserOf(email).send(path, { email });
      await app.deliver();
      assert.ok((await rows("latchkey_codes")) > 0, "positive control: one account has a code");

      for (const statusThen of [422, 422, 422, 422, 410, 410]) {
        const wrong = await eachOf(ADDRESSES, (email) => browserOf(email).send("/code", { code: notTheCode(app) }));
        assert.equal(wrong[0]?.answer.status, statusThen);
        assertAlike(wrong);
      }
      const invalid = await eachOf(ADDRESSES, (email) => browserOf(email).send("/code", { code: "1234" }));
      assertAlike(invalid);
    });
  }

  it("beyond the limit of a client returns the same 429 for every address (S1)", async () => {
    const { app } = await setUp({ requestsPerIp: "20/10m" });
    for (let i = 0; i < 30; i += 1) await app.client().send("/forgot-password", { email: `p${i}@example.com` });

    const asked = await eachOf(ADDRESSES, (email) => app.client().send("/forgot-password", { email }));

    assert.equal(asked[0]?.answer.status, 429);
    assert.match(asked[0]?.answer.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
    assertAlike(asked);
  });

  it("with an invalid or malformed address runs no statement except the limit of the client (S5)", async () => {
    const { app } = await setUp();
    const invalid = ["", "known", "known@", "known@example", `${KNOWN},${UNKNOWN}`, `${KNOWN}\r\nBcc: ${UNKNOWN}`];

    for (const path of [...REQUEST_FORMS, "/sign-in"]) {
      for (const email of invalid) {
        const [asked] = await eachOf([email], () => app.client().send(path, { email, password: PASSWORD }));
        assert.ok([400, 422].includes(asked?.answer.status ?? 0), email);
        const tables = (asked?.statements ?? []).flatMap((statement) => statement.match(/latchkey_\w+/g) ?? []);
        assert.deepEqual([...new Set(tables)], ["latchkey_limits"], email);
      }
    }
  });

  for (const [what, send] of [
    ["is down", () => Promise.reject(Object.assign(new Error("ECONNREFUSED"), { command: "CONN" }))],
    ["refuses every email", () => Promise.reject(Object.assign(new Error("550 no"), { responseCode: 550 }))],
    ["never answers", () => stalled.promise],
  ] as const) {
    it(`returns the usual response while the mail server ${what} (S2)`, async () => {
      after(() => stalled.resolve("250 at last"));
      const healthy = await setUp();
      const failing = await setUp({}, send);
      const answerOf = (app: App) => (email: string) => app.client().send("/forgot-password", { email });

      failing.app.latchkey.worker.start();
      const whileFailing = await eachOf(ADDRESSES, answerOf(failing.app));
      const whileHealthy = await eachOf(ADDRESSES, answerOf(healthy.app));

      assert.deepEqual(whileFailing.map(bytes), whileHealthy.map(bytes));
      assert.equal(new Set(whileFailing.map(bytes)).size, 1);
    });
  }
});

describe("Signing in", () => {
  it("returns the same bytes for a wrong password, an unknown, a disabled and a password-less account (S3)", async () => {
    const { app, sql } = await setUp();
    const passwordless = "nopwd@example.com";
    await signUp(app, passwordless);
    await sql.rows(`update latchkey_accounts set password_hash = null where email = '${passwordless}'`);
    const wrong = await eachOf([KNOWN, UNKNOWN, DISABLED, passwordless], (email) => {
      return app.client().send("/sign-in", { email, password: "not the right password" });
    });
    const right = await eachOf([UNKNOWN, DISABLED, passwordless], (email) => {
      return app.client().send("/sign-in", { email, password: PASSWORD });
    });
    const control = await app.client().send("/sign-in", { email: KNOWN, password: PASSWORD });

    assert.equal(wrong[0]?.answer.status, 401);
    assert.equal(wrong[0]?.answer.headers.get("set-cookie"), null);
    assertAlike([...wrong, ...right]);
    assert.equal(control.status, 303);
  });

  it("returns the same 429 for known and unknown addresses (S4)", async () => {
    const { app } = await setUp();
    const wrong = (email: string) => app.client().send("/sign-in", { email, password: "not the right password" });
    for (let i = 0; i < 10; i += 1) await eachOf([KNOWN, UNKNOWN, DISABLED], wrong);

    const limited = await eachOf([KNOWN, UNKNOWN, DISABLED], wrong);

    assert.equal(limited[0]?.answer.status, 429);
    assertAlike(limited);
  });
});

describe("A dead link", () => {
  it("shows no address, for every reason (S5)", async () => {
    const { app, sql } = await setUp();
    const used = await requestReset(app, KNOWN);
    const replaced = await requestReset(app, KNOWN);
    const owner = app.client();
    await owner.post("/reset-password", { token: tokenOf(used), password: NEW_PASSWORD });
    const changed = await requestReset(app, KNOWN);
    await owner.open("/users/me");
    await owner.submit({ current_password: NEW_PASSWORD, password: PASSWORD }, "/users/me/password");
    const expired = await requestReset(app, KNOWN);
    await signUp(app, "moira@example.com");
    const disabled = await requestReset(app, "moira@example.com");
    await sql.rows("update latchkey_accounts set disabled_at = 1 where email = 'moira@example.com'");
    const unknown = `/reset-password/${"A".repeat(43)}`;
    app.pass(HOUR);

    for (const link of [used, replaced, changed, expired, disabled, unknown]) {
      const opened = await app.client().open(link);
      const posted = await app.client().send("/reset-password", { token: tokenOf(link), password: NEW_PASSWORD });
      for (const page of [opened, posted]) {
        assert.equal(page.status, 410);
        assert.doesNotMatch(page.body, /known|moira|•••|example\.com/);
      }
    }
  });

  it("of an account that was disabled does not say that a password was set (Z3)", async () => {
    const { app, sql } = await setUp();
    const link = await requestReset(app, KNOWN);
    await sql.rows(`update latchkey_accounts set disabled_at = 1 where email = '${KNOWN}'`);

    const posted = await app.client().send("/reset-password", { token: tokenOf(link), password: NEW_PASSWORD });

    assert.equal(posted.status, 410);
    assert.doesNotMatch(posted.body, /new password was set/);
  });
});

/** The request cookie: a token of its own for each browser, with the same attributes for all. */
const REQUEST_COOKIE = /^latchkey-request=[A-Za-z0-9_-]{43}; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/;

/** Returns one browser per address. */
function browsers(app: App): (email: string) => TestClient {
  const all = new Map<string, TestClient>();
  return (email) => {
    const browser = all.get(email) ?? app.client();
    all.set(email, browser);
    return browser;
  };
}

/** Eight digits that no email contains. */
function notTheCode(app: App): string {
  const mailed = app.mails.map(({ text }) => text.replaceAll(" ", "")).join();
  return ["11111111", "22222222", "33333333"].find((code) => !mailed.includes(code)) ?? "";
}

interface Asked {
  email: string;
  answer: TestResponse;
  statements: string[];
}

/** Sends the requests one after the other and records the statements of each. */
async function eachOf(emails: string[], ask: (email: string) => Promise<TestResponse>): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const email of emails) {
    const { result: answer, statements } = await recordStatements(() => ask(email));
    asked.push({ email, answer, statements });
  }
  return asked;
}

/**
 * Status, headers and body. The submitted address and the 43 random characters of the request cookie are masked, because
 * only these may differ.
 */
function bytes({ email, answer: { status, headers, body } }: Asked): string {
  return JSON.stringify({
    status,
    headers: maskedHeaders(headers),
    body: body.replaceAll(email, "the submitted address"),
  });
}

function assertAlike([first, ...others]: Asked[]): void {
  assert.ok(first && others.length > 0);
  for (const other of others) {
    assert.equal(bytes(other), bytes(first), other.email);
    assert.deepEqual(other.statements, first.statements, other.email);
  }
}

function requestsFor(email: string): number {
  return email.includes("thr") ? 5 : 0;
}

/** An app with an account of each kind and a second database connection. `failing`: the `send` of a faulty mail server. */
async function setUp(limits: Options["limits"] = {}, failing?: Transport["send"]) {
  const database = await freshDatabase();
  let isHealthy = true;
  const transport: Transport = {
    async send(message) {
      if (failing && !isHealthy) return failing(message);
      app.mails.push(message);
      return "250 kept";
    },
  };
  const app = await openApp({
    database,
    limits: { requestsPerIp: "100000/1h", ...limits },
    transport,
  });
  const sql = await openRaw(database);

  for (const email of [KNOWN, DISABLED, THROTTLED]) await signUp(app, email);
  await sql.rows(`update latchkey_accounts set disabled_at = 1 where email = '${DISABLED}'`);
  app.pass(2 * HOUR);
  for (const email of ADDRESSES) {
    for (const path of REQUEST_FORMS) {
      for (let i = 0; i < requestsFor(email); i += 1) await app.client().send(path, { email });
    }
  }
  await app.deliver();
  await sql.rows("delete from latchkey_outbox");
  isHealthy = false;
  const rows = async (table: string) => Number((await sql.rows(`select count(*) as n from ${table}`))[0]?.n);
  return { app, sql, rows };
}
