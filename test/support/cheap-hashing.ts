import { changeSource } from "./change-source.ts";
import { REAL_COST } from "./real-cost.ts";

/** The cost of a password hash as `src/passwords/hashing.ts` states it; `test/passwords/hashing.test.ts` checks that. */
export const COST = "memoryCost: 19_456, timeCost: 2";

// Loaded before every test file: two thirds of the CPU time of the tests would go to hashing. Servers that tests start as
// processes hash at the real cost.
if (!REAL_COST.test((process.argv[1] ?? "").replaceAll("\\", "/"))) {
  changeSource([{ file: "passwords/hashing.ts", from: COST, to: "memoryCost: 64, timeCost: 1" }]);
}
