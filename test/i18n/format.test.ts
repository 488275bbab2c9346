import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ago, date, duration, isTimeZone, list, moment, number, timeOfDay, wait } from "../../src/i18n/format.ts";
import { LANGUAGES } from "../../src/i18n/languages.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = Date.UTC(2026, 10, 28, 14, 43);

describe("duration", () => {
  it("uses the largest whole unit", () => {
    const lifetimes = [1_000, 42_000, MINUTE, 10 * MINUTE, 90 * MINUTE, HOUR, 24 * HOUR, 2 * DAY, 7 * DAY];

    assert.deepEqual(
      lifetimes.map((ms) => duration("en", ms)),
      "1 second,42 seconds,1 minute,10 minutes,90 minutes,1 hour,24 hours,2 days,7 days".split(","),
    );
  });

  it("is declined by the language", () => {
    assert.equal(duration("pl", 5 * MINUTE), "5 minut");
    assert.equal(duration("de", 7 * DAY), "7 Tage");
    assert.equal(duration("ja", HOUR), "1 時間");
  });
});

describe("wait", () => {
  it("is rounded up", () => {
    assert.deepEqual(
      [0, 1, 59_001, 60_001, 89 * MINUTE + 1, 90 * MINUTE + 1, 25 * HOUR].map((ms) => wait("en", ms)),
      "1 second,1 second,1 minute,2 minutes,90 minutes,2 hours,25 hours".split(","),
    );
  });
});

describe("moment", () => {
  it("names the time zone, and UTC without one", () => {
    assert.equal(moment("en-GB", { at, timeZone: "Europe/Berlin" }), "28 November 2026 at 15:43 CET");
    assert.equal(moment("en-GB", { at, timeZone: null }), "28 November 2026 at 14:43 UTC");
    assert.equal(timeOfDay("de", { at, timeZone: "Europe/Berlin" }), "15:43 MEZ");
    assert.equal(date("en-GB", { at, timeZone: null }), "28 Nov 2026");
  });

  it("has Latin digits and the Gregorian calendar in every region of Arabic", () => {
    for (const locale of ["ar", "ar-EG", "ar-SA"]) {
      assert.match(moment(locale, { at, timeZone: null }), /28 نوفمبر 2026/);
      assert.equal(number(locale, 42), "42");
      assert.match(duration(locale, 7 * DAY), /^7 /);
    }
  });

  it("is worded in each built-in language", () => {
    for (const locale of Object.keys(LANGUAGES)) assert.match(moment(locale, { at, timeZone: null }), /2026.*UTC/);
  });
});

describe("ago", () => {
  it("is relative within a day, and null before that and in the future", () => {
    const words = (ms: number) => ago("en", { at, now: at + ms });

    assert.equal(words(0), "now");
    assert.equal(words(12 * MINUTE), "12 minutes ago");
    assert.equal(words(23 * HOUR), "23 hours ago");
    assert.equal(words(DAY), null);
    assert.equal(words(-1), null);
  });
});

describe("list", () => {
  it("joins as the language does", () => {
    assert.equal(list("de", ["a", "b", "c"]), "a, b und c");
  });
});

describe("isTimeZone", () => {
  it("accepts zones that browsers report", () => {
    for (const zone of ["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5", "Asia/Kolkata"]) {
      assert.ok(isTimeZone(zone), zone);
    }
  });

  it("rejects everything else", () => {
    for (const value of ["", "+01:00", "Mars/Phobos", "Europe/Berlin\r\nBcc: x@y", "../../etc", "A".repeat(100_000)]) {
      assert.equal(isTimeZone(value), false, value.slice(0, 40));
    }
  });
});
