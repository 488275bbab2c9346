import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE, SECOND } from "../../src/lib/clock.ts";
import { CircuitBreaker } from "../../src/mail/circuit-breaker.ts";

describe("A circuit breaker", () => {
  it("allows everything while closed", () => {
    const { breaker } = open();

    assert.deepEqual([breaker.allows(), breaker.allows(), breaker.allows()], [true, true, true]);
    assert.equal(breaker.succeeded(), false);
  });

  it("allows nothing after a fault, and one attempt after a second or two", () => {
    const { breaker, pass } = open();

    const wait = breaker.failed() ?? 0;

    assert.ok(wait >= SECOND && wait <= 2 * SECOND, `${wait}`);
    pass(wait - 1);
    assert.equal(breaker.allows(), false);
    pass(1);
    assert.deepEqual([breaker.allows(), breaker.allows()], [true, false]);
  });

  it("waits longer after each fault, up to a minute and no longer", () => {
    const { breaker, pass } = open();

    const waits: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      waits.push(breaker.failed() ?? -1);
      pass(MINUTE);
      assert.equal(breaker.allows(), true);
    }

    assert.ok((waits[3] ?? 0) >= 8 * SECOND && (waits[3] ?? 0) <= 16 * SECOND, `${waits}`);
    assert.ok(Math.max(...waits) <= MINUTE && Math.min(...waits.slice(5)) >= MINUTE / 2, `${waits}`);
  });

  it("does not count faults of attempts that began before it opened", () => {
    const { breaker, pass } = open();

    const wait = breaker.failed() ?? 0;

    assert.deepEqual([breaker.failed(), breaker.failed()], [null, null]);
    pass(wait);
    assert.equal(breaker.allows(), true);
  });

  it("closes at the first success, and begins with short waits again", () => {
    const { breaker, pass } = open();
    for (let i = 0; i < 8; i += 1) {
      breaker.failed();
      pass(MINUTE);
      breaker.allows();
    }

    assert.equal(breaker.succeeded(), true);

    assert.deepEqual([breaker.allows(), breaker.allows()], [true, true]);
    assert.ok((breaker.failed() ?? MINUTE) <= 2 * SECOND);
  });

  it("allows the next attempt if one did not reach the server", () => {
    const { breaker, pass } = open();
    breaker.failed();
    pass(MINUTE);
    assert.equal(breaker.allows(), true);

    breaker.skipped();

    assert.deepEqual([breaker.allows(), breaker.allows()], [true, false]);
  });
});

function open() {
  let now = Date.UTC(2026, 0, 15);
  return {
    breaker: new CircuitBreaker(() => now),
    pass(ms: number) {
      now += ms;
    },
  };
}
