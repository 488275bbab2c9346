import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { browserLabel } from "../../src/lib/user-agent.ts";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X)";
const PIXEL = "Mozilla/5.0 (Linux; Android 15; Pixel 9)";

describe("The name of a browser", () => {
  it("is the usual name of the browser and its system", () => {
    for (const [userAgent, expected] of [
      [`${WINDOWS} ${WEBKIT} Chrome/131.0.0.0 Safari/537.36`, "Chrome on Windows"],
      [`${WINDOWS} ${WEBKIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`, "Edge on Windows"],
      [`${WINDOWS} ${WEBKIT} Chrome/131.0.0.0 Safari/537.36 OPR/116.0.0.0`, "Opera on Windows"],
      ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox on Windows"],
      [`${MAC} ${APPLE} Version/18.2 Safari/605.1.15`, "Safari on macOS"],
      [`${MAC} ${WEBKIT} Chrome/131.0.0.0 Safari/537.36`, "Chrome on macOS"],
      [`${IPHONE} ${APPLE} Version/18.2 Mobile/15E148 Safari/604.1`, "Safari on iPhone"],
      [`${IPHONE} ${APPLE} CriOS/131.0 Mobile/15E148 Safari/604.1`, "Chrome on iPhone"],
      [`${IPHONE} ${APPLE} FxiOS/133.0 Mobile/15E148 Safari/605.1.15`, "Firefox on iPhone"],
      [`Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) ${APPLE} Version/17.0 Safari/604.1`, "Safari on iPad"],
      [`${PIXEL} ${WEBKIT} Chrome/131.0.0.0 Mobile Safari/537.36`, "Chrome on Android"],
      [`${PIXEL} ${WEBKIT} Chrome/131.0.0.0 Mobile Safari/537.36 EdgA/131.0`, "Edge on Android"],
      [`${PIXEL} ${WEBKIT} SamsungBrowser/27.0 Chrome/125.0 Safari/537.36`, "Samsung Internet on Android"],
      ["Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox on Linux"],
      [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36`, "Chrome on ChromeOS"],
      ["Mozilla/5.0 (compatible; Konqueror; Linux)", "Linux"],
      ["Firefox/133.0", "Firefox"],
    ] as const) {
      assert.equal(browserLabel(userAgent), expected, userAgent);
    }
  });

  it('is "an unknown browser" for an unrecognised header', () => {
    for (const userAgent of [null, "", "curl/8.11.0", "Mozilla/5.0", "firefox", "NotFirefox/1", "Chromex/1"]) {
      assert.equal(browserLabel(userAgent), "an unknown browser", String(userAgent));
    }
  });

  it("contains only words of this project, so that a client cannot inject text into emails (A4)", () => {
    const ours =
      /^(an unknown browser|((Edge|Opera|Samsung Internet|Firefox|Chrome|Safari)( on )?)?(iPhone|iPad|Android|Windows|ChromeOS|macOS|Linux)?)$/;
    const bait = fc.constantFrom("Firefox/", "Windows", "\r\nBcc: eve@example.com", "<b>", "https://evil.example", " ");
    const userAgent = fc.array(fc.oneof(bait, fc.string({ unit: "binary" }))).map((parts) => parts.join(""));

    fc.assert(fc.property(userAgent, (text) => ours.test(browserLabel(text))));
  });

  it("is found in linear time in a hostile header", () => {
    const slow = "Version/".repeat(16_000);
    const before = performance.now();

    browserLabel(slow);

    assert.ok(performance.now() - before < 500);
  });
});
