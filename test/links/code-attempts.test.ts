import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY } from "../../src/lib/clock.ts";
import { type App, openApp, signUp } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw, type RawDatabase } from "../support/raw-database.ts";

const WRONG = "00000000";
const LIMITS = { requestsPerIp: "1000000/1h", mailsPerAddress: "1000000/1h" };

describe("Guessing codes across many requests", () => {
  for (const email of ["anna@example.com", "unknown@example.com"]) {
    it(`is refused after 20 wrong codes in a day for ${email}, and allowed the next day (T1)`, async () => {
      const setup = await setUp();

      assert.equal(await guesses(setup, email, 6), 20);
      setup.app.pass(DAY);
      assert.equal(await guesses(setup, email, 1), 5);
    });
  }

  it("is allowed again once a link of the purpose is used", async () => {
    const setup = await setUp();
    const { app } = setup;
    assert.equal(await guesses(setup, "anna@example.com", 4), 20);

    // Emails that are due at the same time are sent in any order.
    await app.deliver();
    const owner = app.client();
    await owner.post("/sign-in-link", { email: "anna@example.com" });
    await app.deliver();
    await owner.open(app.lastLink());
    await owner.submit({});
    assert.equal(owner.path, "/users/me");

    assert.equal(await guesses(setup, "anna@example.com", 1), 5);
  });

  it("is refused after 100 consecutive wrong codes over any number of days (NIST SP 800-63B-4)", async () => {
    const setup = await setUp();
    let counted = 0;
    for (let day = 0; day < 7; day += 1) {
      counted += await guesses(setup, "unknown@example.com", 5);
      setup.app.pass(DAY);
    }

    assert.equal(counted, 100);
  });
});

/** Submits five wrong codes for each of `requests` requests and returns the number of codes that were checked. */
async function guesses({ app, sql }: Setup, email: string, requests: number): Promise<number> {
  const before = await refusedCodes(sql);
  for (let i = 0; i < requests; i += 1) {
    const browser = app.client();
    await browser.post("/sign-in-link", { email });
    for (let attempt = 0; attempt < 5; attempt += 1) await browser.send("/code", { code: WRONG });
  }
  return (await refusedCodes(sql)) - before;
}

async function refusedCodes(sql: RawDatabase): Promise<number> {
  const [row] = await sql.rows("select count(*) as n from latchkey_events where kind = 'code-refused'");
  return Number(row?.n);
}

interface Setup {
  app: App;
  sql: RawDatabase;
}

async function setUp(): Promise<Setup> {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: LIMITS });
  await signUp(app, "anna@example.com");
  return { app, sql: await openRaw(database) };
}
