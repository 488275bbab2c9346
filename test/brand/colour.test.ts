import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { accentColours, contrast, hexColour } from "../../src/brand/colour.ts";
import { DARK, LIGHT } from "../../src/brand/theme.ts";

describe("contrast", () => {
  it("returns the ratio that WCAG defines", () => {
    assert.equal(contrast("#000000", "#ffffff"), 21);
    assert.equal(contrast("#777777", "#777777"), 1);
    assert.equal(contrast("#2456d6", "#ffffff").toFixed(2), "6.22");
  });
});

describe("hexColour", () => {
  it("accepts three and six digits and nothing else", () => {
    assert.equal(hexColour("#0F7"), "#00ff77");
    assert.equal(hexColour("#0f766E"), "#0f766e");
    for (const text of ["", "0f766e", "#0f76", "#0f766e00", "teal", "#0f766g", "#0f7;}"]) {
      assert.equal(hexColour(text), null, text);
    }
  });
});

describe("accentColours", () => {
  it("keeps every contrast floor in both schemes for 1,000 random accents", () => {
    const edges = ["#000000", "#ffffff", "#ffff00", "#00ff00", "#0000ff", "#ff0000", "#808080", "#767676"];
    const random = Array.from(
      { length: 1_000 },
      (_, i) => `#${((i * 2_654_435_761) % 0x1000000).toString(16).padStart(6, "0")}`,
    );
    for (const accent of [...edges, ...random]) {
      for (const [palette, towards] of [
        [LIGHT, "black"],
        [DARK, "white"],
      ] as const) {
        const grounds = { card: palette.card, ground: palette.ground, well: palette.infoGround };
        const derived = accentColours(accent, grounds, towards);
        assert.ok(contrast(derived.accentInk, derived.accent) >= 4.5, `${accent}: ink on ${derived.accent}`);
        for (const ground of Object.values(grounds)) {
          assert.ok(contrast(derived.accent, ground) >= 3, `${accent}: ${derived.accent} on ${ground}`);
          assert.ok(contrast(derived.accentText, ground) >= 4.5, `${accent}: text ${derived.accentText} on ${ground}`);
        }
      }
    }
  });

  it("leaves an accent as it is where it reads", () => {
    const grounds = { card: LIGHT.card, ground: LIGHT.ground, well: LIGHT.infoGround };
    assert.deepEqual(accentColours("#2456d6", grounds, "black"), {
      accent: "#2456d6",
      accentInk: "#ffffff",
      accentText: "#2456d6",
    });
  });
});
