import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { takeAdvisoryLocks } from "../../src/db/batching/advisory-locks.ts";
import { HIGH_LIMITS, linkTo, requestEmailChange } from "../support/email-change.ts";
import { freshPostgres } from "../support/engine.ts";
import { type App, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { openStore } from "../support/open-store.ts";
import { openRaw, type RawDatabase } from "../support/raw-database.ts";
import { REQUEST_PATHS, requestEmail } from "../support/requests.ts";
import { until } from "../support/until.ts";
import "../support/use-postgres.ts";

// Deterministic interleavings: one action is held at a lock while the other proceeds as far as it can.

const ANNA = "anna@example.com";
const NEW = "anna@new.example";
const NEW_PASSWORD = "a new and rather long password";

describe("A code exchanged for a link during a password change of its account", () => {
  it("leaves no live link after the change", async () => {
    const { app, raw, database, anna } = await setUp();
    const phone = app.client();
    const { code } = await requestEmail(app, phone, REQUEST_PATHS.reset, ANNA);
    // The code is consumed and its link is not yet minted.
    const release = await holdAdvisoryLock(database, `links password-reset ${ANNA}`);
    const typing = phone.send("/code", { code });
    await waiting(raw, 1);

    const changing = anna.send("/users/me/password", { current_password: PASSWORD, password: NEW_PASSWORD });
    await waiting(raw, 2);
    await release();
    const [typed, changed] = await Promise.all([typing, changing]);

    assert.deepEqual([typed.status, changed.status], [303, 303]);
    assert.equal((await phone.open(typed.headers.get("location") ?? "")).status, 410);
  });
});

describe("An email change by an attacker whose email is prepared during a reset", () => {
  it("leaves no live link after the reset", async () => {
    const { app, raw, database } = await setUp();
    const reset = tokenOf(await requestReset(app, ANNA));
    const attacker = app.client();
    await attacker.post("/sign-in", { email: ANNA, password: PASSWORD });
    await attacker.post("/users/me/email", { email: NEW, current_password: PASSWORD });
    const release = await holdAdvisoryLock(database, `links email-change ${NEW}`);
    const delivering = app.deliver();
    await waiting(raw, 1);

    const resetting = app.client().send("/reset-password", { token: reset, password: NEW_PASSWORD });
    let isReset = false;
    resetting.then(() => {
      isReset = true;
    });
    await until("the reset waits or completes", async () => isReset || (await waitingIn(raw)) === 2, { every: 5 });
    await release();
    const done = await resetting;
    await delivering;

    assert.equal(done.status, 303);
    assert.equal((await app.client().open(linkTo(app, NEW, "email-change"))).status, 410);
  });
});

describe("A reset and an email change of one account", () => {
  it("never deadlock", async () => {
    const { app, raw, hold, anna } = await setUp();
    const reset = tokenOf(await requestReset(app, ANNA));
    await requestEmailChange(app, anna, NEW);
    const change = tokenOf(linkTo(app, NEW, "email-change"));
    const release = await hold("select 1 from latchkey_accounts for update");
    const resetting = app.client().send("/reset-password", { token: reset, password: NEW_PASSWORD });
    await waiting(raw, 1);
    const changing = anna.send("/address-change", { token: change });
    await waiting(raw, 2);

    await release();
    const [done, changed] = await Promise.all([resetting, changing]);

    assert.deepEqual([done.status, changed.status], [303, 410]);
    await app.latchkey.close();
    assert.equal(await deadlocksIn(raw), 0);
  });
});

describe("Revoking all sessions during the sign-out of one", () => {
  it("revokes every session", async () => {
    const { app, raw, hold } = await setUp();
    await raw.rows(`insert into latchkey_sessions
      (digest, id, account_id, method, browser, created_at, last_seen_at, expires_at)
      select 'digest' || n, 'session' || n, 'missing', 'password', 'Firefox', 0, 0, 0 from generate_series(1, 1200) as n`);
    const release = await hold("delete from latchkey_sessions where id = 'session7'");
    const ending = app.latchkey.operator.endAllSessions();
    await waiting(raw, 1);

    await release();
    await ending;

    assert.deepEqual(await raw.rows("select id from latchkey_sessions"), []);
  });
});

describe("The account lock of a sign-in", () => {
  it("does not write the account's row", async () => {
    const { app, raw } = await setUp();
    const row = "select ctid::text as place, xmin::text as writer from latchkey_accounts";
    const before = await raw.rows(row);

    const signedIn = await app.client().send("/sign-in", { email: ANNA, password: PASSWORD });

    assert.equal(signedIn.status, 303);
    assert.deepEqual(await raw.rows(row), before);
  });

  it("waits for a concurrent password change and then starts no session (Z4)", async () => {
    const { app, raw, hold } = await setUp();
    const release = await hold("update latchkey_accounts set password_hash = 'another hash'");
    const signingIn = app.client().send("/sign-in", { email: ANNA, password: PASSWORD });
    await waiting(raw, 1);
    await release();

    assert.equal((await signingIn).status, 401);
  });
});

/** An app with one account, a connection that observes, and connections that hold locks. */
async function setUp() {
  const database = await freshPostgres();
  const app: App = await openApp({ database, limits: HIGH_LIMITS });
  const anna = await signUp(app, ANNA);
  const raw = await openRaw(database);
  /** Holds the locks of the statement until the returned function is called. */
  const hold = async (statement: string) => {
    const holder = await openRaw(database);
    await holder.rows("begin");
    await holder.rows(statement);
    return () => holder.rows("commit");
  };
  return { app, anna, raw, database, hold };
}

/** Holds an advisory lock of ours until the returned function is called. */
async function holdAdvisoryLock(database: string, name: string): Promise<() => Promise<unknown>> {
  const store = await openStore(database);
  const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  after(() => released.resolve());
  const holding = store.transaction(async (tx) => {
    await takeAdvisoryLocks(tx, [name]);
    held.resolve();
    await released.promise;
  });
  await held.promise;
  return () => {
    released.resolve();
    return holding;
  };
}

function waiting(raw: RawDatabase, many: number): Promise<unknown> {
  return until(`${many} wait for a lock`, async () => (await waitingIn(raw)) === many, { every: 5 });
}

async function waitingIn({ rows }: RawDatabase): Promise<number> {
  const [row] = await rows(`select count(*) as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`);
  return Number(row?.n);
}

/** The number of deadlocks that PostgreSQL resolved in this database. */
async function deadlocksIn({ rows }: RawDatabase): Promise<number> {
  const [row] = await rows("select deadlocks from pg_stat_database where datname = current_database()");
  return Number(row?.deadlocks);
}
