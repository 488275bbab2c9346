import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openMailServer } from "../support/mail-server.ts";
import { count, type OperatorCli, openOperatorCli } from "../support/operator-cli.ts";
import { startServer } from "../support/process.ts";
import { until } from "../support/until.ts";

describe("latchkey mail list, show, retry and bounces", { concurrency: true }, () => {
  it("lists failed emails with the server's answer and masks every address that was not given (K3)", async () => {
    const mail = await openMailServer();
    mail.script = ({ at }) => (at === "recipient" ? 451 : 250);
    const env = { SMTP_URL: mail.url };
    const cli = await openOperatorCli(env);
    const server = await startServer({ env, folder: cli.folder });
    await server.client().send("/sign-up", { email: "anna@example.com" });
    await until("the mail failed", async () => (await count(cli, "select count(answer) from latchkey_outbox")) === 1);

    const all = await cli.run("mail", "list");
    const failed = await cli.run("mail", "list", "--state", "failed", "--limit", "1");
    const sent = await cli.run("mail", "list", "--state", "sent");
    const named = await cli.run("mail", "list", "--to", "Anna@Example.com");
    const id = /^[0-9a-f-]{36}/m.exec(all.output)?.[0] ?? "";
    const one = await cli.run("mail", "show", id);

    assert.match(all.output, /sign-up +a•••@example\.com +failed, next attempt \d{4}-[^:]+:\d\d:\d\dZ: 451/);
    assert.match(failed.output, new RegExp(id));
    assert.equal(sent.output, "No emails.\n");
    assert.match(named.output, /anna@example\.com +failed/);
    assert.match(one.output, /^State +failed\nAttempts +\d+\nNext attempt +\d{4}/m);
    for (const { output } of [all, failed, one]) assert.doesNotMatch(output, /anna@/);
  });

  it("retries one given-up email by its id, and all of them with --all-given-up", async () => {
    const mail = await openMailServer();
    // Three different texts: the same one three times in a row would pause delivery.
    const codes: Record<string, number> = { a: 550, b: 551, c: 554 };
    mail.script = ({ at, to }) => (at === "recipient" ? (codes[to.charAt(0)] ?? 250) : 250);
    const env = { SMTP_URL: mail.url };
    const cli = await openOperatorCli(env);
    const server = await startServer({ env, folder: cli.folder });
    for (const name of ["anna", "bob", "carol"]) {
      await server.client().send("/sign-up", { email: `${name}@example.com` });
    }
    const givenUp = "select count(*) from latchkey_outbox where state = 'failed'";
    await until("all are given up", async () => (await count(cli, givenUp)) === 3);
    const [first] = await cli.rows("select id from latchkey_outbox where email = 'anna@example.com'");
    mail.script = () => 250;

    const one = await cli.run("mail", "retry", String(first?.id));
    await until("it is there", () => mail.kept.length === 1);
    const rest = await cli.run("mail", "retry", "--all-given-up");
    await until("all are there", () => mail.kept.length === 3);

    assert.deepEqual([one.code, rest.code], [0, 0]);
    assert.equal(rest.output, "Retrying 2 emails.\n");
    assert.deepEqual(mail.kept.flatMap(({ to }) => to).toSorted(), [
      "anna@example.com",
      "bob@example.com",
      "carol@example.com",
    ]);
    await until("it is written down", async () => (await count(cli, givenUp.replace("failed", "sent"))) === 3);
    const again = await cli.run("mail", "retry", String(first?.id));
    assert.equal(again.code, 1);
    assert.match(again.output, /Nothing to retry: this email is sent/);
  });

  it("does not retry an email that a worker is sending", async () => {
    const cli = await openOperatorCli();
    await putMail(cli, "mail-1", Date.now() + 5_000);
    await putMail(cli, "mail-2", Date.now() + 600_000);

    const list = await cli.run("mail", "list");
    assert.match(list.output, /451 a•••@example\.com: later/);
    assert.doesNotMatch(list.output, /anna@/, "mail servers like to repeat the address");
    const near = await cli.run("mail", "retry", "mail-1");
    const far = await cli.run("mail", "retry", "mail-2");

    assert.match(near.output, /Already being sent, or about to be \(within 10 seconds\)/);
    assert.match(far.output, /Retrying now/);
    const retried = await cli.rows("select id from latchkey_outbox where attempts = 0");
    assert.deepEqual(
      retried.map(({ id }) => id),
      ["mail-2"],
    );
  });

  it("lists suppressed addresses with the server's answer until they accept an email", async () => {
    const mail = await openMailServer();
    mail.script = ({ at, to }) => (at === "recipient" && to.startsWith("anna") ? 550 : 250);
    const env = { SMTP_URL: mail.url };
    const cli = await openOperatorCli(env);
    const server = await startServer({ env, folder: cli.folder });
    const none = await cli.run("mail", "bounces");
    for (const name of ["anna", "bob"]) await server.client().send("/sign-up", { email: `${name}@example.com` });
    const finished = "select count(*) from latchkey_outbox where finished_at is not null";
    await until("both are done", async () => (await count(cli, finished)) === 2);
    await cli.rows("update latchkey_suppressions set answer = answer || ' anna@example.com'");

    const all = await cli.run("mail", "bounces");
    const named = await cli.run("mail", "bounces", "--to", "Anna@Example.com");
    const other = await cli.run("mail", "bounces", "--to", "bob@example.com");
    mail.script = () => 250;
    await server.client().send("/sign-up", { email: "anna@example.com" });
    await until("she has her mail", async () => (await count(cli, finished)) === 3);
    const after = await cli.run("mail", "bounces");

    assert.match(all.output, /^a•••@example\.com +1 +\d{4}\S+ +\d{4}\S+ +550 .*a•••@example\.com$/m);
    assert.equal(all.output.trim().split("\n").length, 2);
    assert.doesNotMatch(all.output, /anna@/, "no one named her");
    assert.match(named.output, /^anna@example\.com +1 /m);
    for (const { output } of [none, other, after]) assert.equal(output, "No bounces.\n");
  });

  it("names the missing argument and exits with 1", async () => {
    const cli = await openOperatorCli();

    const unknown = await cli.run("mail", "show", "nothing");
    const nothing = await cli.run("mail", "retry");
    const state = await cli.run("mail", "list", "--state", "lost");

    assert.deepEqual([unknown.code, unknown.output], [1, "There's no email with id nothing.\n"]);
    assert.deepEqual([nothing.code, nothing.output], [1, "Give the id of one email, or use --all-given-up.\n"]);
    assert.equal(state.code, 1);
    assert.match(state.output, /Allowed choices are due, held, sent, failed, given-up, closed/);
  });
});

describe("latchkey mail test", { concurrency: true }, () => {
  it("sends an email at once and prints the mail server's reply, whether it accepts or refuses", async () => {
    const mail = await openMailServer();
    const cli = await openOperatorCli({ SMTP_URL: mail.url });

    const taken = await cli.run("mail", "test", "ops@example.com");
    mail.script = ({ at }) => (at === "recipient" ? 554 : 250);
    const refused = await cli.run("mail", "test", "ops@example.com");
    await mail.stop();
    const away = await cli.run("mail", "test", "ops@example.com");

    assert.equal(mail.kept.length, 1);
    assert.match(mail.kept[0]?.parsed.subject ?? "", /^Test email from Latchkey$/);
    assert.match(taken.output, /^Sent\. The mail server replied: 250/);
    assert.deepEqual([taken.code, refused.code, away.code], [0, 1, 1]);
    assert.match(refused.output, /wasn't sent: .*554/);
    assert.match(away.output, /wasn't sent: .*ECONNREFUSED/);
    assert.equal(await count(cli, "select count(*) from latchkey_outbox"), 0);
  });
});

function putMail({ rows }: OperatorCli, id: string, nextAttemptAt: number): Promise<unknown> {
  const columns = "id, kind, email, locale, data, state, attempts, next_attempt_at, give_up_at, created_at, answer";
  const values = "?, 'sign-up', 'anna@example.com', 'en', '{}', 'due', 1, ?, ?, 0, '451 anna@example.com: later'";
  return rows(
    `insert into latchkey_outbox (${columns}) values (${values})`,
    id,
    nextAttemptAt,
    nextAttemptAt + 3_600_000,
  );
}
