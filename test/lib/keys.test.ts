import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import { createKeys, newSecretKey, parseSecretKey } from "../../src/lib/keys.ts";

const OLD = Buffer.alloc(32, "old key material");
const NEW = Buffer.alloc(32, "new key material");

describe("parseSecretKey", () => {
  it("accepts 32 random bytes as base64, base64url, hex or text", () => {
    const bytes = randomBytes(32);
    for (const encoding of ["base64", "base64url", "hex"] as const) {
      assert.deepEqual(parseSecretKey(` ${bytes.toString(encoding)}\n`), bytes, encoding);
    }
    assert.equal(parseSecretKey("a long passphrase, with 40 characters or more")?.length, 45);
    assert.equal(parseSecretKey(newSecretKey())?.length, 32);
  });

  it("rejects what is too short or not random", () => {
    const short = [
      randomBytes(31).toString("base64"),
      randomBytes(31).toString("hex"),
      "",
      "secret",
      "a short text key",
    ];
    for (const text of [...short, "a".repeat(64), "0".repeat(64), "abab".repeat(20)]) {
      assert.equal(parseSecretKey(text), null, text);
    }
  });
});

describe("createKeys", () => {
  it("derives a different key for each use (K4)", () => {
    const keys = createKeys([NEW]);
    const digests = [
      keys.limit("x", "anna").digest.slice(2),
      keys.failures("anna").digest,
      keys.code("anna", "")[0],
      keys.ids[0],
    ];

    assert.equal(new Set(digests).size, 4);
  });

  it("reveals no address and no client IP in what is stored (K4)", () => {
    const keys = createKeys([NEW]);
    for (const whose of ["anna@example.com", "192.0.2.1"]) {
      assert.match(keys.limit("sign-in", whose).digest, /^sign-in [0-9a-f]{64}$/);
      assert.match(keys.failures(whose).digest, /^[0-9a-f]{64}$/);
    }
  });

  it("returns the digests under every key, newest first", () => {
    const [both, before, after] = [createKeys([NEW, OLD]), createKeys([OLD]), createKeys([NEW])];

    assert.deepEqual(both.code("request", "12345678"), [
      ...after.code("request", "12345678"),
      ...before.code("request", "12345678"),
    ]);
    assert.deepEqual(both.failures("anna").previous, [before.failures("anna").digest]);
    assert.deepEqual(both.limit("x", "anna").previous, [before.limit("x", "anna").digest]);
    assert.deepEqual(both.ids, [...after.ids, ...before.ids]);
  });
});
