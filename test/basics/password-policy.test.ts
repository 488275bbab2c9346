import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PASSWORD_MAX_BYTES, type PasswordContext, passwordProblem } from "../../src/basics/password-policy.ts";

const CONTEXT: PasswordContext = { minLength: 15, email: "anna.maria@example.com", productName: "Acme Mail Service" };
const E_ACUTE = "e\u0301";

describe("A new password", () => {
  it("is taken whatever it is made of, as long as it is long enough", () => {
    for (const password of [
      "correct horse battery staple",
      "aaaaaaaaaaaaaab",
      "               x",
      "               \t",
      "111111111111112",
      "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟ",
      "パスワードはとても長くて覚えやすい",
      "\u{1f511}\u{1f512}\u{1f513}\u{1f510}\u{1f5dd}".repeat(3),
      "line one\r\nline two",
      "x".repeat(PASSWORD_MAX_BYTES - 1).concat("y"),
    ]) {
      assert.equal(passwordProblem(password, CONTEXT), null, JSON.stringify(password));
    }
  });

  it("is asked for where there is none", () => {
    assert.deepEqual(passwordProblem("", CONTEXT), { kind: "empty" });
  });

  it("is measured in the code points of its NFC form, and told how long it must be", () => {
    const tooShort = { kind: "too-short", minLength: 15 };

    for (const [password, expected] of [
      ["abcdefghijklmn", tooShort],
      ["abcdefghijklmno", null],
      ["\u{1f511}\u{1f512}".repeat(7), tooShort],
      ["\u{1f511}\u{1f512}".repeat(7).concat("!"), null],
      [`a${E_ACUTE}`.repeat(7), tooShort],
      [`a${E_ACUTE}`.repeat(7).concat("b"), null],
    ] as const) {
      assert.deepEqual(passwordProblem(password, CONTEXT), expected, password);
    }
    assert.equal(passwordProblem("a secret", { ...CONTEXT, minLength: 8 }), null);
  });

  it("may have up to 1,024 bytes, which are counted in UTF-8", () => {
    const tooLong = { kind: "too-long", maxBytes: 1_024 };

    assert.equal(passwordProblem(`${"\u00fc".repeat(511)}xy`, CONTEXT), null);
    assert.deepEqual(passwordProblem(`${"\u00fc".repeat(511)}xyz`, CONTEXT), tooLong);
    assert.deepEqual(passwordProblem("xy".repeat(1_000_000), CONTEXT), tooLong);
  });

  it("is refused where it cannot be stored faithfully: NUL and half characters", () => {
    for (const password of [
      "\0",
      "correct horse\0battery staple",
      "correct horse battery staple\0",
      "correct horse battery staple\ud83d",
      "\udd11correct horse battery staple",
      "correct horse\udd11\ud83dbattery staple",
    ]) {
      assert.deepEqual(passwordProblem(password, CONTEXT), { kind: "ill-formed" }, JSON.stringify(password));
    }
    assert.equal(passwordProblem("correct horse\ud83d\udd11battery staple", CONTEXT), null);
    assert.equal(passwordProblem("correct horse \ufffd battery staple", CONTEXT), null);
  });

  it("is refused where it is one character over and over", () => {
    for (const character of ["a", " ", "\u{1f511}", "\u00e9", E_ACUTE]) {
      assert.deepEqual(passwordProblem(character.repeat(20), CONTEXT), { kind: "one-character" }, character);
    }
    assert.deepEqual(passwordProblem("\u00e9".repeat(10) + E_ACUTE.repeat(10), CONTEXT), { kind: "one-character" });
  });

  it("is refused where it is the person's own address, or the part before the at sign", () => {
    const short = { ...CONTEXT, minLength: 8 };

    assert.deepEqual(passwordProblem("anna.maria@example.com", CONTEXT), { kind: "own-address" });
    assert.deepEqual(passwordProblem("Anna.Maria@EXAMPLE.com", CONTEXT), { kind: "own-address" });
    assert.deepEqual(passwordProblem("anna.maria", short), { kind: "own-address" });
    assert.deepEqual(passwordProblem("ANNA.MARIA", short), { kind: "own-address" });
  });

  it("is refused where it is the product's name", () => {
    assert.deepEqual(passwordProblem("Acme Mail Service", CONTEXT), { kind: "product-name" });
    assert.deepEqual(passwordProblem("acme mail service", CONTEXT), { kind: "product-name" });
  });

  it("may hold the address or the product's name as a part", () => {
    for (const password of [
      "anna.maria@example.com!",
      "my acme mail service",
      "example.com example.com",
      " anna.maria@example.com",
    ]) {
      assert.equal(passwordProblem(password, CONTEXT), null, password);
    }
  });
});
