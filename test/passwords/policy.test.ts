import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type PasswordContext, passwordProblem } from "../../src/passwords/policy.ts";
import { PASSWORD_MAX_BYTES } from "../../src/passwords/prepare.ts";

const CONTEXT: PasswordContext = { minLength: 15, email: "anna.maria@example.com", productName: "Acme Mail Service" };
const E_ACUTE = "e\u0301";

describe("The policy for a new password", () => {
  it("accepts any characters if the password is long enough", () => {
    for (const password of [
      "correct horse battery staple",
      "aaaaaaaaaaaaaab",
      "               x",
      "               \t",
      "111111111111112",
      "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟ",
      "パスワードはとても長くて覚えやすい",
      "\u{1f511}\u{1f512}\u{1f513}\u{1f510}\u{1f5dd}".repeat(3).concat("\u{1f512}"),
      "line one\r\nline two",
      "x".repeat(PASSWORD_MAX_BYTES - 1).concat("y"),
    ]) {
      assert.equal(passwordProblem(password, CONTEXT), null, JSON.stringify(password));
    }
  });

  it("reports a missing password", () => {
    assert.deepEqual(passwordProblem("", CONTEXT), { kind: "empty" });
  });

  it("measures code points of the NFC form, and states the minimum length (P1)", () => {
    const tooShort = { kind: "too-short", minLength: 15 };

    for (const [password, expected] of [
      ["abcdefghijklmn", tooShort],
      ["abcdefghijklmnz", null],
      ["\u{1f511}\u{1f512}".repeat(7), tooShort],
      ["\u{1f511}\u{1f512}".repeat(7).concat("!"), null],
      [`a${E_ACUTE}`.repeat(7), tooShort],
      [`a${E_ACUTE}`.repeat(7).concat("b"), null],
    ] as const) {
      assert.deepEqual(passwordProblem(password, CONTEXT), expected, password);
    }
    assert.equal(passwordProblem("a secret", { ...CONTEXT, minLength: 8 }), null);
  });

  it("accepts up to 1,024 bytes of UTF-8", () => {
    const tooLong = { kind: "too-long", maxBytes: 1_024 };

    assert.equal(passwordProblem(`${"\u00fc".repeat(511)}xy`, CONTEXT), null);
    assert.deepEqual(passwordProblem(`${"\u00fc".repeat(511)}xyz`, CONTEXT), tooLong);
    assert.deepEqual(passwordProblem("xy".repeat(1_000_000), CONTEXT), tooLong);
  });

  it("rejects NUL and half surrogate pairs, which cannot be stored faithfully (P1)", () => {
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

  it("rejects one repeated character", () => {
    for (const character of ["a", " ", "\u{1f511}", "\u00e9", E_ACUTE]) {
      assert.deepEqual(passwordProblem(character.repeat(20), CONTEXT), { kind: "one-character" }, character);
    }
    assert.deepEqual(passwordProblem("\u00e9".repeat(10) + E_ACUTE.repeat(10), CONTEXT), { kind: "one-character" });
  });

  it("rejects the user's own address and its local part (P2)", () => {
    const short = { ...CONTEXT, minLength: 8 };

    assert.deepEqual(passwordProblem("anna.maria@example.com", CONTEXT), { kind: "own-address" });
    assert.deepEqual(passwordProblem("Anna.Maria@EXAMPLE.com", CONTEXT), { kind: "own-address" });
    assert.deepEqual(passwordProblem("anna.maria", short), { kind: "local-part" });
    assert.deepEqual(passwordProblem("ANNA.MARIA", short), { kind: "local-part" });
  });

  it("rejects the product's name", () => {
    assert.deepEqual(passwordProblem("Acme Mail Service", CONTEXT), { kind: "product-name" });
    assert.deepEqual(passwordProblem("acme mail service", CONTEXT), { kind: "product-name" });
  });

  it("rejects the most common passwords, in any case and accent spelling (P2)", () => {
    const short = { ...CONTEXT, minLength: 8 };

    for (const password of ["password", "PassWord", "iloveyou", "sunshine", "trustno1", "football"]) {
      assert.deepEqual(passwordProblem(password, short), { kind: "common" }, password);
    }
    for (const password of ["polniypizdec0211", "123456789987654321", "Williamdoriangray"]) {
      assert.deepEqual(passwordProblem(password, CONTEXT), { kind: "common" }, password);
    }
    for (const password of ["password is not mine", "my passwordpassword", "sunshine on a rainy day"]) {
      assert.equal(passwordProblem(password, CONTEXT), null, password);
    }
  });

  it("rejects a repeated common password (P2)", () => {
    for (const [password, kind] of [
      ["passwordpassword", "common"],
      ["Iloveyou".repeat(3), "common"],
      ["iloveyouiloveyouilove", "common"],
      ["anna.mariaanna.maria", "local-part"],
      ["anna.maria@example.com".repeat(2), "own-address"],
      ["ACME MAIL SERVICE".repeat(2), "product-name"],
      ["acmemailservice", "product-name"],
      ["abcabcabcabcabcab", "repeated"],
      ["\u{1f511}\u{1f512}".repeat(8), "repeated"],
      ["1234567".repeat(3), "repeated"],
    ] as const) {
      assert.deepEqual(passwordProblem(password, CONTEXT), { kind }, password);
    }
    for (const password of ["tangerine tangerine ", "abcabcabcabcabcax", "xabcabcabcabcabc"]) {
      assert.equal(passwordProblem(password, CONTEXT), null, password);
    }
  });

  it("rejects a sequence of the alphabet, digits or keyboard, forwards or backwards (P2)", () => {
    for (const password of [
      "123456789012345",
      "567890123456789012",
      "543210987654321",
      "abcdefghijklmnop",
      "ZYXWVUTSRQPONMLK",
      "uvwxyzabcdefghij",
      "qwertyuiopasdfgh",
      "qwertzuiopasdfghjkl",
      "azertyuiopqsdfgh",
      "1qaz2wsx3edc4rfv",
      "2wsx3edc4rfv5tgb",
      "w2e3r4t5y6u7i8o9",
    ]) {
      assert.deepEqual(passwordProblem(password, CONTEXT), { kind: "row" }, password);
    }
    for (const password of ["abcdefghijklmnoq", "1234567890123456!", "qwertyuiop and so on"]) {
      assert.equal(passwordProblem(password, CONTEXT), null, password);
    }
  });

  it("accepts the address or the product's name as a part", () => {
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
