import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { hash as argon2 } from "@node-rs/argon2";
import { createPasswordHashing, HashingBusy, hashingCapacity, needsRehash } from "../../src/passwords/hashing.ts";
import { COST } from "../support/cheap-hashing.ts";
import { withTurnCount } from "../support/event-loop.ts";

const PASSWORD = "correct horse battery staple";
const hashing = createPasswordHashing({ atOnce: 2, waiting: 100 });

describe("A hashed password", () => {
  it("is an argon2id PHC string at the current cost, with its own salt (P3)", async () => {
    const one = await hashing.hash(PASSWORD);
    const other = await hashing.hash(PASSWORD);

    assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    assert.notEqual(one, other);
  });

  it("matches the exact password and no other", async () => {
    const stored = await hashing.hash(PASSWORD);

    assert.equal(await hashing.verify(stored, PASSWORD), true);
    for (const other of ["", "Correct horse battery staple", `${PASSWORD} `, `${PASSWORD}\0`, PASSWORD.slice(0, -1)]) {
      assert.equal(await hashing.verify(stored, other), false, JSON.stringify(other));
    }
  });

  it("includes every byte of a long password (P1)", async () => {
    const long = "x".repeat(1_023);
    const stored = await hashing.hash(`${long}y`);

    assert.equal(await hashing.verify(stored, `${long}y`), true);
    assert.equal(await hashing.verify(stored, `${long}z`), false);
  });

  it("matches the same characters from another keyboard: NFC on both sides, not NFKC", async () => {
    const composed = await hashing.hash("caf\u00e9 cr\u00e8me br\u00fbl\u00e9e");
    const decomposed = await hashing.hash("cafe\u0301 cre\u0300me bru\u0302le\u0301e");

    assert.equal(await hashing.verify(composed, "cafe\u0301 cre\u0300me bru\u0302le\u0301e"), true);
    assert.equal(await hashing.verify(decomposed, "caf\u00e9 cr\u00e8me br\u00fbl\u00e9e"), true);
    assert.equal(await hashing.verify(await hashing.hash("\ufb01ne and long enough"), "fine and long enough"), false);
  });

  it("never matches half a surrogate pair in place of U+FFFD", async () => {
    const stored = await hashing.hash(`${PASSWORD}\ufffd`);

    assert.equal(await hashing.verify(stored, `${PASSWORD}\ufffd`), true);
    assert.equal(await hashing.verify(stored, `${PASSWORD}\ud83d`), false);
    assert.equal(await hashing.verify(stored, `${PASSWORD}\udd11`), false);
  });

  it("is never created from half a surrogate pair, which any other half would match", async () => {
    await assert.rejects(hashing.hash(`${PASSWORD}\ud83d`));
  });

  it("that is absent matches nothing, at the same cost in the queue (S3)", async () => {
    const narrow = createPasswordHashing({ atOnce: 1, waiting: 0 });

    const [first, next] = await Promise.allSettled([narrow.verify(null, PASSWORD), narrow.verify(null, "")]);

    assert.deepEqual(first, { status: "fulfilled", value: false });
    assert.ok(next.status === "rejected" && next.reason instanceof HashingBusy);
    assert.equal(await narrow.verify(null, ""), false);
  });

  it("is replaced only if it is below the current cost", async () => {
    const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

    assert.equal(needsRehash(await hashing.hash(PASSWORD), PASSWORD), false);
    assert.equal(needsRehash(await argon2(PASSWORD, { ...cost, memoryCost: 65_536, timeCost: 3 }), PASSWORD), false);
    assert.equal(needsRehash(await argon2(PASSWORD, { ...cost, memoryCost: 19_455 }), PASSWORD), true);
    assert.equal(needsRehash(await argon2(PASSWORD, { ...cost, timeCost: 1 }), PASSWORD), true);
  });

  it("is replaced if it is not argon2id", async () => {
    const argon2i = await argon2(PASSWORD, { algorithm: 1, memoryCost: 19_456, timeCost: 2, parallelism: 1 });

    assert.equal(await hashing.verify(argon2i, PASSWORD), true);
    assert.equal(needsRehash(argon2i, PASSWORD), true);
  });
});

describe("The hashing queue", () => {
  it("is bounded: excess work is refused as busy, and queued work completes (P4)", async () => {
    const narrow = createPasswordHashing({ atOnce: 2, waiting: 3 });

    const settled = await Promise.allSettled(Array.from({ length: 9 }, () => narrow.hash(PASSWORD)));

    assert.deepEqual(
      settled.map(({ status }) => status),
      [...Array(5).fill("fulfilled"), ...Array(4).fill("rejected")],
    );
    for (const refused of settled.filter((one) => one.status === "rejected")) {
      assert.ok(refused.reason instanceof HashingBusy);
      assert.ok([2, 3, 4, 5].includes(refused.reason.retryAfterSeconds));
    }
  });

  it("accepts its full length again after it is drained", async () => {
    const narrow = createPasswordHashing({ atOnce: 2, waiting: 3 });
    for (let round = 0; round < 3; round += 1) {
      const settled = await Promise.allSettled(Array.from({ length: 9 }, () => narrow.verify(null, PASSWORD)));
      assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 5, `round ${round}`);
    }
  });

  it("is served first in, first out", async () => {
    const narrow = createPasswordHashing({ atOnce: 1, waiting: 10 });
    const served: string[] = [];
    const come = (name: string) => narrow.hash(PASSWORD).then(() => void served.push(name));

    let late: Promise<void> | undefined;
    const first = come("first").then(() => {
      late = come("late");
    });
    await Promise.all([first, come("second"), come("third")]);
    await late;

    assert.deepEqual(served, ["first", "second", "third", "late"]);
  });

  it("admits a bounded amount of work that leads to hashing, and refuses more before it starts", async () => {
    const narrow = createPasswordHashing({ atOnce: 1, waiting: 1 });
    const { promise: end, resolve } = Promise.withResolvers<string>();
    let begun = 0;
    const work = () => {
      begun += 1;
      return end;
    };

    const admitted = [narrow.admit(work), narrow.admit(work)];
    await assert.rejects(narrow.admit(work), HashingBusy);
    assert.equal(begun, 2);
    resolve("done");

    assert.deepEqual(await Promise.all(admitted), ["done", "done"]);
    assert.equal(await narrow.admit(work), "done");
  });

  it("yields to the event loop, so that two hundred concurrent sign-ins delay no other client", async () => {
    const begun = await withTurnCount((turns) => {
      return Promise.all(Array.from({ length: 20 }, () => hashing.admit(async () => turns())));
    });

    assert.equal(new Set(begun).size, 20);
  });

  it("continues after a hash that cannot be parsed", async () => {
    const narrow = createPasswordHashing({ atOnce: 1, waiting: 0 });

    assert.equal(await narrow.verify("not a hash", PASSWORD), false);

    assert.equal(await narrow.verify(await narrow.hash(PASSWORD), PASSWORD), true);
  });

  it("leaves the main thread free while passwords are hashed", async () => {
    const turns = await withTurnCount(async (turns) => {
      await Promise.all(Array.from({ length: 4 }, () => hashing.hash(PASSWORD)));
      return turns();
    });

    assert.ok(turns > 10, `${turns} turns`);
  });
});

describe("hashingCapacity", () => {
  it("never exceeds the thread pool, and leaves two threads for dns.lookup and files", () => {
    const atOnce = (size: string | undefined, cores: number) =>
      hashingCapacity({ UV_THREADPOOL_SIZE: size }, cores).atOnce;

    assert.equal(atOnce(undefined, 64), 2);
    assert.equal(atOnce("1", 64), 1);
    assert.equal(atOnce("16", 64), 14);
    assert.equal(atOnce("16", 4), 3);
    assert.equal(atOnce("junk", 64), 1);
    assert.equal(atOnce("4", 1), 1);
  });
});

describe("A password with spaces outside ASCII", () => {
  const hashing = createPasswordHashing({ atOnce: 1, waiting: 10 });

  it("matches the same password with U+0020 (P6)", async () => {
    const stored = await hashing.hash("correct\u00a0horse\u3000battery");

    assert.equal(await hashing.verify(stored, "correct horse battery"), true);
    assert.equal(await hashing.verify(stored, "correct\u2003horse battery"), true);
    assert.equal(await hashing.verify(stored, "correcthorsebattery"), false);
  });

  it("still matches a hash that was stored without this preparation (P6)", async () => {
    const stored = await argon2("correct\u00a0horse battery");

    assert.equal(await hashing.verify(stored, "correct\u00a0horse battery"), true);
    assert.equal(needsRehash(stored, "correct\u00a0horse battery"), true);
    assert.equal(needsRehash(await hashing.hash(PASSWORD), PASSWORD), false);
  });

  it("longer than the maximum is never normalised and matches nothing", async () => {
    const stored = await hashing.hash("");

    assert.equal(await hashing.verify(stored, "\u0323\u0301".repeat(600)), false);
  });
});

describe("The cost of a hash in other tests", () => {
  it("replaces the real cost, which the source states exactly once", () => {
    const source = readFileSync(join(import.meta.dirname, "../../src/passwords/hashing.ts"), "utf8");

    assert.equal(source.split(COST).length, 2);
  });
});
