import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LANGUAGES, type Language } from "../../src/i18n/languages.ts";
import { plural } from "../../src/i18n/plural.ts";

const polish = plural("pl", {
  one: (n) => `${n} próba`,
  few: (n) => `${n} próby`,
  many: (n) => `${n} prób`,
  other: (n) => `${n} próby`,
});
const arabic = plural("ar", {
  zero: (n) => `zero ${n}`,
  one: (n) => `one ${n}`,
  two: (n) => `two ${n}`,
  few: (n) => `few ${n}`,
  many: (n) => `many ${n}`,
  other: (n) => `other ${n}`,
});

describe("plural", () => {
  it("chooses the form of the language", () => {
    assert.deepEqual([1, 2, 5, 12, 22].map(polish), ["1 próba", "2 próby", "5 prób", "12 prób", "22 próby"]);
    assert.deepEqual([0, 1, 2, 3, 11, 100].map(arabic), ["zero 0", "one 1", "two 2", "few 3", "many 11", "other 100"]);
  });

  it("gives the script every form with a placeholder", () => {
    assert.deepEqual(polish.templates, { one: "{n} próba", few: "{n} próby", many: "{n} prób", other: "{n} próby" });
  });

  it("uses other for a category that a language of the operator's own leaves out", () => {
    assert.equal(plural("cs", { one: (n) => `${n} jeden`, other: (n) => `${n} více` })(3), "3 více");
  });

  it("has a form in each language for every number that a sentence shows", () => {
    for (const [tag, { plurals }] of Object.entries(LANGUAGES)) {
      const rules = new Intl.PluralRules(tag);
      const used = new Set(Array.from({ length: 1_025 }, (_, n) => rules.select(n)));
      assert.deepEqual(
        [...used].filter((category) => !plurals.includes(category as never)),
        [],
        tag,
      );
      assert.ok(plurals.includes("other" as never), tag);
    }
  });

  it("compiles with exactly the categories of a built-in language", () => {
    const form = (n: string) => n;
    // @ts-expect-error Polish needs `few`.
    plural("pl", { one: form, many: form, other: form });
    // @ts-expect-error Japanese has no `one`.
    plural("ja", { one: form, other: form });
    // @ts-expect-error Every language needs `other`.
    assert.ok(plural("cs", { one: form }));
    assert.ok("ja" satisfies Language);
  });
});
