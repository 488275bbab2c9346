import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FAULTS } from "../simulation/faults.ts";
import { runHistories } from "../simulation/histories.ts";
import { firstSeed } from "../support/seed.ts";

/** `npm run simulate` runs thousands. */
const HISTORIES = Number(process.env.LATCHKEY_TEST_HISTORIES || 200);

describe("Simulation of random histories", () => {
  it("keeps every guarantee through crashes, full disks and a failing mail server (M6)", async (t) => {
    const first = firstSeed();
    const lived = await runHistories({ first, count: HISTORIES });

    const { histories, crashes, faults, mails, broken } = lived;
    t.diagnostic(
      `LATCHKEY_TEST_SEED=${first}: ${histories} histories, ${crashes} crashes, ${faults} faults, ${mails} mails`,
    );
    assert.equal(broken, null, `repeat with LATCHKEY_TEST_SEED=${first}\n${broken}`);
    assert.equal(histories, HISTORIES);
    assert.ok(crashes > HISTORIES / 4 && faults > HISTORIES / 4 && mails > HISTORIES, "too little happened");
  });
});

describe("Simulation with an injected fault", () => {
  for (const fault of Object.keys(FAULTS)) {
    it(`finds within a thousand histories: ${fault} (M6)`, async (t) => {
      const lived = await runHistories({ first: 1, count: 1_000, fault, threads: 1 });

      assert.match(lived.broken ?? "", /^Seed \d+: .*(Single use|Lost email|Revocation|limit|links\.$)/m);
      t.diagnostic(`after ${lived.histories} histories: ${lived.broken?.split("\n")[0]}`);
    });
  }
});
