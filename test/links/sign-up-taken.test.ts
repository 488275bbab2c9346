import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ownAccounts } from "../../src/accounts/accounts-table.ts";
import { MINUTE } from "../../src/lib/clock.ts";
import { changeAddress, HIGH_LIMITS, linkTo } from "../support/email-change.ts";
import { type App, openApp, PASSWORD, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { statuses } from "../support/requests.ts";
import { words } from "../support/words.ts";

const EMAIL = "carol@example.com";

/** The events that create an account for an address without its sign-up link. */
const EVENTS: Record<string, (app: App) => Promise<unknown>> = {
  "an invitation": (app) => app.latchkey.operator.invite([{ line: 1, email: EMAIL }]),
  "an email change": async (app) => changeAddress(app, await signUp(app, "anna@example.com"), EMAIL),
};

describe("A sign-up link whose address now has an account", () => {
  for (const [name, happen] of Object.entries(EVENTS)) {
    it(`is revoked by the event and names the reason: ${name}`, async () => {
      const { app, link, sql } = await setUp();
      assert.equal((await app.client().open(link)).status, 200, "positive control");

      await happen(app);

      const stored = "select end_reason from latchkey_tokens where purpose = 'sign-up' and email = ?";
      assert.deepEqual(
        (await sql.rows(stored, EMAIL)).map((row) => row.end_reason),
        ["account-created"],
      );
      await assertDead(app, link);
    });
  }

  it("returns 410 if the host app created the account", async () => {
    const { app, link, sql } = await setUp();
    await sql.rows("insert into latchkey_accounts (id, email, created_at) values ('carol', ?, 0)", EMAIL);
    await assertDead(app, link);
  });
});

describe("A link that is submitted repeatedly without being consumed", () => {
  it("returns 429 after 60 password hashes in 15 minutes", async () => {
    // The accounts store refuses the account, which rolls the transaction back each time: the link stays live.
    const { app, link } = await setUp({ accounts: { ...ownAccounts, create: async () => null } });
    const send = (password: string) => app.client().send("/sign-up/confirm", { token: tokenOf(link), password });

    assert.equal((await send("short")).status, 422, "a refused password is not hashed, and not counted");
    const responses = await Promise.all(Array.from({ length: 60 }, () => send(PASSWORD)));
    const refused = await send(PASSWORD);
    app.pass(15 * MINUTE);

    assert.deepEqual(statuses(responses), { 410: 60 });
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    assert.equal((await send(PASSWORD)).status, 410);
  });
});

async function assertDead(app: App, link: string): Promise<void> {
  const client = app.client();
  assert.equal((await client.open(link)).status, 410);
  assert.match(client.text, new RegExp(words.dead.accountCreatedTitle));
  assert.doesNotMatch(client.text, /carol/);
  const sent = await app.client().send("/sign-up/confirm", { token: tokenOf(link), password: PASSWORD });
  assert.equal(sent.status, 410);
}

async function setUp(options: Parameters<typeof openApp>[0] = {}) {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: HIGH_LIMITS, ...options });
  await app.client().send("/sign-up", { email: EMAIL });
  await app.deliver();
  const link = linkTo(app, EMAIL, "sign-up");
  return { app, link, sql: await openRaw(database) };
}
