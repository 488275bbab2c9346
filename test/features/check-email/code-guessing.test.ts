import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { describe, it } from "node:test";
import { HOUR } from "../../../src/lib/clock.ts";
import { createKeys } from "../../../src/lib/keys.ts";
import type { TestClient } from "../../support/client.ts";
import { KEYS } from "../../support/keys.ts";
import { type App, openApp, signUp } from "../../support/open-app.ts";
import { freshDatabase } from "../../support/open-store.ts";
import { openRaw } from "../../support/raw-database.ts";
import { copyClient, differentCode, REQUEST_PATHS, requestEmail, statuses } from "../../support/requests.ts";
import { recordStatements } from "../../support/statements.ts";
import { accountOf, assertSays, words } from "../../support/words.ts";

const OLD_PASSWORD = "correct horse battery staple";
const NEW_PASSWORD = "a new and rather long password";
const HIGH_LIMITS = { requestsPerIp: "100000/1h", mailsPerAddress: "100000/1h" };

describe("A malformed code", () => {
  it("costs no attempt, no hash and no query of the code tables (T9)", async () => {
    const { app, anna } = await setUp();
    const { code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const shapes = ["", " ", code.slice(1), `${code}0`, "abcdefgh", "0x123456", "1234567.", "null", `${code}\n${code}`];
    shapes.push("१२३४५६७८९", "½".repeat(8), "-".repeat(9_999), "+1234567", "1e234567", "\0".repeat(8));

    for (const shape of shapes) {
      const { result, statements } = await recordStatements(() => anna.send("/code", { code: shape }));
      assert.equal(result.status, 422, JSON.stringify(shape));
      assertSays(result.body, words.code.errorFormat);
      assert.deepEqual(
        statements.filter((sql) => /^(update|insert|delete)|latchkey_codes/.test(sql)),
        [],
      );
    }
    assert.equal((await anna.request("POST", "/code", "")).status, 400);
    assert.equal((await anna.request("POST", "/code", `code=${code}&code=${code}`)).status, 400);
    assert.equal((await anna.request("POST", "/code", `code[]=${code}`)).status, 400);

    assert.equal((await anna.send("/code", { code })).status, 303);
  });
});

describe("Fifty concurrent submissions of a code", () => {
  it("sign in once if the code is right", async () => {
    const { app, anna } = await setUp();
    const { code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const windows = Array.from({ length: 50 }, () => copyClient(app, anna));

    const responses = await Promise.all(windows.map((window) => window.send("/code", { code })));

    assert.equal(statuses(responses)[303], 1);
    assert.equal(responses.filter(({ headers }) => headers.has("set-cookie")).length, 1);
    // The fifth is told that no try is left, unless it is the one that was let in.
    const wrong = statuses(responses)[422] ?? 0;
    assert.ok(wrong === 3 || wrong === 4, "five were looked at");
    assert.equal(statuses(responses)[410], 49 - wrong);
  });

  it("verify five wrong codes and then refuse the right one (T1)", async () => {
    const { app, anna, sql } = await setUp();
    const { code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const windows = Array.from({ length: 50 }, () => copyClient(app, anna));

    const responses = await Promise.all(
      windows.map((window, i) => window.send("/code", { code: differentCode(code, i + 1) })),
    );

    assert.deepEqual(statuses(responses), { 422: 4, 410: 46 });
    assert.equal((await sql.rows("select count(*) as n from latchkey_events where kind = 'code-refused'"))[0]?.n, 5);
    assert.equal((await anna.send("/code", { code })).status, 410);
  });

  it("cost five hashes for a hundred wrong codes, so that other users do not wait", async () => {
    const { app, anna } = await setUp();
    await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    // Twice as many as may wait to be hashed.
    const many = 2 * Math.max(64, 32 * availableParallelism());
    const windows = Array.from({ length: many }, () => copyClient(app, anna));

    const responses = await Promise.all(windows.map((window) => window.send("/code", { code: "13572468" })));

    assert.deepEqual(statuses(responses), { 422: 4, 410: many - 4 });
  });

  it("mint one link for a reset code, also from two instances on one database", async () => {
    const { app, anna, database } = await setUp();
    const second = await openApp({ database, limits: HIGH_LIMITS, clock: app.now });
    for (let round = 1; round <= 8; round += 1) {
      const { code } = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");
      const windows = [app, second, app, second].map((instance) => copyClient(instance, anna));

      const responses = await Promise.all(windows.map((window) => window.send("/code", { code })));

      const { 303: succeeded } = statuses(responses);
      assert.equal(succeeded, 1);
      app.pass(2 * HOUR);
    }
  });
});

describe("A code beside its link", () => {
  it("stays valid after the link is opened, submitted in another browser, or refused", async () => {
    const { app, anna } = await setUp();
    const { link, token, code } = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    for (let i = 0; i < 8; i += 1) {
      await app.client().open(link);
      await app.client().send("/sign-in-link/confirm", { token });
      await app.client().send("/sign-in-link/confirm", { token, code: "no code" });
    }

    assert.equal((await anna.send("/code", { code })).status, 303);
  });

  it("leads to one link for a reset, after which the other codes of its request are refused", async () => {
    const { app, anna } = await setUp();
    const first = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");
    const second = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");
    const copy = copyClient(app, anna);
    assert.equal((await anna.send("/code", { code: first.code })).status, 303);

    await copy.post("/code", { code: second.code });

    assert.equal(copy.response.status, 410);
    assertSays(copy.text, words.codeOver.usedTitle);
  });

  it("becomes a link although the limit of live links is reached", async () => {
    const { app, anna } = await setUp();
    const mails = [];
    for (let i = 0; i < 5; i += 1) mails.push(await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com"));

    await anna.post("/code", { code: mails[4]?.code ?? "" });

    assert.equal(anna.page.status, 200);
    assertSays(anna.text, words.reset.title);
  });

  it("is invalid for a request for another address in the same browser", async () => {
    const { app, anna } = await setUp();
    await signUp(app, "bob@example.com");
    const annas = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    app.pass(1);
    const bobs = await requestEmail(app, anna, REQUEST_PATHS.signIn, "bob@example.com");

    assert.equal((await anna.send("/code", { code: annas.code })).status, 422);
    await anna.post("/code", { code: bobs.code });
    assertSays(anna.text, accountOf("bob@example.com"));
  });

  it("is revoked with all codes of the account by a password reset", async () => {
    const { app, anna } = await setUp();
    const one = app.client();
    const signInCode = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const resetCode = await requestEmail(app, one, REQUEST_PATHS.reset, "anna@example.com");
    const { token } = await requestEmail(app, app.client(), REQUEST_PATHS.reset, "anna@example.com");

    assert.equal((await app.client().send("/reset-password", { token, password: NEW_PASSWORD })).status, 303);

    assert.equal((await anna.send("/code", { code: signInCode.code })).status, 422);
    assert.equal((await one.send("/code", { code: resetCode.code })).status, 422);
  });

  it("is revoked by a password change", async () => {
    const { app, anna } = await setUp();
    const laptop = await signIn(app);
    const { code } = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");
    const passwords = { current_password: OLD_PASSWORD, password: NEW_PASSWORD };
    assert.equal((await laptop.send("/users/me/password", passwords)).status, 303);

    assert.equal((await anna.send("/code", { code })).status, 422);
  });

  it("is revoked by the use of another sign-in code, which leaves reset codes valid", async () => {
    const { app, anna } = await setUp();
    const [other, resetting] = [app.client(), app.client()];
    const used = await requestEmail(app, anna, REQUEST_PATHS.signIn, "anna@example.com");
    const ended = await requestEmail(app, other, REQUEST_PATHS.signIn, "anna@example.com");
    const reset = await requestEmail(app, resetting, REQUEST_PATHS.reset, "anna@example.com");

    assert.equal((await anna.send("/code", { code: used.code })).status, 303);

    assert.equal((await other.send("/code", { code: ended.code })).status, 422);
    assert.equal((await resetting.send("/code", { code: reset.code })).status, 303);
  });

  it("is revoked when its sign-up creates the account", async () => {
    const app = await openApp();
    const [here, there] = [app.client(), app.client()];
    const first = await requestEmail(app, here, REQUEST_PATHS.signUp, "bea@example.com");
    const second = await requestEmail(app, there, REQUEST_PATHS.signUp, "bea@example.com");
    await here.send("/sign-up/confirm", { token: first.token, password: NEW_PASSWORD });

    assert.equal((await there.send("/code", { code: second.code })).status, 422);
    assert.equal((await here.send("/code", { code: first.code })).status, 410, "its own request is done");
  });

  it("is revoked when the address of its account changes and when the account is deleted", async () => {
    for (const change of ["email = 'new@example.com'", "disabled_at = 1"]) {
      const { app, anna, sql } = await setUp();
      const { code } = await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com");
      await sql.rows(`update latchkey_accounts set ${change}`);

      assert.equal((await anna.send("/code", { code })).status, 422, change);
    }
  });
});

describe("A wrong code", () => {
  it("has the same cost and response for an address without account", async () => {
    const { app, anna, sql } = await setUp();
    const unknownClient = app.client();
    await anna.post(REQUEST_PATHS.signIn, { email: "anna@example.com" });
    await unknownClient.post(REQUEST_PATHS.signIn, { email: "nora@example.com" });
    await app.deliver();
    assert.equal(app.mails.filter(({ to }) => to === "nora@example.com").length, 0);

    for (let i = 0; i < 7; i += 1) {
      const known = await recordStatements(() => anna.send("/code", { code: "00000000" }));
      const unknown = await recordStatements(() => unknownClient.send("/code", { code: "00000000" }));
      // The statement that looks for the code comes after the hash by which it is found, in both.
      assert.ok(i > 4 || known.statements.some((sql) => /from "latchkey_codes"/.test(sql)));
      assert.deepEqual(unknown.statements, known.statements);
      assert.equal(unknown.result.status, known.result.status);
      assert.equal(unknown.result.body.replaceAll("nora@", "anna@"), known.result.body);
      assert.deepEqual([...unknown.result.headers], [...known.result.headers]);
    }
    assert.equal((await sql.rows("select max(attempts) as n from latchkey_requests"))[0]?.n, 5);
  });
});

describe("A stored code", () => {
  it("is an HMAC of its request and digits under a key that is not in the database (K2, K4)", async () => {
    const { app, anna, sql } = await setUp();
    const [first, second] = [await requestEmail(app, anna, REQUEST_PATHS.reset, "anna@example.com"), app.client()];
    await requestEmail(app, second, REQUEST_PATHS.reset, "anna@example.com");

    const rows = await sql.rows("select request, hash from latchkey_codes order by expires_at");

    assert.equal(rows.length, 2);
    const [row] = rows as { request: string; hash: string }[];
    assert.deepEqual(KEYS.code(row?.request ?? "", first.code), [row?.hash]);
    const otherKeys = createKeys([randomBytes(32)]);
    assert.notDeepEqual(otherKeys.code(row?.request ?? "", first.code), [row?.hash]);
    assert.notEqual(rows[0]?.request, rows[1]?.request);
    const everything = JSON.stringify(await sql.strings());
    for (const secret of [first.code, `${first.code.slice(0, 4)} ${first.code.slice(4)}`, ...digestsOf(first.code)]) {
      assert.ok(!everything.includes(secret));
    }
    const cookie = anna.cookies.get("latchkey-request") ?? "";
    assert.ok(cookie.length === 43 && !everything.includes(cookie));

    function digestsOf(code: string): string[] {
      return ["md5", "sha1", "sha256", "sha512"].map((kind) => createHash(kind).update(code).digest("hex"));
    }
  });
});

/** An app on a file with one account, a browser without a session, and a second connection. */
async function setUp(options: Parameters<typeof openApp>[0] = {}) {
  const database = await freshDatabase();
  const app = await openApp({ database, limits: HIGH_LIMITS, ...options });
  await signUp(app, "anna@example.com", OLD_PASSWORD);
  const sql = await openRaw(database);
  return { app, anna: app.client(), sql, database };
}

async function signIn(app: App): Promise<TestClient> {
  const client = app.client();
  await client.post("/sign-in", { email: "anna@example.com", password: OLD_PASSWORD });
  return client;
}
