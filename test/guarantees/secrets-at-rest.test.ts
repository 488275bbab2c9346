import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE } from "../../src/lib/clock.ts";
import { parseCode } from "../../src/lib/code-digits.ts";
import { changeAddress, HIGH_LIMITS, linkTo } from "../support/email-change.ts";
import { type App, openApp, PASSWORD, requestReset, signUp, tokenOf } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { alertLinkIn, codeIn, copyClient } from "../support/requests.ts";

describe("A dump of the database", () => {
  it("contains no string that works as a link or a cookie, even while emails are queued (T1, K2)", async () => {
    const database = await freshDatabase();
    const app = await openApp({ database, limits: HIGH_LIMITS });
    const anna = await signUp(app, "old@example.com");
    await changeAddress(app, anna, "anna@example.com");
    const undo = tokenOf(linkTo(app, "old@example.com", "email-change-undo"));
    const objection = tokenOf(alertLinkIn(app));
    await anna.open("/users/me");
    await anna.submit({ email: "next@example.com", current_password: PASSWORD }, "/users/me/email");
    await app.deliver();
    const change = tokenOf(app.lastLink());
    const reset = tokenOf(await requestReset(app, "anna@example.com"));
    const tapping = app.client();
    await tapping.post("/sign-in-link", { email: "anna@example.com" });
    await app.deliver();
    const signIn = tokenOf(app.lastLink());
    const typing = app.client();
    await typing.post("/sign-up", { email: "bob@example.com" });
    await app.deliver();
    const signUpLink = tokenOf(app.lastLink());
    const code = codeIn(app.lastMail().text);
    await app.client().send("/sign-in", { email: "anna@example.com", password: "not the right password" });
    for (const path of ["/forgot-password", "/sign-in-link"])
      await app.client().post(path, { email: "anna@example.com" });

    const raw = await openRaw(database);
    const strings = spellings(await raw.strings());

    const filled = [];
    for (const table of await raw.tables())
      if ((await raw.rows(`select 1 from "${table}" limit 1`)).length) filled.push(table);
    for (const table of [
      "accounts",
      "tokens",
      "email_changes",
      "requests",
      "codes",
      "sessions",
      "outbox",
      "limits",
      "events",
      "failed_attempts",
    ])
      assert.ok(filled.includes(`latchkey_${table}`), table);
    assert.ok(strings.length > 60, `${strings.length} strings`);
    for (const string of strings) {
      assert.deepEqual(await attemptAll(app, string), ALL_REFUSED, string);
      assert.equal(parseCode(string), null, string);
    }

    assert.equal((await attemptAll(app, reset)).reset, 200);
    assert.equal((await attemptAll(app, signUpLink)).signUp, 200);
    assert.equal((await attemptAll(app, signIn)).signIn, 200);
    assert.equal((await attemptAll(app, change)).addressChange, 200);
    assert.equal((await attemptAll(app, anna.cookies.get("latchkey") ?? "")).me, 200);
    assert.equal((await attemptAll(app, typing.cookies.get("latchkey-request") ?? "")).request, 429);
    app.pass(MINUTE);
    await copyClient(app, typing).post("/code", { code });
    assert.equal((await attemptAll(app, objection)).alertPost, 303);
    assert.equal((await attemptAll(app, undo)).addressUndoPost, 303);
  });
});

/** Each string, whole and in the parts and spellings that resemble a token. */
function spellings(values: string[]): string[] {
  const found = values.flatMap((value) => {
    const hex = /^[0-9a-f]{64}$/.test(value) ? [Buffer.from(value, "hex").toString("base64url")] : [];
    return [value, ...value.split(/[^A-Za-z0-9_-]+/), value.slice(0, 43), value.slice(-43), ...hex];
  });
  return [...new Set(found)].filter(Boolean);
}

/** The statuses for a string that is not a secret. */
const ALL_REFUSED = {
  reset: 410,
  resetPost: 410,
  signUp: 410,
  signUpPost: 410,
  signIn: 410,
  signInPost: 410,
  objection: 410,
  alertPost: 410,
  addressChange: 410,
  addressChangePost: 410,
  addressUndo: 410,
  addressUndoPost: 410,
  me: 303,
  request: 410,
};

/** The statuses for a string used as each link, as a session cookie and as a request cookie. */
async function attemptAll(app: App, string: string): Promise<typeof ALL_REFUSED> {
  const encoded = encodeURIComponent(string);
  const attacker = app.client();
  const get = async (path: string) => (await attacker.request("GET", path)).status;
  const post = async (path: string, fields = {}) => (await attacker.send(path, { token: string, ...fields })).status;

  const links = {
    reset: await get(`/reset-password/${encoded}`),
    resetPost: await post("/reset-password", { password: "" }),
    signUp: await get(`/sign-up/${encoded}`),
    signUpPost: await post("/sign-up/confirm", { password: "" }),
    signIn: await get(`/sign-in-link/${encoded}`),
    signInPost: await post("/sign-in-link/confirm"),
    objection: await get(`/objection/${encoded}`),
    alertPost: await post("/objection"),
    addressChange: await get(`/address-change/${encoded}`),
    addressChangePost: await post("/address-change"),
    addressUndo: await get(`/address-undo/${encoded}`),
    addressUndoPost: await post("/address-undo"),
  };
  attacker.cookies.set("latchkey", encoded);
  attacker.cookies.set("latchkey-request", encoded);
  return { ...links, me: await get("/users/me"), request: await post("/check-email") };
}
