import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HOUR, MINUTE, SECOND } from "../../src/lib/clock.ts";
import { consumeCode, deleteCodes, findCode, hasLiveCode, insertCode } from "../../src/links/codes.ts";
import * as requests from "../../src/links/requests-store.ts";
import * as tokens from "../../src/links/tokens.ts";
import { NOW, openStore } from "../support/open-store.ts";

const CODE = { purpose: "sign-in-link", accountId: "anna", email: "anna@example.com" } as const;
const KEY = { request: "a request", digests: ["a digest"] };

describe("A stored code", () => {
  it("is found by its request and its digest until it expires", async () => {
    const { query } = await openStore();
    await insertCode(query, KEY, CODE, NOW + MINUTE);

    assert.deepEqual(await findCode(query, KEY, NOW + MINUTE - 1), CODE);
    assert.equal(await findCode(query, KEY, NOW + MINUTE), null);
    assert.equal(await hasLiveCode(query, KEY.request, NOW + MINUTE - 1), true);
    assert.equal(await hasLiveCode(query, KEY.request, NOW + MINUTE), false);
    for (const other of [
      { ...KEY, request: "another" },
      { ...KEY, digests: ["another"] },
    ]) {
      assert.equal(await findCode(query, other, NOW), null);
      assert.equal(await consumeCode(query, other, NOW), null);
    }
    assert.equal(await consumeCode(query, KEY, NOW + MINUTE), null, "too late");
    assert.deepEqual(await consumeCode(query, KEY, NOW + MINUTE - 1), CODE);
    assert.equal(await consumeCode(query, KEY, NOW), null, "once");
  });
});

describe("A stored request", () => {
  it("counts five attempts, and none after its use or expiry", async () => {
    const { query } = await openStore();
    const { token, digest } = await requests.openRequest(query, requestFor("anna@example.com", null), NOW);

    for (let i = 1; i <= 5; i += 1)
      assert.equal((await requests.countRequestAttempt(query, { digest }, NOW))?.attempts, i);
    assert.equal(await requests.countRequestAttempt(query, { digest }, NOW), null);
    assert.equal(await requests.acceptsCode(query, { digest }, NOW), false);
    assert.equal((await requests.requestsOf(query, token, NOW))[0]?.attempts, 5);

    const late = await requests.openRequest(query, requestFor("anna@example.com", null), NOW);
    assert.equal(await requests.acceptsCode(query, late, NOW + HOUR - 1), true);
    assert.equal(await requests.acceptsCode(query, late, NOW + HOUR), false);
    assert.equal(await requests.countRequestAttempt(query, late, NOW + HOUR), null);
    assert.deepEqual(await requests.requestsOf(query, late.token, NOW + HOUR), []);
    const used = { request: late.digest, email: "anna@example.com" };
    for (const brought of [null, token, "A".repeat(43)]) {
      await requests.useRequests(query, { ...used, brought }, NOW);
      assert.equal(await requests.acceptsCode(query, late, NOW), true, "it was used in another browser");
    }
    await requests.useRequests(query, { ...used, brought: late.token }, NOW);
    assert.equal(await requests.acceptsCode(query, late, NOW), false);
    assert.equal(await requests.countRequestAttempt(query, late, NOW), null);
    await requests.useRequests(query, { ...used, brought: late.token }, NOW + SECOND);
    assert.equal((await requests.requestsOf(query, late.token, NOW))[0]?.usedAt, NOW, "the first use counts");
  });

  it("is reused for the same purpose and address only", async () => {
    const { query } = await openStore();
    const first = await requests.openRequest(query, requestFor("anna@example.com", null), NOW);

    const same = await requests.openRequest(query, requestFor("anna@example.com", first.token), NOW);
    const otherAddress = await requests.openRequest(query, requestFor("bob@example.com", first.token), NOW);
    const otherPurpose = await requests.openRequest(
      query,
      { ...requestFor("anna@example.com", first.token), purpose: "sign-up" },
      NOW,
    );
    const late = await requests.openRequest(query, requestFor("anna@example.com", first.token), NOW + HOUR);
    const elsewhere = await requests.openRequest(query, requestFor("anna@example.com", null), NOW);
    const malformed = await requests.openRequest(query, requestFor("anna@example.com", "A".repeat(44)), NOW);

    assert.deepEqual(same, first);
    const all = [first, otherAddress, otherPurpose, late, elsewhere, malformed];
    assert.equal(new Set(all.map(({ digest }) => digest)).size, 6);
    assert.deepEqual(
      all.map(({ token }) => token === first.token),
      [true, true, true, true, false, false],
      "one cookie for every request of a browser",
    );
    assert.notEqual(malformed.token, "A".repeat(44));
  });

  it("ends with the others for its address, of its purpose or of all", async () => {
    const { query } = await openStore();
    const first = await requests.openRequest(query, requestFor("anna@example.com", null), NOW);
    const reset = { ...requestFor("anna@example.com", first.token), purpose: "password-reset" } as const;
    await requests.openRequest(query, reset, NOW);
    await requests.openRequest(query, requestFor("bob@example.com", first.token), NOW);
    const used = { brought: first.token, request: null, email: "anna@example.com" };
    const waiting = async () =>
      (await requests.requestsOf(query, first.token, NOW)).filter(requests.isWaiting).map(({ purpose }) => purpose);

    await requests.useRequests(query, { ...used, purpose: "sign-in-link" }, NOW);
    assert.deepEqual((await waiting()).toSorted(), ["password-reset", "sign-in-link"]);
    await requests.useRequests(query, used, NOW);
    assert.deepEqual(await waiting(), ["sign-in-link"]);
  });

  it("is renewed at most once a minute while it waits, with a new lifetime", async () => {
    const { query } = await openStore();
    const { token, digest } = await requests.openRequest(query, requestFor("anna@example.com", null), NOW);
    const again = (at: number) =>
      requests.renewRequest(query, { digest, brought: token }, { waitMs: MINUTE, lifetimeMs: HOUR }, at);

    assert.equal(await again(NOW + MINUTE - 1), null);
    assert.ok(await again(NOW + MINUTE));
    assert.equal(await again(NOW + MINUTE), null);
    assert.equal((await requests.requestsOf(query, token, NOW + HOUR + MINUTE - 1)).length, 1);
    assert.equal(await again(NOW + HOUR + MINUTE), null, "it has expired");
    for (const brought of [null, "A".repeat(43)]) {
      const times = { waitMs: MINUTE, lifetimeMs: HOUR };
      assert.equal(await requests.renewRequest(query, { digest, brought }, times, NOW + 2 * MINUTE), null, "elsewhere");
    }
    await requests.useRequests(query, { request: digest, brought: token, email: "anna@example.com" }, NOW);
    assert.equal(await again(NOW + 2 * MINUTE), null, "it was used");
  });
});

describe("A stored token", () => {
  it("is consumed only for the purpose in its row, and only before it expires", async () => {
    const { query } = await openStore();
    const owner = { accountId: "anna", email: "anna@example.com", lifetimeMs: MINUTE };
    const { token = "" } = (await tokens.mintToken(query, { ...owner, purpose: "password-reset" }, NOW)) ?? {};
    await query.updateTable("latchkey_tokens").set({ purpose: "sign-up" }).execute();

    for (const purpose of ["password-reset", "sign-up", "sign-in-link", "security-alert"] as const) {
      assert.equal(await tokens.consumeToken(query, purpose, token, NOW), null);
      assert.deepEqual(await tokens.findToken(query, purpose, token, NOW), { kind: "unknown" });
    }
    await query.updateTable("latchkey_tokens").set({ purpose: "password-reset" }).execute();
    assert.equal(await tokens.consumeToken(query, "password-reset", token, NOW + MINUTE), null);
    assert.ok(await tokens.consumeToken(query, "password-reset", token, NOW + MINUTE - 1));

    assert.equal((await tokens.findToken(query, "password-reset", token, NOW)).kind, "ended");
    await query.updateTable("latchkey_tokens").set({ purpose: "sign-up" }).execute();
    assert.equal((await tokens.findToken(query, "password-reset", token, NOW)).kind, "unknown");
  });
});

describe("insertCode", () => {
  it("stores the code under the newest key, so that it outlives the removal of the oldest (K4)", async () => {
    const { query } = await openStore();
    await insertCode(query, { request: "a request", digests: ["newest", "oldest"] }, CODE, NOW + MINUTE);

    assert.deepEqual(await findCode(query, { request: "a request", digests: ["newest"] }, NOW), CODE);
  });
});

describe("deleteCodes", () => {
  it("deletes the codes of one account, and none of another (T6)", async () => {
    const { query } = await openStore();
    const bobs = { request: "another request", digests: ["another digest"] };
    await insertCode(query, KEY, CODE, NOW + MINUTE);
    await insertCode(query, bobs, { ...CODE, accountId: "bob", email: "bob@example.com" }, NOW + MINUTE);

    await deleteCodes(query, { accountId: "anna" });

    assert.equal(await findCode(query, KEY, NOW), null);
    assert.ok(await findCode(query, bobs, NOW));
  });

  it("deletes the codes of one address, and none of another (T6)", async () => {
    const { query } = await openStore();
    const bobs = { request: "another request", digests: ["another digest"] };
    const signUp = { purpose: "sign-up", accountId: null } as const;
    await insertCode(query, KEY, { ...signUp, email: "anna@example.com" }, NOW + MINUTE);
    await insertCode(query, bobs, { ...signUp, email: "bob@example.com" }, NOW + MINUTE);

    await deleteCodes(query, { email: "anna@example.com", purpose: "sign-up" });

    assert.equal(await findCode(query, KEY, NOW), null);
    assert.ok(await findCode(query, bobs, NOW));
  });
});

describe("openRequest", () => {
  it("makes one request of two equal ones that arrive at the same moment", async () => {
    const { query } = await openStore();
    const { token } = await requests.openRequest(query, requestFor("bob@example.com", null), NOW);
    const open = () => requests.openRequest(query, requestFor("anna@example.com", token), NOW);

    const [one, other] = await Promise.all([open(), open()]);

    assert.deepEqual(one, other);
    assert.equal((await requests.requestsOf(query, token, NOW)).length, 2);
  });

  it("extends the lifetime of a request that is repeated", async () => {
    const { query } = await openStore();
    const first = await requests.openRequest(query, requestFor("anna@example.com", null), NOW);

    await requests.openRequest(query, requestFor("anna@example.com", first.token), NOW + MINUTE);

    assert.equal((await requests.requestsOf(query, first.token, NOW + HOUR + MINUTE - 1)).length, 1);
    assert.deepEqual(await requests.requestsOf(query, first.token, NOW + HOUR + MINUTE), []);
  });
});

function requestFor(email: string, brought: string | null) {
  return { purpose: "sign-in-link", email, lifetimeMs: HOUR, next: null, brought } as const;
}
