import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import { SECOND } from "../../src/lib/clock.ts";
import type { Transport } from "../../src/mail/transport.ts";
import { openApp } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { openRaw } from "../support/raw-database.ts";
import { until } from "../support/until.ts";

const LEASE = 10 * SECOND;

describe("The lease of an email that is being sent", () => {
  it("is renewed while the attempt lasts, so that no other worker sends it too (M3)", async (t) => {
    mock.timers.enable({ apis: ["setInterval"] });
    t.after(() => mock.timers.reset());
    const [sending, accepted] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const transport: Transport = {
      async send() {
        sending.resolve();
        await accepted.promise;
        return "250 kept";
      },
    };
    const database = await freshDatabase();
    const app = await openApp({ database, transport });
    await app.client().send("/sign-up", { email: "anna@example.com" });
    const { rows } = await openRaw(database);
    const leasedUntil = async () =>
      Number((await rows("select next_attempt_at from latchkey_outbox"))[0]?.next_attempt_at);

    const delivering = app.deliver();
    await sending.promise;
    assert.equal(await leasedUntil(), app.now() + LEASE);
    app.pass(LEASE / 2);
    mock.timers.tick(LEASE / 2);
    await until("the lease is renewed", async () => (await leasedUntil()) === app.now() + LEASE, { within: 10_000 });

    accepted.resolve();
    await delivering;
    assert.equal((await rows("select state from latchkey_outbox"))[0]?.state, "sent");
  });
});
