import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { takeAdvisoryLocks } from "../../src/db/batching/advisory-locks.ts";
import { askForAddress, linkTo, ROOMY } from "../support/email-change.ts";
import { freshPostgres } from "../support/engine.ts";
import { type App, askForReset, openApp, PASSWORD, signUp, tokenOf } from "../support/open-app.ts";
import { openStore } from "../support/open-store.ts";
import { openRaw, type RawDatabase } from "../support/raw-database.ts";
import { ASK, ask } from "../support/requests.ts";
import { until } from "../support/until.ts";
import "../support/use-postgres.ts";

// What no race brings about reliably, step by step: one deed is held in its midst, and the other goes as far as it can.

const ANNA = "anna@example.com";
const NEW = "anna@new.example";
const NEW_PASSWORD = "a new and rather long password";

describe("A code that becomes a link while its account's password is changed", () => {
  it("leaves no link behind that the change has not ended", async () => {
    const { app, raw, database, anna } = await openTown();
    const phone = app.client();
    const { code } = await ask(app, phone, ASK.reset, ANNA);
    // The code is used up, and its link is not minted yet.
    const release = await holdName(database, `links password-reset ${ANNA}`);
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

describe("A change of address that a thief asked for, whose mail is made while the owner resets the password", () => {
  it("leaves no link behind that the reset has not ended", async () => {
    const { app, raw, database } = await openTown();
    const reset = tokenOf(await askForReset(app, ANNA));
    const thief = app.client();
    await thief.post("/sign-in", { email: ANNA, password: PASSWORD });
    await thief.post("/users/me/email", { email: NEW, current_password: PASSWORD });
    const release = await holdName(database, `links email-change ${NEW}`);
    const delivering = app.deliver();
    await waiting(raw, 1);

    const resetting = app.client().send("/reset-password", { token: reset, password: NEW_PASSWORD });
    let isReset = false;
    resetting.then(() => {
      isReset = true;
    });
    await until("the reset waits, or is through", async () => isReset || (await waitingIn(raw)) === 2, { every: 5 });
    await release();
    const done = await resetting;
    await delivering;

    assert.equal(done.status, 303);
    assert.equal((await app.client().open(linkTo(app, NEW, "email-change"))).status, 410);
  });
});

describe("A reset and a change of address of one account", () => {
  it("never wait for each other in a circle", async () => {
    const { app, raw, hold, anna } = await openTown();
    const reset = tokenOf(await askForReset(app, ANNA));
    await askForAddress(app, anna, NEW);
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
    assert.equal(await circlesIn(raw), 0);
  });
});

describe("Everybody's sessions, ended while someone ends one of theirs", () => {
  it("are ended to the last one", async () => {
    const { app, raw, hold } = await openTown();
    await raw.rows(`insert into latchkey_sessions
      (digest, id, account_id, method, browser, created_at, last_seen_at, expires_at)
      select 'digest' || n, 'session' || n, 'no one', 'password', 'Firefox', 0, 0, 0 from generate_series(1, 1200) as n`);
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
    const { app, raw } = await openTown();
    const row = "select ctid::text as place, xmin::text as writer from latchkey_accounts";
    const before = await raw.rows(row);

    const signedIn = await app.client().send("/sign-in", { email: ANNA, password: PASSWORD });

    assert.equal(signedIn.status, 303);
    assert.deepEqual(await raw.rows(row), before);
  });

  it("waits for a concurrent password change and then starts no session (Z4)", async () => {
    const { app, raw, hold } = await openTown();
    const release = await hold("update latchkey_accounts set password_hash = 'another hash'");
    const signingIn = app.client().send("/sign-in", { email: ANNA, password: PASSWORD });
    await waiting(raw, 1);
    await release();

    assert.equal((await signingIn).status, 401);
  });
});

/** An app with Anna in it, and a stranger's connections: one looks, and others hold. */
async function openTown() {
  const database = await freshPostgres();
  const app: App = await openApp({ database, limits: ROOMY });
  const anna = await signUp(app, ANNA);
  const raw = await openRaw(database);
  /** Holds what the statement locks, until it is told to let go. */
  const hold = async (statement: string) => {
    const holder = await openRaw(database);
    await holder.rows("begin");
    await holder.rows(statement);
    return () => holder.rows("commit");
  };
  return { app, anna, raw, database, hold };
}

/** Holds a name as we do, until it is told to let go. */
async function holdName(database: string, name: string): Promise<() => Promise<unknown>> {
  const store = await openStore(database);
  const [held, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  after(() => letGo.resolve());
  const holding = store.transaction(async (tx) => {
    await takeAdvisoryLocks(tx, [name]);
    held.resolve();
    await letGo.promise;
  });
  await held.promise;
  return () => {
    letGo.resolve();
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

/** How often PostgreSQL had to break a circle in this database. */
async function circlesIn({ rows }: RawDatabase): Promise<number> {
  const [row] = await rows("select deadlocks from pg_stat_database where datname = current_database()");
  return Number(row?.deadlocks);
}
