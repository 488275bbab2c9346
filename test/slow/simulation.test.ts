import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FAULTS } from "../simulation/faults.ts";
import { liveMany } from "../simulation/histories.ts";

/** More with `npm run simulate`, too. */
const HISTORIES = Number(process.env.LATCHKEY_TEST_HISTORIES || 200);

describe("The promises", () => {
  it("hold in every one of some hundred random histories, through crashes, full disks and a mail server that stumbles (M6)", async (t) => {
    const first = Date.now() % 1_000_000_000;
    const lived = await liveMany({ first, count: HISTORIES });

    const { histories, crashes, faults, mails, broken } = lived;
    t.diagnostic(`seeds from ${first}: ${histories} histories, ${crashes} crashes, ${faults} faults, ${mails} mails`);
    assert.equal(broken, null);
    assert.equal(histories, HISTORIES);
    assert.ok(crashes > HISTORIES / 4 && faults > HISTORIES / 4 && mails > HISTORIES, "too little happened");
  });
});

describe("A fault put in by hand", () => {
  for (const fault of Object.keys(FAULTS)) {
    it(`is found within a thousand histories where ${fault} (M6)`, async (t) => {
      const lived = await liveMany({ first: 1, count: 1_000, fault, threads: 1 });

      assert.match(lived.broken ?? "", /^Seed \d+: .*(One key|Nothing is lost|the old is dead|limit|links\.$)/m);
      t.diagnostic(`after ${lived.histories} histories: ${lived.broken?.split("\n")[0]}`);
    });
  }
});
