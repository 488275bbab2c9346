import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LANGUAGES, negotiate } from "../../src/i18n/languages.ts";

const served = Object.keys(LANGUAGES);
const choose = (signals: Parameters<typeof negotiate>[0], languages = served) => {
  const { language, locale } = negotiate(signals, { served: languages, fallback: "en" });
  return `${language} ${locale}`;
};

describe("negotiate", () => {
  const table: Array<[accept: string | null, expected: string]> = [
    ["de-AT,de;q=0.9,en;q=0.8", "de de-AT"],
    ["en-GB", "en en-GB"],
    ["EN-gb", "en en-GB"],
    ["fr;q=0.1, nl", "nl nl"],
    ["fr;q=0, nl;q=0.1", "nl nl"],
    ["sv, da;q=0.9, pl;q=0.5", "pl pl"],
    ["pt-PT", "pt-BR pt-PT"],
    ["pt", "pt-BR pt-BR"],
    ["pt-BR", "pt-BR pt-BR"],
    ["zh", "zh-Hans zh-Hans"],
    ["zh-CN", "zh-Hans zh-Hans-CN"],
    ["zh-Hans-HK", "zh-Hans zh-Hans-HK"],
    ["zh-SG", "zh-Hans zh-Hans-SG"],
    ["zh-TW, ja;q=0.5", "ja ja"],
    ["zh-Hant", "en en"],
    ["zh-HK", "en en"],
    ["zh-MO;q=0.9, zh-Hans;q=0.1", "zh-Hans zh-Hans"],
    ["ar-EG-u-nu-arab", "ar ar-EG"],
    ["sr-Latn, de;q=0.1", "de de"],
    ["*", "en en"],
    ["xx, *;q=0.5", "en en"],
    ["", "en en"],
    [null, "en en"],
    [";;;,q=1,-,de-", "en en"],
    ["de;q=2, fr", "fr fr"],
    ["a".repeat(100_000), "en en"],
    [`${"xx,".repeat(1_000)}de`, "en en"],
    ["de-constructor-x-__proto__", "en en"],
  ];
  for (const [accept, expected] of table) {
    it(`answers ${JSON.stringify(accept?.slice(0, 40) ?? null)} with ${expected}`, () => {
      assert.equal(choose({ accept }), expected);
    });
  }

  it("prefers ?lang= to the cookie, and the cookie to the header", () => {
    assert.equal(choose({ query: "ja", cookie: "pl", accept: "de" }), "ja ja");
    assert.equal(choose({ cookie: "pl", accept: "de" }), "pl pl");
  });

  it("ignores a query and a cookie that name no served language", () => {
    assert.equal(choose({ query: "<script>", cookie: "../de", accept: "de" }), "de de");
    assert.equal(choose({ query: "toString", cookie: "", accept: null }), "en en");
  });

  it("keeps the region of the header for a language that the cookie names", () => {
    assert.equal(choose({ cookie: "en", accept: "de-DE, en-GB;q=0.5" }), "en en-GB");
  });

  it("prefers an own language that is named exactly to a relative", () => {
    assert.equal(choose({ accept: "pt-PT" }, [...served, "pt-PT"]), "pt-PT pt-PT");
    assert.equal(choose({ accept: "sv-FI" }, [...served, "sv"]), "sv sv-FI");
  });
});
