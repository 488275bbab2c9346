import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE } from "../../src/lib/clock.ts";
import type { TestClient } from "../support/client.ts";
import { HIGH_LIMITS, linkTo, requestEmailChange } from "../support/email-change.ts";
import { KEYS } from "../support/keys.ts";
import { openApp, PASSWORD, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { assertSays, words } from "../support/words.ts";

const ANNA = "anna@example.com";
const NEW = "anna@new.example";
const WRONG = "not the right password";

const SIGN_IN = 'href="/sign-in"';
const RESET = 'href="/forgot-password"';
const LINK = 'href="/sign-in-link"';
const ACCOUNT = 'href="/users/me"';
const CHECK_EMAIL = 'href="/check-email"';
const WAYS = [SIGN_IN, RESET, LINK, ACCOUNT, CHECK_EMAIL];

describe("A hundred consecutive failures", () => {
  for (const [what, send] of [
    ["a sign-in", ({ app }) => app.client().send("/sign-in", { email: ANNA, password: PASSWORD })],
    [
      "a password change",
      ({ anna }) => anna.send("/users/me/password", { current_password: PASSWORD, password: "a new and long one" }),
    ],
    [
      "a requested email change",
      ({ anna }) => anna.send("/users/me/email", { email: NEW, current_password: PASSWORD }),
    ],
    [
      "a confirmed email change",
      ({ app, token }) => app.client().send("/address-change", { token, password: PASSWORD }),
    ],
  ] as [string, (setup: Setup) => ReturnType<TestClient["send"]>][]) {
    it(`refuse ${what} with a link to a reset, and state no time to wait`, async () => {
      const setup = await setUp();
      await setup.failed(100);

      const { status, body } = await send(setup);

      assert.equal(status, 429);
      assertSays(body, words.tooMany.reset);
      assert.ok(body.includes(RESET));
      assert.doesNotMatch(body, /wait/i);
    });
  }
});

describe("The page of a 429 response", () => {
  it("states hours if the wait is hours", async () => {
    const app = await openApp({ limits: { signInsPerAccount: "1/5h" } });
    const client = app.client();
    await client.post("/sign-in", { email: ANNA, password: WRONG });

    await client.post("/sign-in", { email: ANNA, password: WRONG });
    assertSays(client.text, words.tooMany.text({ duration: "5 hours" }));
    app.pass(3 * 60 * MINUTE + MINUTE);
    await client.post("/sign-in", { email: ANNA, password: WRONG });
    assertSays(client.text, words.tooMany.text({ duration: "2 hours" }));
    app.pass(30 * MINUTE);
    await client.post("/sign-in", { email: ANNA, password: WRONG });
    assertSays(client.text, words.tooMany.text({ duration: "89 minutes" }));
  });

  it("is neutral, and offers a user who cannot sign in the ways without a password", async () => {
    const { app } = await setUp({ signInsPerAccount: "1/15m" });
    const stranger = app.client();
    await stranger.post("/sign-in", { email: ANNA, password: WRONG });
    const owner = app.client();

    await owner.post("/sign-in", { email: ANNA, password: PASSWORD });

    assert.equal(owner.response.status, 429);
    assertSays(owner.text, words.tooMany.text({ duration: "15 minutes" }));
    assert.deepEqual(waysOn(owner), [RESET, LINK]);
  });

  it("offers no sign-in link if they are disabled", async () => {
    const app = await openApp({ limits: { signInsPerAccount: "1/15m" }, signInLinks: false });
    const owner = app.client();
    for (let i = 0; i < 2; i += 1) await owner.post("/sign-in", { email: ANNA, password: WRONG });

    assert.equal(owner.response.status, 429);
    assert.deepEqual(waysOn(owner), [RESET]);
  });

  for (const path of ["/forgot-password", "/sign-up", "/sign-in-link"]) {
    it(`after ${path} offers no form that the same limit refuses`, async () => {
      const app = await openApp({ limits: { requestsPerIp: "1/10m" } });
      const client = app.client();
      for (let i = 0; i < 2; i += 1) await client.post(path, { email: ANNA });

      assert.equal(client.response.status, 429);
      assert.deepEqual(waysOn(client), [SIGN_IN]);
    });
  }

  it("after Send again links back to the code form", async () => {
    const app = await openApp({ limits: { requestsPerIp: "1/10m" } });
    const client = app.client();
    await client.post("/forgot-password", { email: ANNA });
    app.pass(MINUTE);

    await client.post("/check-email", {});

    assert.equal(client.response.status, 429);
    assert.deepEqual(waysOn(client), [SIGN_IN, CHECK_EMAIL]);
  });

  it("offers a signed-in user a reset, and a link to their account", async () => {
    const { anna, failed } = await setUp();
    await failed(20);

    await anna.post("/users/me/password", { current_password: WRONG, password: "a new and long one" });
    assert.equal(anna.response.status, 429);
    assert.deepEqual(waysOn(anna), [RESET, ACCOUNT]);
    await anna.post("/users/me/email", { email: NEW, current_password: WRONG });
    assert.equal(anna.response.status, 429);
    assert.deepEqual(waysOn(anna), [RESET, ACCOUNT]);
  });
});

/** The pages that the open one leads on to. */
function waysOn({ page }: TestClient): string[] {
  return WAYS.filter((way) => page.body.includes(way));
}

type Setup = Awaited<ReturnType<typeof setUp>>;

/** An app with one account and a requested email change. */
async function setUp(limits: Record<string, string> = {}) {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: { ...HIGH_LIMITS, ...limits } });
  const anna = await signUp(app, ANNA);
  const sql = await openRaw(database);
  await requestEmailChange(app, anna, NEW);
  const token = tokenOf(linkTo(app, NEW, "email-change"));
  app.pass(20 * MINUTE);
  /** So many failures in a row, just now. */
  const failed = (times: number) =>
    sql.rows(
      "insert into latchkey_failed_attempts values (?, ?, ?, ?)",
      KEYS.failures(ANNA).digest,
      times,
      app.now(),
      app.now(),
    );
  return { app, anna, token, failed };
}
