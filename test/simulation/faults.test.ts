import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FAULTS, staleChanges } from "./faults.ts";

describe("Faults for the simulation", () => {
  for (const name of Object.keys(FAULTS)) {
    it(`apply to the current source: ${name}`, () => {
      assert.deepEqual(staleChanges(name), []);
    });
  }
});
