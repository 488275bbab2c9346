import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { groupDigits, newCode, parseCode } from "../../src/lib/code-digits.ts";

describe("newCode", () => {
  it("returns eight digits, with every digit in every place (K4)", () => {
    const codes = Array.from({ length: 2_000 }, newCode);

    for (const code of codes) assert.match(code, /^[0-9]{8}$/);
    // The chance that one of ten digits is absent from a place in 2,000 codes is below 10⁻⁸⁹.
    for (let place = 0; place < 8; place += 1) {
      assert.equal(new Set(codes.map((code) => code[place])).size, 10, `place ${place + 1}`);
    }
  });
});

describe("parseCode", () => {
  it("reads a code as it is grouped in an email", () => {
    assert.equal(parseCode(groupDigits("01234567")), "01234567");
  });

  it("returns null for seven or nine digits", () => {
    assert.deepEqual([parseCode("1234567"), parseCode("123456789")], [null, null]);
  });
});
