import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { displayEmail, emailProblem, maskEmail, normaliseEmail } from "../../src/lib/email-address.ts";

const LOCAL_64 = "l".repeat(64);
const LABEL_63 = "d".repeat(63);
/** 64 + 1 + 189 octets, which is as long as an address may be. */
const ADDRESS_254 = `${LOCAL_64}@${LABEL_63}.${LABEL_63}.${"d".repeat(57)}.com`;

describe("normaliseEmail", () => {
  it("returns one spelling for equivalent addresses (A1)", () => {
    allSettle([
      ["anna@example.com", "anna@example.com"],
      [" Anna@Example.COM  ", "anna@example.com"],
      ["ANNA.MARIA@EXAMPLE.COM", "anna.maria@example.com"],
      ["anna+news@example.com", "anna+news@example.com"],
      ["!#$%&'*+/=?^_`{|}~-@example.com", "!#$%&'*+/=?^_`{|}~-@example.com"],
      ["anna@1.example.com", "anna@1.example.com"],
      ["anna@3com.example", "anna@3com.example"],
      ["anna@example.c0m", "anna@example.c0m"],
      ["anna@ex--ample.com", "anna@ex--ample.com"],
      [ADDRESS_254, ADDRESS_254],
      [`anna@${LABEL_63}.com`, `anna@${LABEL_63}.com`],
    ]);
  });

  it("removes what is invisible at the ends, and what wraps a pasted address (A1)", () => {
    const wrapped = [
      "\u200banna@example.com",
      "\ufeff\u2060Anna@example.com",
      "anna@example.com\u00a0",
      "\u202aanna@example.com\u202c",
      "anna@example.com\u3000",
      "anna@example.com\u{e0001}",
      "mailto:anna@example.com",
      "MAILTO:anna@example.com?subject=Hello",
      "<anna@example.com>",
      "<mailto:anna@example.com>",
      "(anna@example.com)",
      "[anna@example.com]",
      '"anna@example.com"',
      "'anna@example.com'",
      "\u201canna@example.com\u201d",
      "anna@example.com,",
      "anna@example.com. ",
      "anna@example.com;",
      "Anna <anna@example.com>",
      '"Doe, Anna" <Anna@example.com>,\u200b',
    ];
    allSettle(wrapped.map((typed) => [typed, "anna@example.com"]));
    allSettle([
      ["'anna@example.com", "'anna@example.com"],
      ["<anna@b\u00fccher.example>", "anna@xn--bcher-kva.example"],
    ]);
  });

  it("rejects what neither is invisible nor wraps the address", () => {
    allAre("invalid-email", [
      ["one bracket", "<anna@example.com"],
      ["brackets the wrong way round", ">anna@example.com<"],
      ["a word in front", "to: anna@example.com"],
      ["a name behind", "<anna@example.com> Anna"],
      ["a comma and a word", "anna@example.com, Anna"],
      ["nothing in brackets", "Anna <>"],
      ["mailto alone", "mailto:"],
      ["nine brackets", `${"(".repeat(9)}anna@example.com${")".repeat(9)}`],
      ["invisible inside", "anna@exa\u200bmple.com"],
    ]);
  });

  it("accepts a domain in any script and returns its DNS spelling", () => {
    allSettle([
      ["anna@b\u00fccher.example", "anna@xn--bcher-kva.example"],
      ["Anna@B\u00dcCHER.Example", "anna@xn--bcher-kva.example"],
      ["anna@xn--bcher-kva.example", "anna@xn--bcher-kva.example"],
      ["anna@XN--Bcher-KVA.example", "anna@xn--bcher-kva.example"],
      ["anna@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444", "anna@xn--e1afmkfd.xn--p1ai"],
      ["anna@\u4f8b\u3048.\u30c6\u30b9\u30c8", "anna@xn--r8jz45g.xn--zckzah"],
      ["anna@fa\u00df.example", "anna@xn--fa-hia.example"],
      ["anna@fass.example", "anna@fass.example"],
      ["anna@\u05d0\u05d1.example", "anna@xn--4dbc.example"],
      ["anna@\u{1f4a9}.example", "anna@xn--ls8h.example"],
      ["anna@\u03c3\u03b9\u03c2.example", "anna@xn--uxasb.example"],
      ["anna@\u03c3\u03b9\u03c3.example", "anna@xn--uxatb.example"],
      ["anna@\u0131stanbul.example", "anna@xn--stanbul-qfb.example"],
      ["anna@\u0435xample.com", "anna@xn--xample-2of.com"],
      ["anna@\u1c90.example", "anna@xn--lod.example"],
      ["anna@\u10d0.example", "anna@xn--lod.example"],
    ]);
  });

  it("rejects a local part that is not a plain dot-atom", () => {
    allAre("invalid-email", [
      ["no local part", "@example.com"],
      ["leading dot", ".anna@example.com"],
      ["trailing dot", "anna.@example.com"],
      ["two dots", "anna..maria@example.com"],
      ["quoted", '"anna"@example.com'],
      ["quoted with a space", '"anna maria"@example.com'],
      ["quoted at sign", '"anna@home"@example.com'],
      ["comment", "anna(home)@example.com"],
      ["inner space", "anna maria@example.com"],
      ["two at signs", "anna@@example.com"],
      ["route", "anna@home@example.com"],
      ["backslash", "anna\\@example.com"],
      ["Kelvin sign", "\u212aelvin@example.com"],
      ["fullwidth letter", "\uff41nna@example.com"],
      ["Cyrillic look-alike", "\u0430nna@example.com"],
      ["zero-width space", "anna\u200b@example.com"],
      ["soft hyphen", "an\u00adna@example.com"],
      ["combining dot", "i\u0307nna@example.com"],
      ["65 octets", `${LOCAL_64}l@example.com`],
    ]);
  });

  it("rejects a domain that is not a plain name of at least two labels", () => {
    allAre("invalid-email", [
      ["nothing", ""],
      ["spaces", "   "],
      ["no at sign", "anna.example.com"],
      ["no domain", "anna@"],
      ["one label", "anna@localhost"],
      ["leading dot", "anna@.example.com"],
      ["leading hyphen", "anna@-example.com"],
      ["trailing hyphen", "anna@example-.com"],
      ["underscore", "anna@ex_ample.com"],
      ["comment", "anna@example.com(home)"],
      ["port", "anna@example.com:25"],
      ["query", "anna@example.com?x"],
      ["fragment", "anna@example.com#x"],
      ["backslash", "anna@example\\.com"],
      ["percent sign", "anna@exam%70le.com"],
      ["percent dot", "anna@example%2ecom"],
      ["numeric top level", "anna@example.123"],
      ["hexadecimal top level", "anna@example.0x7f"],
      ["IPv4", "anna@192.0.2.1"],
      ["IPv4 literal", "anna@[192.0.2.1]"],
      ["IPv6 literal", "anna@[IPv6:2001:db8::1]"],
      ["label of 64", `anna@${LABEL_63}d.com`],
      ["255 octets", ADDRESS_254.replace(".com", ".coms")],
      ["xn-- alone", "anna@xn--.com"],
      ["xn-- and a trailing hyphen", "anna@xn--example-.com"],
    ]);
  });

  it("rejects a domain that only resembles another (A1)", () => {
    allAre("invalid-email", [
      ["Kelvin sign", "anna@\u212aelvin.example"],
      ["mathematical letter", "anna@\u{1d41a}.example"],
      ["letter in a circle", "anna@\u24b6b.example"],
      ["digit in a circle", "anna@\u2460.example"],
      ["halfwidth ideographic full stop", "anna@example\uff61com"],
      ["combining grapheme joiner", "anna@ex\u034fample.com"],
      ["digit before a letter from right to left", "anna@1\u0628.example"],
      ["dotted I", "anna@\u0130stanbul.example"],
      ["long s", "anna@\u017fample.example"],
      ["ligature", "anna@\ufb01sh.example"],
      ["fullwidth letter", "anna@\uff45xample.com"],
      ["fullwidth digit", "anna@\uff14.example"],
      ["Roman numeral", "anna@\u2177.example"],
      ["superscript letter", "anna@\u00aab.example"],
      ["Kelvin sign beside an umlaut", "anna@\u212a\u00fc.example"],
      ["not in NFC", "anna@bu\u0308cher.example"],
      ["ideographic full stop", "anna@example\u3002com"],
      ["fullwidth full stop", "anna@example\uff0ecom"],
      ["fullwidth at sign", "anna\uff20example.com"],
      ["zero-width space", "anna@exam\u200bple.com"],
      ["zero-width joiner", "anna@\u200dexample.com"],
      ["byte order mark", "anna@\ufeffexample.com"],
      ["mixed directions", "anna@\u05d0a.example"],
      ["Arabic digits as top level", "anna@example.\u0661\u0662"],
    ]);
  });

  it("rejects addresses outside ASCII whose spellings would collide", () => {
    allAre("invalid-email", [
      ["Angstrom sign", "anna@\u212bngstrom.example"],
      ["Ohm sign", "anna@\u2126.example"],
      ["capital sigma, which is a final one in lower case too", "anna@\u03a3\u0399\u03a3.example"],
      ["capital sharp s", "anna@gro\u1e9e.example"],
      ["capital digraph", "anna@\u01c4a.example"],
      ["digraph in title case", "anna@\u01c5a.example"],
      ["Cherokee letter of the second row", "anna@\uab70.example"],
      ["emoji with a variation selector", "anna@\u2764\ufe0f.example"],
      ["joined emoji", "anna@\u{1f468}\u200d\u{1f469}.example"],
      ["I and a combining dot, not in NFC", "anna@I\u0307.example"],
    ]);
  });

  it("rejects an xn-- label that does not decode", () => {
    allAre("invalid-email", [
      ["a control character", "anna@xn--a.example"],
      ["punycode that ends too early", "anna@xn--99999.example"],
      ["punycode that overflows", "anna@xn--zzzzzzzzzzzz.example"],
      ["punycode of no character", "anna@xn--abc.example"],
      ["punycode of a capital", "anna@xn--bcher-2pa.example"],
      ["punycode of a fullwidth letter", "anna@xn--x-6q0i.example"],
      ["xn-- within xn--", "anna@xn--xn---epa.example"],
    ]);
  });

  it("reports characters that no email field can contain as forged", () => {
    allAre("malformed", [
      ["CR LF and a header", "anna@example.com\r\nBcc: eve@example.com"],
      ["LF", "anna@example.com\n"],
      ["LF in the local part", "an\nna@example.com"],
      ["NUL", "anna@example.com\0"],
      ["NUL in the local part", "anna\0@example.com"],
      ["tab", "anna@exam\tple.com"],
      ["next line", "anna@example.com\u0085"],
      ["line separator", "anna@example.com\u2028"],
      ["paragraph separator", "anna@example.com\u2029"],
      ["lone high surrogate", "anna@exam\ud800ple.com"],
      ["lone low surrogate", "\udc00anna@example.com"],
    ]);
  });

  it("reports a list as forged, so that no second person receives the email (CVE-2023-7028, CVE-2022-35924) (A3)", () => {
    allAre("malformed", [
      ["comma", "anna@example.com,eve@example.com"],
      ["comma and space", "anna@example.com, eve@example.com"],
      ["semicolon", "anna@example.com;eve@example.com"],
      ["with names", "Anna <anna@example.com>, Eve <eve@example.com>"],
      ["space", "anna@example.com eve@example.com"],
      ["no-break space", "anna@example.com\u00a0eve@example.com"],
      ["an address as a name", "eve@example.com <anna@example.com>"],
      ["in two mailto", "mailto:anna@example.com,eve@example.com"],
      ["two in angle brackets", "<anna@example.com> <eve@example.com>"],
    ]);
  });

  it("reports a value that is not a string as forged", () => {
    for (const value of [["anna@example.com"], { email: "anna@example.com" }, null, undefined, 7, true]) {
      assert.equal(normaliseEmail(value as unknown as string).kind, "malformed", JSON.stringify(value));
    }
  });
});

describe("Normalising an address", () => {
  const PIECES =
    "a Z K 7 @ @ . - xn-- % , \u00fc \u00dc \u00df \u212a \u0130 \u03a3 \u03c2 \u0307 \u3002 \uff21 \u200d \u0431 \u05d0".split(
      " ",
    );
  const pieced = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(""));
  const addressed = fc.oneof(
    pieced.map((pieces) => `a@${pieces}.com`),
    pieced.map((pieces) => `${pieces}@example.com`),
  );
  const typed = fc.oneof(fc.emailAddress(), pieced, addressed, fc.string({ unit: "binary" }));

  it("changes nothing in a normalised address, and leaves neither capitals nor characters outside ASCII", () => {
    fc.assert(
      fc.property(typed, (text) => {
        const settled = normaliseEmail(text);
        if (settled.kind !== "address") return;
        assert.match(settled.email, /^[!-?[-~]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/);
        assert.deepEqual(normaliseEmail(settled.email), settled);
      }),
      { numRuns: 5_000 },
    );
  });

  it("accepts every ordinary address and lower-cases it", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (text) => {
        assert.deepEqual(normaliseEmail(text), { kind: "address", email: text.toLowerCase() });
        assert.deepEqual(normaliseEmail(text.toUpperCase()), normaliseEmail(text));
      }),
    );
  });

  it("never maps a look-alike to ASCII letters: it becomes xn-- or is rejected (A1)", () => {
    fc.assert(
      fc.property(typed, (text) => {
        const settled = normaliseEmail(text);
        const seen = text.replace(/^[\p{Z}\p{Cf}\p{DI}]+|[\p{Z}\p{Cf}\p{DI}]+$/gu, "");
        if (settled.kind !== "address" || /^\p{ASCII}*$/u.test(seen)) return;
        assert.match(settled.email, /[@.]xn--/);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("emailProblem", () => {
  for (const [typed, kind] of [
    ["", "empty"],
    [" \u200b\u00a0", "empty"],
    ["anna.example.com", "no-at"],
    ["anna maria@example.com", "space"],
    ["anna@home@example.com", "several"],
    [`${LOCAL_64}l@example.com`, "too-long"],
    ["anna\\\\@example.com", "character"],
    ["\u00e4nna@example.com", "character"],
    ["anna@localhost", "domain"],
    ["anna@exam_ple.com", "domain"],
    ["anna..maria@example.com", "format"],
    ["an\u200bna@example.com", "format"],
  ] as const) {
    it(`returns ${kind} for ${JSON.stringify(typed)}`, () => {
      assert.equal(normaliseEmail(typed).kind, "invalid-email");
      assert.equal(emailProblem(typed).kind, kind);
    });
  }
});

describe("displayEmail", () => {
  const shown = (typed: string) => {
    const normalised = normaliseEmail(typed);
    return displayEmail(normalised.kind === "address" ? normalised.email : "");
  };

  it("shows a domain of one script, or of scripts that are written together, as people write it", () => {
    for (const email of [
      "anna@b\u00fccher-m\u00fcller.example",
      "anna@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444",
      "anna@\u4f8b\u3048.\u30c6\u30b9\u30c8",
      "anna@\u0627\u0644\u0639\u0631\u0628\u064a\u0629.example",
      "anna@\ud55c\uad6d.example",
      "anna@example.com",
    ])
      assert.equal(shown(email), email);
    assert.equal(displayEmail(maskEmail("anna@xn--bcher-kva.example")), "a\u2022\u2022\u2022@b\u00fccher.example");
    for (const text of ["", "anna", "@", "anna@", "anna@xn--", "anna@xn--zzzzzzzzzzzz.example"])
      assert.equal(displayEmail(text), text);
  });

  it("keeps the xn-- form of a label that could be taken for another (A1)", () => {
    for (const email of [
      "anna@\u0435xample.com",
      "anna@\u0430\u0440\u0440\u04cf\u0435.com",
      "anna@\u03b1\u03b3\u03bf.example",
      "anna@\u0131stanbul.example",
      "anna@go\u0261gle.com",
      "anna@\u{1f4a9}.example",
      "anna@\u30ce\u30cea.example",
    ]) {
      assert.match(shown(email), /@xn--|\.xn--/, email);
    }
  });

  it("never changes which address it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 8 }), (label) => {
        const normalised = normaliseEmail(`anna@${label}.example`);
        if (normalised.kind === "address") assert.deepEqual(normaliseEmail(displayEmail(normalised.email)), normalised);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("maskEmail", () => {
  it("keeps the first letter and the domain, and hides the length", () => {
    assert.equal(maskEmail("anna@example.com"), "a•••@example.com");
    assert.equal(maskEmail("a@example.com"), "a•••@example.com");
  });
});

/** All rows at once, so that a failure shows every row that is wrong. */
function allSettle(rows: Array<[typed: string, email: string]>): void {
  const settled = rows.map(([typed]) => [typed, normaliseEmail(typed)]);
  assert.deepEqual(
    settled,
    rows.map(([typed, email]) => [typed, { kind: "address", email }]),
  );
}

function allAre(kind: "invalid-email" | "malformed", rows: Array<[why: string, typed: string]>): void {
  const settled = rows.map(([why, typed]) => `${why}: ${normaliseEmail(typed).kind}`);
  assert.deepEqual(
    settled,
    rows.map(([why]) => `${why}: ${kind}`),
  );
}
