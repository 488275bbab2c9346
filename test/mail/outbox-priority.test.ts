import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Db } from "../../src/db/schema.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/lib/clock.ts";
import { countHeld, countReleased, holdEmails, releaseEmails } from "../../src/mail/bulk-store.ts";
import { PRIORITY } from "../../src/mail/email-kinds.ts";
import { claim, enqueue } from "../../src/mail/outbox.ts";
import { isOnPostgres } from "../support/engine.ts";
import { fill } from "../support/fill.ts";
import { freshDatabase, NOW, openStore } from "../support/open-store.ts";
import { planOf, statementsOf } from "../support/query-plans.ts";
import { openRaw } from "../support/raw-database.ts";

const LEASE = 10 * SECOND;

describe("Claiming from the outbox while bulk email is due", () => {
  it("returns requested email first, however late it was queued", async () => {
    const { query } = await openStore();
    await holdMany(query, 5);
    await releaseEmails(query, 5, DAY, NOW);
    await put(query, "late@example.com", NOW + MINUTE);
    await put(query, "later@example.com", NOW + 2 * MINUTE);

    const first = await claim(query, 3, LEASE, NOW + HOUR);
    const rest = await claim(query, 10, LEASE, NOW + HOUR);

    const waiting = first.slice(0, 2).map(({ email }) => email);
    assert.deepEqual(waiting.toSorted(), ["late@example.com", "later@example.com"]);
    assert.deepEqual(
      first.map(({ priority }) => priority),
      [PRIORITY.waiting, PRIORITY.waiting, PRIORITY.many],
    );
    assert.equal(rest.length, 4);
  });

  it("returns no bulk email if it is excluded, and never a held one", async () => {
    const { query } = await openStore();
    await holdMany(query, 5);

    assert.deepEqual(await claim(query, 10, LEASE, NOW + DAY), []);
    await releaseEmails(query, 2, DAY, NOW);

    assert.deepEqual(await claim(query, 10, LEASE, NOW + DAY, { many: false }), []);
    assert.equal((await claim(query, 10, LEASE, NOW + DAY)).length, 2);
  });

  it("finds its email by the index alone, without sorting and without reading emails that are not due", async () => {
    const url = await freshDatabase();
    const { query } = await openStore(url);
    const raw = await openRaw(url);
    await fill(raw, { isPostgres: isOnPostgres(), people: 2_000, now: NOW });

    const statements = await statementsOf(() => claim(query, 1, LEASE, NOW));

    // Each priority runs the same text, with another number.
    assert.equal(statements.length, 1);
    for (const statement of statements) {
      const plan = (await planOf(raw, isOnPostgres(), statement)).join("\n");
      assert.match(
        plan,
        /Index (Only )?Scan using latchkey_outbox_by_state_priority_next|SEARCH latchkey_outbox USING/,
      );
      assert.match(plan, /\bstate ?=.*\bpriority ?=.*\bnext_attempt_at ?</);
      assert.doesNotMatch(plan, /Seq Scan|Sort|SCAN latchkey|TEMP B-TREE/);
    }
  });
});

describe("Held emails", () => {
  it("are stored once per id, however often they are inserted", async () => {
    const { query } = await openStore();

    const first = await holdMany(query, 3);
    const again = await holdMany(query, 5);

    assert.deepEqual([first.size, again.size], [3, 2]);
    assert.equal(await countHeld(query), 5);
    assert.equal(await countHeld(query, "something-else"), 0);
  });

  it("are released in batches, each once, also concurrently, and their lifetime starts then", async () => {
    const { query } = await openStore();
    await holdMany(query, 10);

    const went = await Promise.all([
      releaseEmails(query, 4, DAY, NOW + HOUR),
      releaseEmails(query, 4, DAY, NOW + HOUR),
    ]);

    assert.deepEqual(went, [4, 4]);
    assert.equal(await countHeld(query), 2);
    assert.equal(await countReleased(query, 100), 8);
    assert.equal(await countReleased(query, 5), 5);
    const [mail] = await claim(query, 1, LEASE, NOW + HOUR);
    assert.deepEqual([mail?.createdAt, mail?.giveUpAt], [NOW + HOUR, NOW + HOUR + DAY]);
  });
});

function holdMany(db: Db, many: number): Promise<Set<string>> {
  const mails = Array.from({ length: many }, (_, i) => {
    return { id: `mail-${i}`, email: `person${i}@example.com`, accountId: `account-${i}` };
  });
  return holdEmails(db, "invitation", mails, NOW);
}

function put(db: Db, email: string, at: number): Promise<void> {
  return enqueue(db, { kind: "password-reset", email, locale: "en", data: {}, tryForMs: DAY }, at);
}
