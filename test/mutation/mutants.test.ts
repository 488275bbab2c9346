import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { describe, it } from "node:test";
import { MUTANTS, type Mutant } from "./mutants.ts";

const TEST = join(import.meta.dirname, "..");

describe("Mutants of the safety-critical files", () => {
  it("each replace code that occurs exactly once in its file", () => {
    assert.deepEqual(
      namesOf((mutant) => sourceOf(mutant).split(mutant.from).length !== 2),
      [],
    );
  });

  it("each leave source that parses, so that they do not fail every test", () => {
    assert.deepEqual(
      namesOf((mutant) => !parses(sourceOf(mutant).replace(mutant.from, () => mutant.to))),
      [],
    );
  });

  it("each name test files that exist", () => {
    assert.deepEqual(
      namesOf(({ tests }) => tests.length === 0 || tests.some((path) => !existsSync(join(TEST, path)))),
      [],
    );
  });
});

function namesOf(isWrong: (mutant: Mutant) => boolean): string[] {
  return Object.entries(MUTANTS).flatMap(([name, mutant]) => (isWrong(mutant) ? [name] : []));
}

function sourceOf({ file }: Mutant): string {
  return readFileSync(join(TEST, "../src", file), "utf8");
}

function parses(source: string): boolean {
  try {
    stripTypeScriptTypes(source);
    return true;
  } catch {
    return false;
  }
}
