import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY, MINUTE, SECOND } from "../../src/lib/clock.ts";
import { TestClient } from "../support/client.ts";
import { changeAddress } from "../support/email-change.ts";
import { KEYS } from "../support/keys.ts";
import { type App, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw, type RawDatabase } from "../support/raw-database.ts";
import { assertSays, words } from "../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";
const WRONG = "not the right password";
const KNOWN = "known@example.com";
const UNKNOWN = "nobod@example.com";
const NO_LIMITS = { requestsPerIp: "1000000/1h", signInsPerAccount: "1000000/1h" };

describe("Consecutive failed sign-ins", () => {
  for (const email of [KNOWN, UNKNOWN]) {
    it(`delay ${email} from the fifth on, doubling up to 15 minutes (P5)`, async () => {
      const { app } = await setUp();

      const waits: number[] = [];
      for (let i = 0; i < 18; i += 1) {
        assert.equal((await signIn(app, email, WRONG)).status, 401);
        const next = await signIn(app, email, WRONG);
        const wait = next.status === 429 ? Number(next.headers.get("retry-after")) : 0;
        if (wait === 0) continue;
        waits.push(wait);
        app.pass(wait * SECOND - 1);
        assert.equal((await signIn(app, email, WRONG)).status, 429);
        app.pass(1);
      }

      assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900, 900]);
    });
  }

  it("return at once: no request is held open", async () => {
    const { app } = await setUp();
    await fail(app, KNOWN, 20);

    const refused = await signIn(app, KNOWN, PASSWORD);

    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get("retry-after"), "900");
  });

  it("that are refused during a delay count neither as failures nor as attempts", async () => {
    const { app, sql } = await setUp({ signInsPerAccount: "6/15m" });
    await fail(app, KNOWN, 5);
    for (let i = 0; i < 50; i += 1) assert.equal((await signIn(app, KNOWN, WRONG)).status, 429);
    app.pass(SECOND);

    const taken = await signIn(app, KNOWN, PASSWORD);

    assert.equal(taken.status, 303);
    assert.equal(await failures(sql, KNOWN), 0);
  });

  for (const [limit, tries, told] of [
    ["7/15m", 7, 13 * 60],
    ["1/1m", 20, 15 * 60],
  ] as const) {
    it(`report the longer of two delays: after ${tries} failures, with the limit ${limit}`, async () => {
      const { app } = await setUp({ signInsPerAccount: limit });
      await fail(app, KNOWN, tries, tries > 7 ? 15 * MINUTE : MINUTE);

      const refused = await signIn(app, KNOWN, PASSWORD);
      app.pass(told * SECOND - 1);
      const stillRefused = await signIn(app, KNOWN, PASSWORD);
      app.pass(1);

      assert.equal(refused.headers.get("retry-after"), String(told));
      assert.deepEqual([refused.status, stillRefused.status], [429, 429]);
      assert.equal((await signIn(app, KNOWN, PASSWORD)).status, 303);
    });
  }

  it("are cleared by the right password and by a new one", async () => {
    const { app, sql, owner } = await setUp();
    const ends: Array<() => Promise<unknown>> = [
      () => signIn(app, KNOWN, PASSWORD),
      () => owner.send("/users/me/password", { current_password: PASSWORD, password: NEW_PASSWORD }),
      async () => {
        const link = await requestReset(app, KNOWN);
        await app.client().send("/reset-password", { token: tokenOf(link), password: PASSWORD });
      },
    ];

    for (const end of ends) {
      await fail(app, KNOWN, 4);
      assert.equal(await failures(sql, KNOWN), 4);
      await end();
      assert.equal(await failures(sql, KNOWN), 0, String(end));
    }
  });

  it("are cleared when an account is created for a guessed address", async () => {
    const { app, sql, failed } = await setUp();
    await failed(UNKNOWN, 100);

    await signUp(app, UNKNOWN);

    assert.equal(await failures(sql, UNKNOWN), 0);
    assert.equal((await signIn(app, UNKNOWN, PASSWORD)).status, 303);
  });

  it("are cleared when an account changes to a guessed address", async () => {
    const { app, sql, failed } = await setUp();
    await failed(UNKNOWN, 100);
    const owner = app.client();
    await owner.post("/sign-in", { email: KNOWN, password: PASSWORD });

    await changeAddress(app, owner, UNKNOWN);

    assertSays(owner.text, words.address.doneTitle);
    assert.equal(await failures(sql, UNKNOWN), 0);
    assert.equal((await signIn(app, UNKNOWN, PASSWORD)).status, 303);
  });

  it("are shared by all instances on one database", async () => {
    const { app, database } = await setUp();
    const other = await openApp({ database, limits: NO_LIMITS });
    await fail(app, KNOWN, 5);

    assert.equal((await signIn(other, KNOWN, PASSWORD)).status, 429);
  });

  it("do not include a password that was never verified because the hashing queue was full", async () => {
    const { app, sql } = await setUp();
    const many = Array.from({ length: 200 }, (_, i) => `p${i}@example.com`);

    const responses = await Promise.all(many.map((email) => signIn(app, email, WRONG)));

    const looked = responses.filter(({ status }) => status === 401).length;
    const counted = (await sql.rows("select sum(failures) as n from latchkey_failed_attempts"))[0]?.n;
    assert.ok(responses.some(({ status }) => status === 503));
    assert.equal(Number(counted), looked);
  });
});

describe("A hundred consecutive failed sign-ins", () => {
  for (const email of [KNOWN, UNKNOWN]) {
    it(`end verification for ${email}: no password is verified any more, after any delay (P5)`, async () => {
      const { app, sql, failed } = await setUp();
      await failed(email, 99);
      app.pass(15 * MINUTE);
      assert.equal((await signIn(app, email, WRONG)).status, 401);

      for (const wait of [0, 15 * MINUTE, DAY, 300 * DAY]) {
        app.pass(wait);
        await app.deliver();
        const page = await signIn(app, email, PASSWORD);
        assert.equal(page.status, 429);
        assert.equal(page.headers.get("retry-after"), "86400");
        assertSays(page.body, words.tooMany.reset);
        assert.equal(page.headers.get("set-cookie"), null);
      }
      assert.equal(await failures(sql, email), 100);
    });
  }

  it("are cleared by a reset, which they do not prevent (P5)", async () => {
    const { app, failed } = await setUp();
    await failed(KNOWN, 100);
    assert.equal((await signIn(app, KNOWN, PASSWORD)).status, 429);

    const owner = app.client();
    await owner.open(await requestReset(app, KNOWN, owner));
    await owner.submit({ password: NEW_PASSWORD });

    assert.equal(owner.path, "/users/me");
    assert.equal((await signIn(app, KNOWN, NEW_PASSWORD)).status, 303);
    assert.equal((await signIn(app, KNOWN, WRONG)).status, 401);
  });

  it("keep a signed-in user signed in, and refuse an attacker at that browser", async () => {
    const { owner, failed } = await setUp();
    await failed(KNOWN, 100);

    const change = await owner.send("/users/me/password", { current_password: PASSWORD, password: NEW_PASSWORD });

    assert.equal(change.status, 429);
    assertSays(change.body, words.tooMany.reset);
    assert.equal((await owner.open("/users/me")).status, 200);
  });

  it("return the same bytes for known and unknown addresses (P5)", async () => {
    const { app, failed } = await setUp();
    for (const email of [KNOWN, UNKNOWN]) await failed(email, 100);

    const [known, unknown] = [await signIn(app, KNOWN, PASSWORD), await signIn(app, UNKNOWN, PASSWORD)];

    assert.deepEqual(
      [known.status, [...known.headers], known.body],
      [unknown.status, [...unknown.headers], unknown.body],
    );
  });
});

describe("Failure counters", () => {
  it("are deleted 365 days after the last failure, also after a hundred, with and without an account (K4)", async () => {
    const { app, sql, failed } = await setUp();
    await failed(KNOWN, 99);
    await failed(UNKNOWN, 100);

    app.pass(365 * DAY - MINUTE);
    await app.deliver();
    assert.equal(await failures(sql, KNOWN), 99);
    app.pass(DAY);
    await app.deliver();

    assert.deepEqual([await failures(sql, KNOWN), await failures(sql, UNKNOWN)], [0, 0]);
  });
});

/** So many failures, each as soon as it is looked at. */
async function fail(app: App, email: string, times: number, wait = 15 * MINUTE): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    if (i > 0) app.pass(i >= 5 || wait > MINUTE ? wait : 0);
    assert.equal((await signIn(app, email, WRONG)).status, 401);
  }
}

/** From a computer of its own each time. */
function signIn(app: App, email: string, password: string) {
  const peer = `2001:db8:${(computers++).toString(16)}::1`;
  return new TestClient((request) => app.latchkey.fetch(request, { ip: peer }), app.baseUrl).send("/sign-in", {
    email,
    password,
  });
}
let computers = 1;

async function failures(sql: RawDatabase, email: string): Promise<number> {
  const [row] = await sql.rows(
    "select failures from latchkey_failed_attempts where key = ?",
    KEYS.failures(email).digest,
  );
  return Number(row?.failures ?? 0);
}

async function setUp(limits: Record<string, string> = {}) {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: { ...NO_LIMITS, ...limits } });
  const sql = await openRaw(database);
  const owner = await signUp(app, KNOWN);
  /** So many failures in a row, just now, without waiting for them. */
  const failed = (email: string, times: number) =>
    sql.rows(
      "insert into latchkey_failed_attempts values (?, ?, ?, ?)",
      KEYS.failures(email).digest,
      times,
      app.now(),
      app.now(),
    );
  return { app, sql, database, owner, failed };
}
