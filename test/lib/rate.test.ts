import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/lib/clock.ts";
import { parseRate } from "../../src/lib/rate.ts";

describe("parseRate", () => {
  it("reads a count and a period", () => {
    for (const [text, count, windowMs] of [
      ["30/10m", 30, 10 * MINUTE],
      ["5/1h", 5, HOUR],
      ["5/h", 5, HOUR],
      ["1/s", 1, SECOND],
      ["100/90s", 100, 90 * SECOND],
      ["1000/7d", 1_000, 7 * DAY],
      ["999999999/999999d", 999_999_999, 999_999 * DAY],
    ] as const) {
      assert.deepEqual(parseRate(text), { count, windowMs }, text);
    }
  });

  it("returns null for any other spelling", () => {
    const others = ["", "/", "30", "30/", "/10m", "0/10m", "30/0m", "-1/10m", "+1/10m", "1.5/m", "30/1.5m", "1e3/m"];
    others.push("030/10m", "30/010m", " 30/10m", "30/10m ", "30 / 10m", "30/10m\n", "30/10", "30/10min", "30/10M");
    others.push(
      "30/10w",
      "30/10ms",
      "30/1h30m",
      "30/10m/2",
      "30\\10m",
      "٣/m",
      "1000000000/m",
      "1/1000000d",
      "Infinity/m",
    );

    assert.deepEqual(
      others.filter((text) => parseRate(text) !== null),
      [],
    );
  });
});
