import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openDatabase } from "../../src/db/database.ts";
import { freePort } from "../support/mail-server.ts";
import { figure } from "../support/metrics.ts";
import { freshDatabase } from "../support/open-store.ts";
import { runToExit, startServer } from "../support/process.ts";
import { until } from "../support/until.ts";

describe("GET /metrics of a running server", { concurrency: true }, () => {
  it("counts requests, emails and statements, and contains no address (K1)", async () => {
    const port = await freePort();
    const server = await startServer({
      env: { DATABASE_URL: await freshDatabase(), METRICS_PORT: String(port), SMTP_URL: "smtp://127.0.0.1:1" },
    });
    const token = "A".repeat(43);
    await server.client().send("/sign-up", { email: "anna@example.com" });
    await server.client().open(`/reset-password/${token}`);
    await server.client().open("/no/such/page");
    await server.client().send("/sign-in", { email: "anna@example.com", password: "not her password" });
    await until("the mail failed", () => server.output().includes("all email is waiting"));

    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    const text = await response.text();

    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
    const requests = (route: string, status: string) =>
      figure(text, `latchkey_request_seconds_count{route="${route}",status="${status}"}`);
    assert.equal(requests("/sign-up", "3xx"), 1);
    assert.equal(requests("/reset-password/:token", "4xx"), 1);
    assert.equal(requests("/sign-in", "4xx"), 1);
    assert.equal(requests("other", "4xx"), 1);
    assert.equal(figure(text, 'latchkey_mail_attempts_total{kind="sign-up",end="failed"}'), 1);
    assert.equal(figure(text, 'latchkey_mails_waiting{state="due",kind="sign-up"}'), 1);
    assert.ok(figure(text, "latchkey_oldest_due_mail_seconds") > 0);
    assert.ok(figure(text, "latchkey_database_seconds_count") > 5);
    assert.equal(figure(text, "latchkey_database_up"), 1);
    assert.ok(figure(text, "process_resident_memory_bytes") > 0);
    for (const secret of ["anna", "example.com", token, "127.0.0.1", "/no/such"]) {
      assert.ok(!text.includes(secret), secret);
    }
  });

  it("is served on its own port, and not at all unless METRICS_PORT is set (K1)", async () => {
    const port = await freePort();
    const server = await startServer({ env: { METRICS_PORT: String(port) } });
    const without = await startServer();

    assert.equal((await server.client().open("/metrics")).status, 404);
    assert.equal((await without.client().open("/metrics")).status, 404);
    for (const [path, method, status] of [
      ["/metrics", "GET", 200],
      ["/metrics", "POST", 404],
      ["/sign-in", "GET", 404],
      ["/users/me", "GET", 404],
    ] as const) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
      assert.equal(response.status, status, path);
      assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'none'.*frame-ancestors 'none'/);
      assert.equal(response.headers.get("x-content-type-options"), "nosniff");
      assert.equal(response.headers.get("cache-control"), "no-store");
      assert.equal(response.headers.get("cross-origin-resource-policy"), "same-origin");
    }
    assert.equal((await server.kill("SIGTERM")).code, 0);
    await assert.rejects(fetch(`http://127.0.0.1:${port}/metrics`));
  });

  it("is served beside GET /readyz, which reports the warnings that the public one withholds", async () => {
    const port = await freePort();
    const server = await startServer({ env: { METRICS_PORT: String(port), TRUSTED_PROXY: "127.0.0.1" } });

    const response = await fetch(`http://127.0.0.1:${port}/readyz`);
    const open = await server.client().open("/readyz");

    const warning = "TRUSTED_PROXY is not a setting and is ignored. Did you mean TRUSTED_PROXIES?";
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.deepEqual(await response.json(), {
      ready: true,
      warnings: [{ warning, message: "a setting has no effect" }],
    });
    assert.equal(open.body, "ready\n");
  });

  it("is served by a worker process until it exits", async () => {
    const port = await freePort();
    const database = await freshDatabase();
    await (await openDatabase(database)).close();
    const env = { DATABASE_URL: database, METRICS_PORT: String(port) };
    const worker = await startServer({
      env,
      command: ["work", "--development"],
      readyWhen: /email worker started/,
    });
    const taken = await runToExit({ env, command: ["work", "--development"] });

    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();

    assert.equal(figure(text, "latchkey_database_up"), 1);
    assert.match(text, /^# TYPE latchkey_mail_attempts_total counter$/m);
    assert.equal(taken.code, 1);
    assert.equal(taken.output, `Port ${port} on 127.0.0.1 is already in use. Set METRICS_PORT to a different port.\n`);
    assert.equal((await worker.kill("SIGTERM")).code, 0);
    await assert.rejects(fetch(`http://127.0.0.1:${port}/metrics`));
  });

  it("names a port that is in use, and refuses the port of the pages", async () => {
    const server = await startServer();
    const taken = await runToExit({ env: { METRICS_PORT: String(server.port) } });
    const same = await runToExit({ env: { PORT: "4000", METRICS_PORT: "4000" } });

    assert.equal(taken.code, 1);
    assert.equal(
      taken.output,
      `Port ${server.port} on 127.0.0.1 is already in use. Set METRICS_PORT to a different port.\n`,
    );
    assert.equal(same.code, 1);
    assert.match(same.output, /METRICS_PORT is the same as PORT/);
  });
});
