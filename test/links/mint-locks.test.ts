import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { changeAddress, HIGH_LIMITS, requestEmailChange } from "../support/email-change.ts";
import { freshPostgres } from "../support/engine.ts";
import { type App, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { openRaw } from "../support/raw-database.ts";
import { REQUEST_PATHS, requestEmail } from "../support/requests.ts";
import { until } from "../support/until.ts";
import "../support/use-postgres.ts";

const ANNA = "anna@example.com";
const NEW = "anna@new.example";

/** Every operation that mints a link for an account: its preparation, and the step that mints. */
const OPERATIONS: Record<string, (app: App) => Promise<() => Promise<unknown>>> = {
  async "a reset link"(app) {
    await app.client().send(REQUEST_PATHS.reset, { email: ANNA });
    return () => app.deliver();
  },
  async "a sign-in link"(app) {
    await app.client().send(REQUEST_PATHS.signIn, { email: ANNA });
    return () => app.deliver();
  },
  async "the link of an email change"(app) {
    const anna = await signIn(app);
    await anna.send("/users/me/email", { email: NEW, current_password: PASSWORD });
    return () => app.deliver();
  },
  async "the notices of an email change"(app) {
    const anna = await signIn(app);
    await requestEmailChange(app, anna, NEW);
    await anna.send("/address-change", { token: tokenOf(app.lastLink()) });
    return () => app.deliver();
  },
  async "the notice of a changed password"(app) {
    const token = tokenOf(await requestReset(app, ANNA));
    await app.client().send("/reset-password", { token, password: "a new and rather long password" });
    return () => app.deliver();
  },
  async "the notice of a sign-in link"(app) {
    const phone = app.client();
    const { token } = await requestEmail(app, phone, REQUEST_PATHS.signIn, ANNA);
    await phone.send("/sign-in-link/confirm", { token });
    return () => app.deliver();
  },
  async "a link by the operator"(app) {
    return () => app.latchkey.operator.link(ANNA);
  },
  async "an invitation"(app) {
    await app.latchkey.operator.invite([{ line: 1, email: "bob@example.com" }]);
    await app.latchkey.operator.mail.bulkRelease(60)();
    return () => app.deliver();
  },
  async "a bulk reset"(app) {
    const run = await app.latchkey.operator.resetAll.begin();
    for await (const _ of app.latchkey.operator.resetAll.endEverything(run));
    await app.latchkey.operator.mail.bulkRelease(60)();
    return () => app.deliver();
  },
};

describe("Minting a link", () => {
  for (const [name, prepare] of Object.entries(OPERATIONS)) {
    it(`waits for a concurrent reset of the account: ${name}`, async () => {
      const database = await freshPostgres();
      const app = await openApp({ database, limits: HIGH_LIMITS });
      await signUp(app, ANNA);
      const mint = await prepare(app);
      const [raw, reset] = [await openRaw(database), await openRaw(database)];
      const live = async () =>
        Number((await raw.rows("select count(*) as n from latchkey_tokens where ended_at is null"))[0]?.n);
      const before = await live();
      await reset.rows("begin");
      after(() => reset.rows("rollback").catch(() => {}));
      await reset.rows("select 1 from latchkey_accounts for no key update");

      let isDone = false;
      const minting = mint().finally(() => {
        isDone = true;
      });
      await until("the operation waits for the lock or completes", async () => isDone || (await isWaiting()), {
        every: 5,
      });

      assert.equal(isDone, false, "the operation did not wait");
      assert.equal(await live(), before, "the operation minted the link before it held the lock");
      await reset.rows("commit");
      await minting;
      assert.ok((await live()) > before, "positive control: the link is minted afterwards");

      async function isWaiting(): Promise<boolean> {
        const rows = await raw.rows(`select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`);
        return rows.length > 0;
      }
    });
  }

  it("mints nothing for an address that the account no longer has", async () => {
    const database = await freshPostgres();
    const app = await openApp({ database, limits: HIGH_LIMITS });
    const anna = await signUp(app, ANNA);
    await changeAddress(app, anna, NEW);
    assert.deepEqual(await app.latchkey.operator.link(ANNA), { kind: "unknown" });
  });
});

async function signIn(app: App) {
  const anna = app.client();
  await anna.post("/sign-in", { email: ANNA, password: PASSWORD });
  return anna;
}
