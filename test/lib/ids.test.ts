import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { idFrom, newId } from "../../src/lib/ids.ts";

const NOW = Date.UTC(2026, 0, 15, 9, 0, 0);

describe("The id of a row", () => {
  it("is a UUIDv7 in lower case (RFC 9562)", () => {
    for (let i = 0; i < 1_000; i += 1) {
      assert.match(newId(NOW), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it("begins with its time, so that ids sort by creation", () => {
    assert.equal(newId(0x017f22e279b0).slice(0, 13), "017f22e2-79b0");
    const times = [0, 1, 255, 256, NOW - 1, NOW, NOW + 1, NOW + 86_400_000, 2 ** 48 - 1];

    const ids = times.map(newId);

    assert.deepEqual(ids.toSorted(), ids);
  });

  it("is unique, also within one millisecond", () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => newId(NOW)));

    assert.equal(ids.size, 10_000);
  });
});

describe("An id derived from parts", () => {
  it("is a UUID, equal for equal parts and different for different parts", () => {
    assert.equal(idFrom("run", "account"), idFrom("run", "account"));
    assert.notEqual(idFrom("run", "account"), idFrom("account", "run"));
    assert.match(idFrom("run", "account"), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
