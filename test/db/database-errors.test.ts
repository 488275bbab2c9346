import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { databaseFaults } from "../support/database-faults.ts";
import { HIGH_LIMITS } from "../support/email-change.ts";
import { openApp } from "../support/open-app.ts";
import { freshDatabase } from "../support/open-store.ts";
import { everyRow } from "../support/raw-database.ts";
import { everyRoute } from "../support/route-table.ts";
import { readyForms } from "../support/writing-routes.ts";

describe("Forms while the database", () => {
  for (const [what, begin] of Object.entries(databaseFaults())) {
    it(`${what} return 503, change nothing and work again afterwards (L1, M6)`, async () => {
      const database = await freshDatabase();
      const app = await openApp({ database, limits: HIGH_LIMITS, logger: { info() {}, error() {} } });
      const forms = await readyForms(app);
      const mails = app.mails.length;
      const before = await everyRow(database);

      const end = await begin(database);
      const during = await answersOf(forms);
      const live = await app.client().request("GET", "/livez");
      await end();
      const left = await everyRow(database);
      const afterwards = await answersOf(forms);

      for (const [path, { status, headers, body }] of Object.entries(during)) {
        assert.equal(status, 503, path);
        assert.match(headers.get("retry-after") ?? "", /^[1-9]\d*$/, path);
        assert.deepEqual(headers.getSetCookie(), [], path);
        assert.match(body, /<h1>/, path);
        assert.doesNotMatch(body, /sqlite|postgres|select |insert |database|\.ts\b/i, path);
      }
      assert.deepEqual(left, before);
      assert.equal(app.mails.length, mails);
      assert.equal(live.status, 200);
      for (const [path, { status }] of Object.entries(afterwards)) assert.equal(status, 303, path);
      assert.equal((await app.client().request("GET", "/readyz")).status, 200);
    });
  }

  it("is unavailable are tested completely: the list has every POST route", async () => {
    const app = await openApp({ limits: HIGH_LIMITS });
    const posts = everyRoute().filter(({ method }) => method === "POST");

    const forms = await readyForms(app);

    assert.deepEqual(Object.keys(forms).sort(), posts.map(({ path }) => path).sort());
  });
});

type Forms = Awaited<ReturnType<typeof readyForms>>;
type Answers = Record<string, Awaited<ReturnType<Forms[string]["send"]>>>;

/** Submits all forms concurrently. */
async function answersOf(forms: Forms): Promise<Answers> {
  const sent = Object.entries(forms).map(async ([path, { send }]) => [path, await send()] as const);
  return Object.fromEntries(await Promise.all(sent));
}
