import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openApp, PASSWORD, signUp, tokenOf } from "../support/open-app.ts";

const ANNA = "anna@example.com";
const NEW_PASSWORD = "a new and rather long password";

/** The cookies of a result, as the next request sends them. */
function cookieOf({ headers }: { headers: Headers }): Headers {
  return new Headers({
    cookie: headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; "),
  });
}

describe("latchkey.for", () => {
  it("throws a TypeError if ip is missing, and for anything without headers", async () => {
    const { latchkey } = await openApp();
    const bind = latchkey.for as (...args: unknown[]) => unknown;

    for (const args of [
      [new Headers()],
      [new Headers(), {}],
      [new Headers(), { ip: undefined }],
      [new Headers(), { ip: 5 }],
    ]) {
      assert.throws(() => bind(...args), /latchkey\.for: ip is/);
    }
    for (const from of [undefined, null, {}, "x"]) assert.throws(() => bind(from, { ip: null }), TypeError);
  });

  it("takes a Request or Headers, and counts limits by the client IP behind a trusted proxy (L2)", async () => {
    const { latchkey } = await openApp({ trustedProxies: ["10.0.0.0/8"], limits: { requestsPerIp: "1/10m" } });
    const via = (client: string) => {
      const request = new Request("http://localhost:3000/", { headers: { "x-forwarded-for": client } });
      return latchkey.for(request, { ip: "10.0.0.1" }).passwordReset.request({ email: ANNA });
    };

    assert.equal((await via("192.0.2.1")).kind, "queued");
    const limited = await via("192.0.2.1");
    assert.ok(limited.kind === "too-many" && limited.retryAfterSeconds >= 1 && limited.retryAfterSeconds <= 600);
    assert.equal((await via("192.0.2.2")).kind, "queued");
  });
});

describe("visit: results", () => {
  it("carry the cookies from a request through sign-up, reset and sign-out", async () => {
    const app = await openApp();
    const { latchkey } = app;
    const at = (headers = new Headers()) => latchkey.for(headers, { ip: "192.0.2.1" });
    const asked = await at().signUp.request({ email: ANNA });
    assert.ok(asked.kind === "queued");
    assert.deepEqual(await at(cookieOf(asked)).checkEmail.pending(), {
      purpose: "sign-up",
      email: ANNA,
      resendAfterSeconds: 60,
      attemptsLeft: 5,
    });
    await app.deliver();

    const token = tokenOf(app.lastLink());
    assert.deepEqual(await at().signUp.preview({ token }), { kind: "live", email: ANNA });
    const signedUp = await at().signUp.complete({ token, password: PASSWORD });
    assert.ok(signedUp.kind === "done");
    assert.match(signedUp.headers.getSetCookie()[0] ?? "", /Max-Age=/);
    assert.equal((await latchkey.account(cookieOf(signedUp)))?.email, ANNA);

    await at().passwordReset.request({ email: ANNA });
    await app.deliver();
    const reset = await at(cookieOf(signedUp)).passwordReset.complete({
      token: tokenOf(app.lastLink()),
      password: NEW_PASSWORD,
    });
    assert.ok(reset.kind === "done");
    // Z5: the cookie of a reset ends with the browser.
    assert.doesNotMatch(reset.headers.getSetCookie()[0] ?? "", /Max-Age|Expires/);
    assert.equal(await latchkey.account(cookieOf(signedUp)), null);

    const out = await at(cookieOf(reset)).signOut();
    assert.equal(out.headers.getSetCookie().length, 2);
    assert.equal(await latchkey.account(cookieOf(reset)), null);
  });

  it("end the session of the request, and later calls of the visit use the new one (Z2)", async () => {
    const app = await openApp();
    const anna = await signUp(app, ANNA);
    const visit = app.visit(anna);
    const before = await visit.sessions.list();

    const signedIn = await visit.signIn({ email: ANNA, password: PASSWORD });

    assert.ok(signedIn.kind === "done");
    const after = await visit.sessions.list();
    assert.equal(after?.length, 1);
    assert.notEqual(after?.[0]?.id, before?.[0]?.id);
    assert.equal(after?.[0]?.isCurrent, true);
    assert.equal((await visit.account())?.email, ANNA);
    assert.equal(await app.visit(anna).account(), null);
  });

  it("report a full hashing queue as busy instead of rejecting", async () => {
    const app = await openApp();
    const results = await Promise.all(
      Array.from({ length: 400 }, (_, i) => app.visit().signIn({ email: `p${i}@example.com`, password: PASSWORD })),
    );

    const busy = results.filter((result) => result.kind === "busy");
    assert.ok(busy.length > 0);
    for (const { retryAfterSeconds } of busy) assert.ok(retryAfterSeconds >= 2 && retryAfterSeconds <= 5);
  });

  it("never reject for missing, mistyped or ill-formed fields", async () => {
    const app = await openApp();
    const anna = await signUp(app, ANNA);
    for (const odd of [undefined, null, 5, {}, ["a"], "", "\ud800", "\0", "x".repeat(100_000)]) {
      const field = odd as string;
      const visit = app.visit(anna);
      const kinds = [
        (await visit.passwordReset.request({ email: field })).kind,
        (await visit.passwordReset.complete({ token: field, password: field })).kind,
        (await visit.signInLink.complete({ token: field, code: field })).kind,
        (await visit.checkEmail.submitCode({ code: field })).kind,
        (await visit.securityAlert.preview({ token: field })).kind,
        (await visit.emailChange.complete({ token: field, password: field })).kind,
        (await visit.changePassword({ current: field, password: field })).kind,
      ];
      assert.equal(kinds[1], "dead");
      assert.ok(["wrong-current-password", "too-many"].includes(kinds[6] ?? ""), kinds[6]);
      assert.ok(["invalid-email", "malformed", "too-many"].includes(kinds[0] ?? ""), kinds[0]);
    }
  });

  it("contain no address for a dead link (S5)", async () => {
    const app = await openApp();
    await app.visit().signUp.request({ email: ANNA });
    await app.deliver();
    const token = tokenOf(app.lastLink());
    await app.visit().signUp.complete({ token, password: PASSWORD });

    const dead = await app.visit().signUp.preview({ token });

    assert.deepEqual(dead, { kind: "dead", reason: "used", at: app.now() });
  });
});

describe("visit: the signed-in account", () => {
  it("changes its password, lists and ends sessions", async () => {
    const app = await openApp();
    const anna = await signUp(app, ANNA);
    await app.visit().signIn({ email: ANNA, password: PASSWORD });
    const visit = app.visit(anna);
    assert.equal((await visit.sessions.list())?.length, 2);

    assert.deepEqual(await visit.sessions.end({ id: "unknown" }), { kind: "not-found" });
    assert.deepEqual(await visit.sessions.endOthers(), { kind: "done" });
    assert.equal((await visit.sessions.list())?.length, 1);
    const wrong = await visit.changePassword({ current: "wrong", password: NEW_PASSWORD });
    assert.equal(wrong.kind, "wrong-current-password");
    const changed = await visit.changePassword({ current: PASSWORD, password: NEW_PASSWORD });
    assert.ok(changed.kind === "done" && changed.headers.getSetCookie().length === 1);

    const [current] = (await visit.sessions.list()) ?? [];
    const ended = await visit.sessions.end({ id: current?.id ?? "" });
    assert.ok(ended.kind === "done");
    assert.match(ended.headers.getSetCookie()[0] ?? "", /Max-Age=0/);
    assert.equal(await visit.account(), null);
  });

  it("returns not-signed-in without a session", async () => {
    const visit = (await openApp()).visit();

    assert.equal(await visit.account(), null);
    assert.equal(await visit.sessions.list(), null);
    assert.equal((await visit.sessions.end({ id: "x" })).kind, "not-signed-in");
    assert.equal((await visit.sessions.endOthers()).kind, "not-signed-in");
    assert.equal((await visit.changePassword({ current: "a", password: "b" })).kind, "not-signed-in");
    assert.equal((await visit.emailChange.request({ email: ANNA, current: "a" })).kind, "not-signed-in");
  });
});
