import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HOUR } from "../../src/lib/clock.ts";
import { SendError } from "../../src/mail/transport.ts";
import { figure } from "../support/metrics.ts";
import { openApp, signUp } from "../support/open-app.ts";
import { until } from "../support/until.ts";

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

    await assert.rejects(app.latchkey.metrics(), /Set the option metrics: true/);
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
