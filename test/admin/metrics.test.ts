import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openDatabase } from "../../src/db/database.ts";
import { HOUR } from "../../src/lib/clock.ts";
import { SendError } from "../../src/mail/transport.ts";
import { freePort } from "../support/mail-server.ts";
import { openApp, signUp } from "../support/open-app.ts";
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

describe("latchkey.metrics()", { concurrency: true }, () => {
  it("returns text with the sessions and the hashing queue", async () => {
    const app = await openApp({ metrics: true });
    await signUp(app, "anna@example.com");
    await signUp(app, "bob@example.com");

    const text = await app.latchkey.metrics();

    assert.equal(figure(text, "latchkey_sessions"), 2);
    assert.equal(figure(text, 'latchkey_mail_attempts_total{kind="sign-up",end="sent"}'), 2);
    assert.equal(figure(text, "latchkey_hashing_running"), 0);
    assert.equal(figure(text, "latchkey_hashing_waiting"), 0);
    assert.equal(figure(text, "latchkey_hashing_refused_total"), 0);
    assert.doesNotMatch(text, /process_/);
  });

  it("counts a delivery attempt as given-up if the email is not tried again, and as failed if it is", async () => {
    const answers = [new SendError("450 later"), new SendError("550 no such user", { isPermanent: true })];
    const app = await openApp({
      metrics: true,
      transport: { send: () => Promise.reject(answers.shift()) },
    });
    await app.client().send("/sign-up", { email: "anna@example.com" });

    await app.deliver();
    app.pass(HOUR);
    await app.deliver();

    const text = await app.latchkey.metrics();
    const attempts = (end: string) => figure(text, `latchkey_mail_attempts_total{kind="sign-up",end="${end}"}`);
    assert.deepEqual([attempts("failed"), attempts("given-up")], [1, 1]);
  });

  it("counts refusals of a full hashing queue", async () => {
    const app = await openApp({ metrics: true });
    const tries = Array.from({ length: 400 }, (_, i) =>
      app.visit().signIn({ email: `person${i}@example.com`, password: "some password or other" }),
    );
    const waiting = await until("some wait", async () => {
      return figure(await app.latchkey.metrics(), "latchkey_hashing_waiting");
    });
    const refused = (await Promise.all(tries)).filter((outcome) => outcome.kind === "busy").length;

    assert.ok(waiting > 0);
    assert.ok(refused > 0);
    assert.equal(figure(await app.latchkey.metrics(), "latchkey_hashing_refused_total"), refused);
  });

  it("is absent unless the option metrics is set", async () => {
    const app = await openApp();

    await assert.rejects(app.latchkey.metrics(), /Set the option metrics to true/);
  });

  it("reports that the database is unavailable instead of failing", async () => {
    const app = await openApp({ metrics: true });
    await app.client().open("/sign-in");
    await app.latchkey.close();

    const text = await app.latchkey.metrics();

    assert.equal(figure(text, "latchkey_database_up"), 0);
    assert.equal(figure(text, 'latchkey_request_seconds_count{route="/sign-in",status="2xx"}'), 1);
  });
});

/** The value of one line, 0 where it is not there. */
function figure(text: string, name: string): number {
  const line = text.split("\n").find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}
