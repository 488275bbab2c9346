import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { freshPostgres } from "../support/engine.ts";
import { freePort, openMailServer } from "../support/mail-server.ts";
import { openApp } from "../support/open-app.ts";
import { runToExit, startServer } from "../support/process.ts";
import { openRaw } from "../support/raw-database.ts";
import { until } from "../support/until.ts";
import "../support/use-postgres.ts";

describe("Pages and worker in separate processes", () => {
  it("deliver together: one accepts requests and the other sends", async () => {
    const mail = await openMailServer();
    const env = { SMTP_URL: mail.url, DATABASE_URL: await freshPostgres() };
    const pages = await startServer({ env, command: ["serve", "--development", "--no-worker"] });
    await pages.client().send("/sign-up", { email: "anna@example.com" });
    await wait(2_500);
    assert.equal(mail.kept.length, 0);

    const worker = await startServer({ env, command: ["work", "--development"], readyWhen: /email worker started/ });

    await until("what was waiting is sent", () => mail.kept.length === 1);
    assert.equal((await worker.kill("SIGTERM")).code, 0);
  });

  it("need no polling: the worker is notified of queued email", async (t) => {
    // A person who looks every two seconds looks by an interval, and here none ever ends.
    t.mock.timers.enable({ apis: ["setInterval"] });
    const database = await freshPostgres();
    const [pages, worker] = [await openApp({ database }), await openApp({ database })];
    worker.latchkey.worker.start();

    for (let i = 0; i < 3; i += 1) {
      await until("the worker sleeps and listens", async () => (await listeners(database)) === 1);
      await pages.client().send("/sign-up", { email: `person${i}@example.com` });
      await until("the mail is sent", () => worker.mails.length === i + 1, { within: 10_000 });
    }
  });

  it("do not start without PostgreSQL, and report that without the password", async () => {
    const database = `postgres://acme:open-sesame@127.0.0.1:${await freePort()}/name`;

    const { code, output } = await runToExit({ env: { DATABASE_URL: database } });

    assert.equal(code, 1);
    assert.match(output, /Can't reach the database/);
    assert.doesNotMatch(output, /open-sesame/);
  });
});

async function listeners(database: string): Promise<number> {
  const raw = await openRaw(database);
  return (await raw.rows("select pid from pg_stat_activity where query ilike 'listen%'")).length;
}
