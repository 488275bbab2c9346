import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { digest, isTokenShaped, newToken } from "../../src/lib/secrets.ts";

describe("A token", () => {
  it("is 32 random bytes as 43 characters of base64url, and unique (T1)", () => {
    const tokens = Array.from({ length: 5_000 }, newToken);

    assert.equal(new Set(tokens).size, tokens.length);
    for (const token of tokens) {
      assert.match(token, /^[A-Za-z0-9_-]{43}$/);
      assert.equal(Buffer.from(token, "base64url").length, 32);
      assert.equal(isTokenShaped(token), true);
    }
    const everyLetter = new Set(tokens.join(""));
    assert.equal(everyLetter.size, 64);
    for (let place = 0; place < 32; place += 1) {
      const values = new Set(tokens.map((token) => Buffer.from(token, "base64url")[place]));
      assert.ok(values.size > 200, `byte ${place} takes all of its values`);
    }
  });

  it("has one form, and every other form is rejected (T1)", () => {
    const token = newToken();
    const others = [
      "",
      "null",
      "undefined",
      "%00",
      token.slice(1),
      `${token}A`,
      `${token}=`,
      `${token}\n`,
      `\n${token}`,
    ];
    others.push(
      ` ${token}`,
      `${token} `,
      `${token}\0`,
      `+${token.slice(1)}`,
      `/${token.slice(1)}`,
      `%${token.slice(1)}`,
    );
    others.push(`\u00fc${token.slice(1)}`, `\uff21${token.slice(1)}`, `${token},${token}`, "[object Object]");

    assert.deepEqual(others.filter(isTokenShaped), []);
  });

  it("is a string, not a value that converts to one", () => {
    const token = newToken();
    const others: unknown[] = [
      undefined,
      null,
      0,
      Number.NaN,
      true,
      {},
      [],
      [token],
      [[token]],
      { toString: () => token },
    ];

    assert.deepEqual(
      others.filter((value) => isTokenShaped(value as string)),
      [],
    );
  });
});

describe("The digest of a token", () => {
  it("is SHA-256 over the purpose and the exact string (T1, K2)", () => {
    const expected = createHash("sha256").update("session\nsome-token").digest("hex");

    assert.equal(digest("session", "some-token"), expected);
    assert.match(expected, /^[0-9a-f]{64}$/);
  });

  it("differs for every purpose and every spelling", () => {
    const token = newToken();
    const sameBytes = [...`ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_`].filter((last) =>
      Buffer.from(token.slice(0, -1) + last, "base64url").equals(Buffer.from(token, "base64url")),
    );
    const spellings = sameBytes.map((last) => token.slice(0, -1) + last);
    spellings.push(`${token}=`, token.toLowerCase(), token.toUpperCase(), ` ${token}`);

    const digests = ["password-reset", "sign-up", "session"].flatMap((purpose) =>
      spellings.map((spelling) => digest(purpose, spelling)),
    );

    assert.equal(sameBytes.length, 4);
    assert.equal(new Set(digests).size, 3 * spellings.length);
  });
});
