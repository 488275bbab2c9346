import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Purpose } from "../../src/core/purposes.ts";
import type { Db } from "../../src/db/schema.ts";
import { DAY, HOUR, MINUTE } from "../../src/lib/clock.ts";
import {
  consumeToken,
  ENDED_TOKENS_KEPT_FOR,
  findToken,
  MAX_LIVE_TOKENS,
  mintToken,
  purgeEndedTokens,
  purgeTokens,
  revokeTokens,
  revokeTokensOfAccounts,
  withdrawToken,
} from "../../src/links/tokens.ts";
import { freshDatabase, NOW, openStore } from "../support/open-store.ts";
import { runAtOnce } from "../support/script.ts";

const ANNA = { accountId: "anna", email: "anna@example.com" };
const BOB = { accountId: "bob", email: "bob@example.com" };

describe("A token", () => {
  it("returns its owner until its single use, and the time of use afterwards", async () => {
    const { query } = await openStore();
    const request = "the digest of a request";
    const token = await newLink(query, { request });

    const live = await findToken(query, "password-reset", token, NOW);
    const first = await consumeToken(query, "password-reset", token, NOW + MINUTE);
    const second = await consumeToken(query, "password-reset", token, NOW + MINUTE);

    assert.deepEqual(live, { kind: "live", token: { ...ANNA, expiresAt: NOW + HOUR, request } });
    assert.deepEqual(first, { ...ANNA, expiresAt: NOW + HOUR, request });
    assert.equal(second, null);
    const seen = await findToken(query, "password-reset", token, NOW + HOUR);
    assert.deepEqual(seen, { kind: "ended", reason: "used", at: NOW + MINUTE, email: ANNA.email, request });
  });

  it("is valid until the last millisecond of its lifetime", async () => {
    const { query } = await openStore();
    const [used, late] = [await newLink(query), await newLink(query)];

    assert.equal((await findToken(query, "password-reset", used, NOW + HOUR - 1)).kind, "live");
    assert.ok(await consumeToken(query, "password-reset", used, NOW + HOUR - 1));
    const expired = { kind: "expired", at: NOW + HOUR, request: null };
    assert.deepEqual(await findToken(query, "password-reset", late, NOW + HOUR), expired);
    assert.equal(await consumeToken(query, "password-reset", late, NOW + HOUR), null);
  });

  it("is unknown for any other purpose and stays valid for its own, against CVE-2026-4325 (T2)", async () => {
    const { query } = await openStore();
    const reset = await newLink(query);
    const signUp = await newLink(query, { purpose: "sign-up", accountId: null });

    for (const [token, other, own] of [
      [reset, "sign-up", "password-reset"],
      [signUp, "password-reset", "sign-up"],
    ] as const) {
      assert.deepEqual(await findToken(query, other, token, NOW), { kind: "unknown" });
      assert.equal(await consumeToken(query, other, token, NOW), null);
      await withdrawToken(query, other, token);
      assert.ok(await consumeToken(query, own, token, NOW));
      assert.deepEqual(await findToken(query, other, token, NOW), { kind: "unknown" });
    }
  });

  it("is unknown in every other spelling (T4)", async () => {
    const { query } = await openStore();
    const token = await newLink(query);
    const shapes = ["", "null", "%", "_".repeat(43), token.slice(1), `${token}A`, `${token}=`, ` ${token}`];
    shapes.push(`${token}\n`, `${token}\0`, token.toLowerCase(), token.toUpperCase(), "' OR 1=1 --");

    for (const shape of shapes) {
      assert.deepEqual(await findToken(query, "password-reset", shape, NOW), { kind: "unknown" }, shape);
      assert.equal(await consumeToken(query, "password-reset", shape, NOW), null, shape);
    }
    assert.ok(await consumeToken(query, "password-reset", token, NOW));
  });

  it("is not stored: no stored value is accepted as a token (T1, K2)", async () => {
    const { query } = await openStore();
    const live = await newLink(query);
    const used = await newLink(query);
    await consumeToken(query, "password-reset", used, NOW);

    const rows = await query.selectFrom("latchkey_tokens").selectAll().execute();

    assert.equal(rows.length, 2);
    for (const stored of rows.flatMap((row) => Object.values(row).map(String))) {
      assert.ok(!stored.includes(live) && !stored.includes(used), stored);
      assert.equal(await consumeToken(query, "password-reset", stored, NOW), null, stored);
    }
  });
});

describe("Fifty concurrent uses of one token", () => {
  it("succeed exactly once, with and without a transaction", async () => {
    const { query, transaction } = await openStore();
    for (const use of [
      (token: string) => consumeToken(query, "password-reset", token, NOW),
      (token: string) => transaction((tx) => consumeToken(tx, "password-reset", token, NOW)),
    ]) {
      const token = await newLink(query);

      const got = await Promise.all(Array.from({ length: 50 }, () => use(token)));

      assert.equal(got.filter((one) => one !== null).length, 1);
    }
  });

  it("succeed exactly once across processes (T3)", async () => {
    const url = await freshDatabase();
    const token = await newLink((await openStore(url)).query);

    const results = await runAtOnce(
      4,
      `
        const { openDatabase } = await use("db/database.ts");
        const { consumeToken: consume } = await use("links/tokens.ts");
        const database = await openDatabase(given[0]);
        await ready();
        const callers = Array.from({ length: 50 }, () =>
          database.transaction((tx) => consume(tx, "password-reset", given[1], ${NOW})));
        const got = await Promise.all(callers);
        await database.close();
        await say(got.filter((one) => one !== null).length);
      `,
      url,
      token,
    );

    assert.deepEqual(results.toSorted(), [0, 0, 0, 1]);
  });

  it("leave the token valid if the winning transaction fails", async () => {
    const { query, transaction } = await openStore();
    const token = await newLink(query);
    const failing = transaction(async (tx) => {
      assert.ok(await consumeToken(tx, "password-reset", token, NOW));
      await revokeTokens(tx, { accountId: ANNA.accountId }, "replaced", NOW);
      throw new Error("The action failed.");
    });

    await assert.rejects(failing, /The action failed/);

    assert.equal((await findToken(query, "password-reset", token, NOW)).kind, "live");
    assert.ok(await consumeToken(query, "password-reset", token, NOW));
  });
});

describe("The limit of live tokens", () => {
  it("is five per address and purpose: a sixth is refused and the oldest stays valid", async () => {
    const { query } = await openStore();
    const first = await newLink(query);
    for (let i = 1; i < MAX_LIVE_TOKENS; i += 1) await newLink(query);

    assert.equal(MAX_LIVE_TOKENS, 5);
    assert.equal(await mintFor(query), null);
    assert.ok(await mintFor(query, { purpose: "sign-up" }));
    assert.ok(await mintFor(query, BOB));
    assert.equal((await findToken(query, "password-reset", first, NOW)).kind, "live");
  });

  it("holds for twenty concurrent requests", async () => {
    const { query } = await openStore();

    const minted = await Promise.all(Array.from({ length: 20 }, () => mintFor(query)));

    assert.equal(minted.filter((one) => one !== null).length, MAX_LIVE_TOKENS);
  });

  it("is one more for each further delivery attempt of an email (M3)", async () => {
    const { query } = await openStore();
    for (let i = 0; i < MAX_LIVE_TOKENS; i += 1) await newLink(query);

    assert.equal(await mintFor(query, { attempt: 1 }), null);
    assert.ok(await mintFor(query, { attempt: 2 }));
    assert.equal(await mintFor(query, { attempt: 2 }), null);
  });

  it("allows another token after one is used, withdrawn or expired", async () => {
    const { query } = await openStore();
    const tokens: string[] = [];
    for (let i = 0; i < MAX_LIVE_TOKENS; i += 1) tokens.push(await newLink(query));

    await consumeToken(query, "password-reset", tokens[0] ?? "", NOW);
    assert.ok(await mintFor(query));
    assert.equal(await mintFor(query), null);
    await withdrawToken(query, "password-reset", tokens[1] ?? "");
    assert.ok(await mintFor(query));
    assert.equal(await mintFor(query), null);
    assert.ok(await mintFor(query, {}, NOW + HOUR));
    assert.deepEqual(await findToken(query, "password-reset", tokens[1] ?? "", NOW), { kind: "unknown" });
  });
});

describe("Revoking all tokens of an account", () => {
  it("revokes every purpose and leaves the tokens of other accounts valid (T6)", async () => {
    const { query } = await openStore();
    const reset = await newLink(query);
    const other = await newLink(query, { purpose: "sign-up" });
    const bobs = await newLink(query, BOB);
    const expired = await newLink(query, { lifetimeMs: MINUTE });

    await revokeTokens(query, { accountId: ANNA.accountId }, "password-changed", NOW + MINUTE);

    const ended = {
      kind: "ended",
      reason: "password-changed",
      at: NOW + MINUTE,
      email: ANNA.email,
      request: null,
    };
    assert.deepEqual(await findToken(query, "password-reset", reset, NOW + MINUTE), ended);
    assert.deepEqual(await findToken(query, "sign-up", other, NOW + MINUTE), ended);
    assert.notEqual((await findToken(query, "password-reset", expired, NOW + MINUTE)).kind, "ended");
    assert.equal(await consumeToken(query, "password-reset", reset, NOW + MINUTE), null);
    assert.ok(await consumeToken(query, "password-reset", bobs, NOW + MINUTE));
  });

  it("revokes by address and purpose if no account exists yet", async () => {
    const { query } = await openStore();
    const signUp = await newLink(query, { purpose: "sign-up", accountId: null });
    const reset = await newLink(query);
    const bobs = await newLink(query, { purpose: "sign-up", accountId: null, email: BOB.email });

    await revokeTokens(query, { email: ANNA.email, purpose: "sign-up" }, "replaced", NOW);

    assert.equal(await consumeToken(query, "sign-up", signUp, NOW), null);
    assert.equal((await findToken(query, "password-reset", reset, NOW)).kind, "live");
    assert.equal((await findToken(query, "sign-up", bobs, NOW)).kind, "live");
  });

  it("revokes more tokens than one statement can have parameters", async () => {
    const { query } = await openStore();
    // Each sign-in by a link leaves one notice link for seven days, and their number is unbounded.
    const rows = Array.from({ length: 12_000 }, (_, i) => {
      const token = {
        digest: `digest ${i}`,
        purpose: "security-alert",
        account_id: "anna",
        email: ANNA.email,
        request: null,
      };
      return { ...token, created_at: NOW, expires_at: NOW + DAY };
    });
    while (rows.length > 0) await query.insertInto("latchkey_tokens").values(rows.splice(0, 1_000)).execute();

    const ended = await revokeTokensOfAccounts(query, ["anna"], NOW);

    assert.equal(ended, 12_000);
    const { left } = await query
      .selectFrom("latchkey_tokens")
      .select(({ fn }) => fn.countAll<number>().as("left"))
      .where("end_reason", "=", "withdrawn")
      .executeTakeFirstOrThrow();
    assert.equal(Number(left), 12_000);
  });

  it("keeps ended tokens for a week, and purging never deletes live ones", async () => {
    const { query } = await openStore();
    const used = await newLink(query);
    await consumeToken(query, "password-reset", used, NOW);
    const expired = await newLink(query);
    const live = await newLink(query, { lifetimeMs: 30 * DAY });

    for (const purge of [purgeTokens, purgeEndedTokens]) await purge(query, NOW + ENDED_TOKENS_KEPT_FOR - 1, 1_000);
    assert.equal((await findToken(query, "password-reset", used, NOW + ENDED_TOKENS_KEPT_FOR)).kind, "ended");
    assert.equal((await findToken(query, "password-reset", expired, NOW + ENDED_TOKENS_KEPT_FOR)).kind, "expired");
    for (const purge of [purgeTokens, purgeEndedTokens]) {
      await purge(query, NOW + ENDED_TOKENS_KEPT_FOR + 2 * HOUR, 1_000);
    }

    const kinds = [used, expired, live].map(
      async (token) => (await findToken(query, "password-reset", token, NOW)).kind,
    );
    assert.deepEqual(await Promise.all(kinds), ["unknown", "unknown", "live"]);
  });
});

type Overrides = Partial<{
  purpose: Purpose;
  accountId: string | null;
  email: string;
  lifetimeMs: number;
  request: string;
  attempt: number;
}>;

function mintFor(db: Db, overrides: Overrides = {}, now = NOW) {
  return mintToken(db, { purpose: "password-reset", ...ANNA, lifetimeMs: HOUR, ...overrides }, now);
}

async function newLink(db: Db, overrides: Overrides = {}): Promise<string> {
  const minted = await mintFor(db, overrides);
  assert.ok(minted);
  return minted.token;
}
