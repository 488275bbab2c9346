import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

const ROOT = join(import.meta.dirname, "..");
const TEXTS = ["src/**/*.ts", "test/**/*.{ts,mjs}", "docs/**/*.md", "decisions/*.md", "*.md"];
const VAGUE = new RegExp(`\\b(${["no", "some"].map((start) => `${start}body`).join("|")}|who(so)?ever)\\b`, "gi");
const FEWER_THAN = 20;

describe("Language of code, tests and documentation", () => {
  it(`uses indefinite persons as actors fewer than ${FEWER_THAN} times (STYLE: name the actor)`, () => {
    const found = globSync(TEXTS, { cwd: ROOT }).flatMap((path) => {
      const words = readFileSync(join(ROOT, path), "utf8").match(VAGUE) ?? [];
      return words.length === 0 ? [] : [`${path}: ${words.length}`];
    });
    const total = found.reduce((sum, line) => sum + Number(line.split(": ")[1]), 0);

    assert.ok(total < FEWER_THAN, `${total} times\n${found.join("\n")}`);
  });
});
