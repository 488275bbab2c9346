import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { browserWords } from "../../src/i18n/browser.ts";
import { detectBrowser, formatBrowser, parseBrowser } from "../../src/lib/user-agent.ts";
import userAgents from "./user-agents.json" with { type: "json" };

const stored = (userAgent: string | null) => formatBrowser(detectBrowser(userAgent));

describe("The browser of a client", () => {
  it("is recognised in every header of the list, with its iPhone, iPad and in-app spellings", () => {
    assert.ok(userAgents.length >= 60);
    for (const { userAgent, stored: expected } of userAgents) assert.equal(stored(userAgent), expected, userAgent);
  });

  it("is unknown without a header", () => {
    assert.equal(stored(null), "|");
    assert.equal(stored(""), "|");
  });

  it("contains only words of this project, so that a client cannot inject text into emails (A4)", () => {
    const known = new Set(userAgents.flatMap((entry) => entry.stored.split("|")));
    const bait = fc.constantFrom("Firefox/", "Windows", "|", "\r\nBcc: eve@example.com", "<b>", "https://evil.example");
    const userAgent = fc.array(fc.oneof(bait, fc.string({ unit: "binary" }))).map((parts) => parts.join(""));

    fc.assert(
      fc.property(userAgent, (text) =>
        stored(text)
          .split("|")
          .every((word) => known.has(word)),
      ),
    );
  });

  it("is found in linear time in a hostile header", () => {
    const before = performance.now();

    detectBrowser("Version/".repeat(16_000));
    detectBrowser("Macintosh".repeat(16_000));

    assert.ok(performance.now() - before < 500);
  });
});

describe("A stored browser", () => {
  it("is worded when it is shown", () => {
    assert.equal(browserWords("Firefox|Windows"), "Firefox on Windows");
    assert.equal(browserWords("|iPad"), "iPad");
    assert.equal(browserWords("Firefox|"), "Firefox");
    assert.equal(browserWords("|"), "an unknown browser");
  });

  it("is read in the English form of earlier versions too", () => {
    assert.deepEqual(parseBrowser("Samsung Internet on Android"), { browser: "Samsung Internet", system: "Android" });
    assert.deepEqual(parseBrowser("Windows"), { browser: null, system: "Windows" });
    assert.deepEqual(parseBrowser("Firefox"), { browser: "Firefox", system: null });
    assert.deepEqual(parseBrowser("an unknown browser"), { browser: null, system: null });
  });
});
