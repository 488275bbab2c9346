import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Db } from "../../src/db/schema.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/lib/clock.ts";
import { PRIORITY } from "../../src/mail/email-kinds.ts";
import { claim, endEmail, enqueue, markSent, postponeEmail, purgeOutbox, renewLease } from "../../src/mail/outbox.ts";
import { NOW, openStore, openTwoHandles } from "../support/open-store.ts";

const LEASE = 10 * SECOND;

describe("An email in the outbox", () => {
  it("is returned as it was stored, with its first attempt counted", async () => {
    const { query } = await openStore();
    await put(query, "anna@example.com", {
      accountId: "anna",
      request: "the digest of a request",
      data: { browser: "Firefox on Windows", n: [1, "ü", null] },
    });

    const [{ id, ...mail } = { id: "" }] = await claim(query, 5, LEASE, NOW);

    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(mail, {
      kind: "password-reset",
      email: "anna@example.com",
      accountId: "anna",
      request: "the digest of a request",
      locale: "en",
      data: { browser: "Firefox on Windows", n: [1, "ü", null] },
      attempts: 1,
      createdAt: NOW,
      giveUpAt: NOW + HOUR,
      priority: PRIORITY.waiting,
    });
  });

  it("exists only if the transaction that stored it is committed", async () => {
    const { query, transaction } = await openStore();
    const action = transaction(async (tx) => {
      await put(tx, "anna@example.com");
      throw new Error("The action failed.");
    });

    await assert.rejects(action, /The action failed/);

    assert.deepEqual(await claim(query, 5, LEASE, NOW), []);
  });

  it("is never sent if it was stored as closed", async () => {
    const { query } = await openStore();
    await put(query, "anna@example.com", { closed: true });

    assert.deepEqual(await claim(query, 5, LEASE, NOW + DAY), []);
    const [row] = await query.selectFrom("latchkey_outbox").selectAll().execute();
    assert.equal(row?.state, "closed");
    assert.equal(row?.finished_at, NOW);
  });
});

describe("Claiming from the outbox", () => {
  it("returns the oldest due emails, and at most the requested number", async () => {
    const { query } = await openStore();
    await put(query, "third@example.com", { at: NOW + 3 });
    await put(query, "first@example.com", { at: NOW + 1 });
    await put(query, "second@example.com", { at: NOW + 2 });

    const two = await claim(query, 2, LEASE, NOW + 10);
    const rest = await claim(query, 2, LEASE, NOW + 10);

    assert.deepEqual(two.map(({ email }) => email).toSorted(), ["first@example.com", "second@example.com"]);
    assert.deepEqual(addresses(rest), ["third@example.com"]);
  });

  it("returns no email that is not due yet", async () => {
    const { query } = await openStore();
    await put(query, "anna@example.com", { at: NOW + 1 });

    assert.deepEqual(await claim(query, 5, LEASE, NOW), []);
    assert.equal((await claim(query, 5, LEASE, NOW + 1)).length, 1);
  });

  it("gives an email to one worker during its lease, also through two handles on one file", async () => {
    const [one, other] = await openTwoHandles();
    for (let i = 0; i < 40; i += 1) await put(one.query, `person${i}@example.com`);

    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, i) => claim((i % 2 ? one : other).query, 3, LEASE, NOW)),
    );
    const again = await Promise.all([one, other].map(({ query }) => claim(query, 40, LEASE, NOW + LEASE - 1)));

    const ids = claims.flat().map(({ id }) => id);
    assert.equal(ids.length, 40);
    assert.equal(new Set(ids).size, 40);
    assert.deepEqual(again.flat(), []);
  });

  it("gives an email to one other worker after its lease expires, as after a crash", async () => {
    const { query } = await openStore();
    await put(query, "anna@example.com");
    const [held] = await claim(query, 5, LEASE, NOW);

    const claims = await Promise.all(Array.from({ length: 10 }, () => claim(query, 5, LEASE, NOW + LEASE)));

    assert.deepEqual(
      claims.flat().map(({ id }) => id),
      [held?.id],
    );
  });

  it("counts the attempt at its start, so that an email that crashes its worker is not retried for ever", async () => {
    const { query } = await openStore();
    await put(query, "anna@example.com");

    const counted: Array<number | undefined> = [];
    for (let i = 0; i < 4; i += 1) {
      const [mail] = await claim(query, 5, LEASE, NOW + i * LEASE);
      counted.push(mail?.attempts);
    }

    assert.deepEqual(counted, [1, 2, 3, 4]);
  });

  it("extends the lease when it is renewed", async () => {
    const { query } = await openStore();
    await put(query, "anna@example.com");
    await put(query, "bob@example.com");
    const mails = await claim(query, 5, LEASE, NOW);
    const annas = mails.find(({ email }) => email === "anna@example.com");

    assert.ok(annas);
    await renewLease(query, annas, LEASE, NOW + LEASE / 2);

    assert.deepEqual(addresses(await claim(query, 5, LEASE, NOW + LEASE)), ["bob@example.com"]);
    const [later] = await claim(query, 5, LEASE, NOW + LEASE + LEASE / 2);
    assert.equal(later?.email, "anna@example.com");
    assert.equal(later?.attempts, 2);
  });
});

describe("A claimed email", () => {
  it("is not claimed again after it is finished", async () => {
    for (const state of ["sent", "closed", "failed"] as const) {
      const { query } = await openStore();
      await put(query, "anna@example.com");
      const [mail] = await claim(query, 5, LEASE, NOW);
      assert.ok(mail);

      if (state === "sent") await markSent(query, mail.id, "250 taken", NOW + SECOND);
      if (state !== "sent") await endEmail(query, mail, state, "250 taken", NOW + SECOND);

      assert.deepEqual(await claim(query, 5, LEASE, NOW + DAY), []);
      const [row] = await query.selectFrom("latchkey_outbox").selectAll().execute();
      assert.deepEqual([row?.state, row?.answer, row?.finished_at], [state, "250 taken", NOW + SECOND]);
    }
  });

  it("is claimed again at the time it was postponed to, and keeps the last answer", async () => {
    const { query } = await openStore();
    await put(query, "anna@example.com");
    const [mail] = await claim(query, 5, LEASE, NOW);
    assert.ok(mail);

    await postponeEmail(query, mail, { at: NOW + 5 * MINUTE, answer: "451 come later" });

    assert.deepEqual(await claim(query, 5, LEASE, NOW + 5 * MINUTE - 1), []);
    const [again] = await claim(query, 5, LEASE, NOW + 5 * MINUTE);
    assert.equal(again?.attempts, 2);
    const [row] = await query.selectFrom("latchkey_outbox").selectAll().execute();
    assert.equal(row?.answer, "451 come later");
  });

  it("stays finished, whatever a slower worker records afterwards", async () => {
    const { query } = await openStore();
    await put(query, "anna@example.com");
    const [mail] = await claim(query, 5, LEASE, NOW);
    assert.ok(mail);
    await markSent(query, mail.id, "250 taken", NOW + SECOND);

    await renewLease(query, mail, LEASE, NOW + MINUTE);
    await postponeEmail(query, mail, { at: NOW + MINUTE, answer: "421 too late" });
    await endEmail(query, mail, "failed", "550 too late", NOW + MINUTE);

    const [row] = await query.selectFrom("latchkey_outbox").selectAll().execute();
    assert.deepEqual([row?.state, row?.answer, row?.finished_at], ["sent", "250 taken", NOW + SECOND]);
    assert.deepEqual(await claim(query, 5, LEASE, NOW + DAY), []);
  });
});

describe("An email claimed by another worker after the lease expired", () => {
  it("keeps the lease of that worker, whatever the slow one records", async () => {
    const { query } = await openStore();
    await put(query, "anna@example.com");
    const [slow] = await claim(query, 5, LEASE, NOW);
    const [quick] = await claim(query, 5, LEASE, NOW + LEASE);
    assert.ok(slow && quick);

    await postponeEmail(query, slow, { at: NOW, answer: "421 too late" });
    await endEmail(query, slow, "failed", "550 too late", NOW + LEASE);

    assert.deepEqual(await claim(query, 5, LEASE, NOW + 2 * LEASE - 1), []);
    const [again] = await claim(query, 5, LEASE, NOW + 2 * LEASE);
    assert.equal(again?.attempts, 3);
  });
});

describe("Purging the outbox", () => {
  it("deletes finished emails after 30 days, and never one that is due", async () => {
    const { query } = await openStore();
    await put(query, "due@example.com");
    await put(query, "closed@example.com", { closed: true });
    await put(query, "newer@example.com", { closed: true, at: NOW + 1 });

    await purgeOutbox(query, NOW + 30 * DAY - 1, 1_000);
    assert.equal((await query.selectFrom("latchkey_outbox").selectAll().execute()).length, 3);
    await purgeOutbox(query, NOW + 30 * DAY, 1_000);

    const left = await query.selectFrom("latchkey_outbox").select("email").orderBy("email").execute();
    assert.deepEqual(addresses(left), ["due@example.com", "newer@example.com"]);
  });
});

type Put = Partial<{ accountId: string; request: string; data: Record<string, unknown>; closed: boolean; at: number }>;

function put(db: Db, email: string, { at = NOW, ...rest }: Put = {}): Promise<void> {
  return enqueue(db, { kind: "password-reset", email, locale: "en", data: {}, tryForMs: HOUR, ...rest }, at);
}

function addresses(mails: Array<{ email: string }>): string[] {
  return mails.map(({ email }) => email);
}
