import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Rich } from "../../src/i18n/rich.ts";
import { DAY, HOUR, MINUTE } from "../../src/lib/clock.ts";
import type { TestClient } from "../support/client.ts";
import { openApp, PASSWORD, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { alertLinkIn, copyClient, REQUEST_PATHS, requestEmail } from "../support/requests.ts";
import { assertSays, when, words } from "../support/words.ts";

const { dead } = words;
const NEW_PASSWORD = "a new and rather long password";
const HIGH_LIMITS = { requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };
type Setup = Awaited<ReturnType<typeof setUp>>;

/** How each kind of link ends, and the text of its page afterwards. */
const ENDINGS: {
  name: string;
  path: string;
  end: (setup: Setup, token: string) => Promise<unknown>;
  says: (at: Rich) => (string | Rich)[];
}[] = [
  {
    name: "a reset link that was used",
    path: REQUEST_PATHS.reset,
    end: ({ app }, token) => app.client().send("/reset-password", { token, password: NEW_PASSWORD }),
    says: (when) => [dead.usedTitle, dead.usedReset({ when }), dead.usedResetNext],
  },
  {
    name: "a sign-in link that was used",
    path: REQUEST_PATHS.signIn,
    end: ({ requester }, token) => requester.send("/sign-in-link/confirm", { token }),
    says: (when) => [dead.usedTitle, dead.usedSignIn({ when }), dead.usedSignInNext],
  },
  {
    name: "a reset link that has expired",
    path: REQUEST_PATHS.reset,
    end: async ({ app }) => app.pass(HOUR),
    says: () => [dead.expiredTitle],
  },
  {
    name: "a sign-in link that has expired",
    path: REQUEST_PATHS.signIn,
    end: async ({ app }) => app.pass(10 * MINUTE),
    says: () => [dead.expiredTitle],
  },
  {
    name: "a sign-in link after another one was used",
    path: REQUEST_PATHS.signIn,
    end: async ({ app }) => {
      const other = app.client();
      const { token } = await requestEmail(app, other, REQUEST_PATHS.signIn, "anna@example.com");
      await other.send("/sign-in-link/confirm", { token });
    },
    says: (when) => [dead.endedTitle, dead.replaced({ when })],
  },
  {
    name: "a sign-in link requested before a reset",
    path: REQUEST_PATHS.signIn,
    end: reset,
    says: (when) => [dead.endedTitle, dead.replaced({ when })],
  },
  {
    name: "a reset link requested before a password change",
    path: REQUEST_PATHS.reset,
    end: async ({ owner }) => {
      const passwords = { current_password: PASSWORD, password: NEW_PASSWORD };
      assert.equal((await owner.send("/users/me/password", passwords)).status, 303);
    },
    says: (when) => [dead.endedTitle, dead.passwordChanged({ when })],
  },
  {
    name: "a sign-in link requested before a security alert was confirmed",
    path: REQUEST_PATHS.signIn,
    end: async (setup) => {
      const phone = setup.app.client();
      const { token } = await requestEmail(setup.app, phone, REQUEST_PATHS.reset, "anna@example.com");
      await phone.send("/reset-password", { token, password: NEW_PASSWORD });
      await setup.app.deliver();
      const later = await requestEmail(setup.app, setup.requester, REQUEST_PATHS.signIn, "anna@example.com");
      setup.token = later.token;
      await setup.app.client().send("/objection", { token: tokenOf(alertLinkIn(setup.app)) });
    },
    says: (when) => [dead.endedTitle, dead.objection({ when })],
  },
  {
    name: "a reset link to an address that the account no longer has",
    path: REQUEST_PATHS.reset,
    end: ({ sql }) => sql.rows("update latchkey_accounts set email = 'new@example.com'"),
    says: () => [dead.endedTitle, dead.addressChangedOld],
  },
];

describe("A dead link", () => {
  for (const { name, path, end, says } of ENDINGS) {
    it(`names the reason and offers a new link with one button in the requesting browser: ${name}`, async () => {
      const setup = await setUp();
      const { app, requester } = setup;
      setup.token = (await requestEmail(app, requester, path, "anna@example.com")).token;
      await end(setup, setup.token);
      const link = `${path === REQUEST_PATHS.reset ? "/reset-password" : "/sign-in-link"}/${setup.token}`;
      const [here, elsewhere] = [copyClient(app, requester), app.client()];

      for (const client of [here, elsewhere]) {
        assert.equal((await client.open(link)).status, 410);
        assertSays(client.text, ...says(when(app.now(), app.now())));
        assert.deepEqual(client.page.headers.getSetCookie(), []);
      }
      assert.doesNotMatch(elsewhere.page.body, /example\.com|•••/);
      const label = name === "a reset link that was used" ? dead.resetPassword : dead.newLink;
      assertSays(elsewhere.page.body, `href="${path}">${label}`);
      assertSays(here.text, label);
      const form = here.formOn(path);
      assert.deepEqual(form, { action: path, hidden: { email: "anna@example.com" } });
      await here.submit({}, path);
      assert.equal(here.path, "/check-email");
    });
  }

  it("shows no address in a browser that requested something else", async () => {
    const { app } = await setUp();
    const { link } = await requestEmail(app, app.client(), REQUEST_PATHS.signIn, "anna@example.com");
    const other = app.client();
    await requestEmail(app, other, REQUEST_PATHS.reset, "anna@example.com");
    app.pass(10 * MINUTE);

    await other.open(link);

    assert.doesNotMatch(other.page.body, /anna@/);
  });

  it("says that it needs the requesting browser after its code expires, and works in that browser", async () => {
    const { app, requester } = await setUp({ links: { signInMinutes: 30 } });
    const { link, token, code } = await requestEmail(app, requester, REQUEST_PATHS.signIn, "anna@example.com");
    app.pass(10 * MINUTE);

    const elsewhere = app.client();
    assert.equal((await elsewhere.open(link)).status, 410);
    assertSays(elsewhere.text, dead.codeOverTitle, dead.codeOver);
    assert.doesNotMatch(elsewhere.page.body, /anna@/);
    assert.equal((await elsewhere.send("/sign-in-link/confirm", { token, code })).status, 422);
    await requester.open(link);
    assertSays(requester.text, words.confirm.tap({ email: "a•••@example.com" }));
  });

  it("shows one general message for an unknown token on every route", async () => {
    const { app } = await setUp();
    for (const path of ["/reset-password", "/sign-in-link", "/sign-up", "/objection"]) {
      const client = app.client();
      for (const token of ["A".repeat(43), "null", "", "%00", "A".repeat(42)]) {
        assert.equal((await client.open(`${path}/${token}`)).status, 410, `${path}/${token}`);
        assertSays(client.text, dead.unknownTitle, dead.unknown);
      }
    }
    for (const path of ["/reset-password", "/sign-in-link/confirm", "/sign-up/confirm", "/objection"]) {
      const bare = await app.client().send(path, { password: NEW_PASSWORD });
      assert.equal(bare.status, 410);
      assertSays(bare.body, dead.unknownTitle);
    }
  });

  it("keeps its reason for a week, and is deleted afterwards", async () => {
    const setup = await setUp();
    const { app, sql } = setup;
    const used = await requestEmail(app, app.client(), REQUEST_PATHS.reset, "anna@example.com");
    const replaced = await requestEmail(app, app.client(), REQUEST_PATHS.signIn, "anna@example.com");
    await app.client().send("/reset-password", { token: used.token, password: NEW_PASSWORD });
    const expired = await requestEmail(app, app.client(), REQUEST_PATHS.reset, "anna@example.com");

    app.pass(7 * DAY);
    await app.deliver();
    assertSays((await app.client().open(used.link)).body, dead.usedTitle);
    assertSays((await app.client().open(replaced.link)).body, dead.endedTitle);
    assertSays((await app.client().open(expired.link)).body, dead.expiredTitle);

    app.pass(2 * HOUR);
    await app.deliver();
    for (const { link } of [used, replaced, expired]) {
      assertSays((await app.client().open(link)).body, dead.unknownTitle);
    }
    const left = (await sql.rows("select count(*) as n from latchkey_tokens where ended_at is not null"))[0]?.n;
    assert.equal(left, 0);
    assert.equal((await sql.rows("select count(*) as n from latchkey_codes"))[0]?.n, 0);
    assert.equal((await sql.rows("select count(*) as n from latchkey_requests"))[0]?.n, 0);
  });

  it("leaves no live token row, only a digest with a reason", async () => {
    const { app, requester, sql } = await setUp();
    const { token } = await requestEmail(app, requester, REQUEST_PATHS.signIn, "anna@example.com");
    await requester.send("/sign-in-link/confirm", { token });

    const ended = await sql.rows(
      "select end_reason, purpose from latchkey_tokens where ended_at is not null and purpose = 'sign-in-link'",
    );

    assert.deepEqual({ ...ended[0] }, { end_reason: "used", purpose: "sign-in-link" });
    const live = (
      await sql.rows("select count(*) as n from latchkey_tokens where purpose = 'sign-in-link' and ended_at is null")
    )[0]?.n;
    assert.equal(live, 0);
  });
});

async function reset({ app }: Setup): Promise<void> {
  const { token } = await requestEmail(app, app.client(), REQUEST_PATHS.reset, "anna@example.com");
  assert.equal((await app.client().send("/reset-password", { token, password: NEW_PASSWORD })).status, 303);
}

/** An app with one account: the browser of its owner, a requesting browser, and a second database connection. */
async function setUp(options: Parameters<typeof openApp>[0] = {}) {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: HIGH_LIMITS, ...options });
  const owner: TestClient = await signUp(app, "anna@example.com");
  const sql = await openRaw(database);
  return { app, owner, requester: app.client(), sql, token: "" };
}
