import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type MailServer, openMailServer } from "../support/mail-server.ts";
import { linkIn, PASSWORD } from "../support/open-app.ts";
import { addAccounts, count, inFolder, type OperatorCli, openOperatorCli } from "../support/operator-cli.ts";
import { launch, type ServerProcess, startServer } from "../support/process.ts";
import { until } from "../support/until.ts";

const NEW_PASSWORD = "a new and rather long password";
const UNUSABLE = "select count(*) from latchkey_accounts where password_hash is null";

describe("latchkey reset-all", { concurrency: true }, () => {
  it("revokes every session, link and password, and emails each owner a recovery link", async () => {
    const mail = await openMailServer();
    const env = { SMTP_URL: mail.url };
    const cli = await openOperatorCli(env);
    const server = await startServer({ env, folder: cli.folder });
    const anna = await signUpOver(mail, server, "anna@example.com");
    await server.client().send("/forgot-password", { email: "anna@example.com" });
    await until("she has a link from before", () => mail.kept.length === 2);
    const before = linkIn(mail.kept[1]?.text ?? "");

    const { code, output } = await cli.run("reset-all", "--yes");
    await until("she has her mail", () => mail.kept.length === 3);

    assert.equal(code, 0);
    assert.match(output, /Accounts reset: 1 of 1\nEmails queued: 1 of 1\n/);
    assert.doesNotMatch((await anna.open("/users/me")).body, /Your account/);
    const oldPassword = { email: "anna@example.com", password: PASSWORD };
    assert.equal((await server.client().send("/sign-in", oldPassword)).status, 401);
    assert.match((await server.client().open(before)).body, /This link has been withdrawn/);
    assert.equal(mail.kept[2]?.parsed.subject, "Please set a new Latchkey password");
    await anna.open(linkIn(mail.kept[2]?.text ?? ""));
    await anna.submit({ password: NEW_PASSWORD });
    assert.match(anna.text, /Your new password is set/);
  });

  it("asks for confirmation, and states before how long the delivery takes", async () => {
    const cli = await openOperatorCli({ LIMIT_MAILS_PER_DAY: "2" });
    await addAccounts(cli, 3);

    const { code, output } = await cli.run("reset-all");

    assert.equal(code, 1);
    assert.match(output, /turns off the passwords of 3 accounts[\s\S]*Nothing was changed\. Add --yes/);
    assert.match(output, /allows 2 bulk emails a day, so this takes 2 days\.\nTo go faster, set it to 6 /);
    assert.equal(await count(cli, UNUSABLE), 0);
    assert.equal(await count(cli, "select count(*) from latchkey_events"), 0);
  });

  it("resumes after it is killed while it removes passwords: no account is skipped or processed twice", async (t) => {
    const people = 4_900;
    const cli = await openOperatorCli();
    await addAccounts(cli, people);
    const command = inFolder(cli.folder, {}, ["reset-all", "--yes", "--per-minute", "900000"]);

    const first = await launch(command);
    await until("some are done", async () => (await count(cli, UNUSABLE)) > 0, { every: 1 });
    await first.kill("SIGKILL");
    const done = await count(cli, UNUSABLE);
    assert.deepEqual(await halfDone(cli), []);
    await cli.rows("update latchkey_accounts set password_hash = 'chosen since' where id = 'account-000000'");
    const second = await cli.run("reset-all", "--per-minute", "900000");

    t.diagnostic(`${done} of ${people} were done when it was killed`);
    assert.ok(done > 0 && done < people, "it was killed too late to prove anything");
    assert.equal(second.code, 0);
    assert.match(second.output, /^Resuming the reset started at /);
    assert.equal(await count(cli, UNUSABLE), people - 1, "a password that was chosen meanwhile stays");
    assert.equal(await count(cli, "select count(*) from latchkey_sessions"), 0);
    assert.equal(await count(cli, "select count(*) from latchkey_outbox where state = 'due'"), people);
    assert.equal(await count(cli, "select count(distinct account_id) from latchkey_outbox"), people);
    assert.equal(await count(cli, "select count(*) from latchkey_events where kind = 'password-removed'"), people);
  });

  it("resumes delivery after it is killed: every account gets exactly one email", async (t) => {
    const people = 40;
    const mail = await openMailServer();
    const env = { SMTP_URL: mail.url };
    const cli = await openOperatorCli(env);
    await addAccounts(cli, people);
    await startServer({ env, folder: cli.folder });
    const held = () => count(cli, "select count(*) from latchkey_outbox where state = 'held'");

    const first = await launch(inFolder(cli.folder, env, ["reset-all", "--yes", "--per-minute", "300"]));
    await until("some are let go", async () => (await count(cli, UNUSABLE)) === people && (await held()) <= people - 5);
    await first.kill("SIGKILL");
    const left = await held();
    const second = await cli.run("reset-all", "--per-minute", "6000");
    await until("everybody has a mail", () => new Set(mail.kept.flatMap(({ to }) => to)).size === people, {
      within: 60_000,
    });

    t.diagnostic(`${left} of ${people} mails were held when it was killed`);
    assert.ok(left > 0, "it was killed too late to prove anything");
    assert.match(second.output, /^Resuming the last reset/);
    assert.deepEqual(mail.kept.flatMap(({ to }) => to).toSorted(), names(people).toSorted());
  });

  it("sends requested email before bulk email", async (t) => {
    const people = 100;
    const mail = await openMailServer();
    const slow = Promise.withResolvers<250>();
    mail.script = ({ at, to }) => (at === "message" && to.startsWith("person") ? slow.promise : 250);
    const env = { SMTP_URL: mail.url };
    const cli = await openOperatorCli(env);
    await addAccounts(cli, people);
    const server = await startServer({ env, folder: cli.folder });
    await cli.run("reset-all", "--yes", "--per-minute", "90000");
    await until("all lanes that many may take are taken", () => mail.times("message") === 3);

    const from = performance.now();
    await server.client().send("/sign-up", { email: "anna@example.com" });
    await until("she has her mail", () => mail.kept.some(({ to }) => to.includes("anna@example.com")));

    t.diagnostic(`she waited ${Math.round(performance.now() - from)} ms`);
    assert.equal(mail.kept.length, 1);
    slow.resolve(250);
  });
});

function names(many: number): string[] {
  return Array.from({ length: many }, (_, i) => `person${i}@example.com`);
}

/** The accounts of which a part is ended and a part is not. */
function halfDone({ rows }: OperatorCli): Promise<unknown[]> {
  const sessions = "(select count(*) from latchkey_sessions where account_id = latchkey_accounts.id)";
  const links = "(select count(*) from latchkey_tokens where account_id = latchkey_accounts.id and ended_at is null)";
  const codes = "(select count(*) from latchkey_codes where account_id = latchkey_accounts.id)";
  const mails = "(select count(*) from latchkey_outbox where account_id = latchkey_accounts.id)";
  return rows(`select id from latchkey_accounts where not
    ((password_hash is null and ${sessions} = 0 and ${links} = 0 and ${codes} = 0 and ${mails} = 1)
    or (password_hash is not null and ${sessions} = 1 and ${links} = 1 and ${codes} = 1 and ${mails} = 0))`);
}

async function signUpOver(mail: MailServer, server: ServerProcess, email: string) {
  const client = server.client();
  await client.send("/sign-up", { email });
  await until("the mail is there", () => mail.kept.length === 1);
  await client.open(linkIn(mail.kept[0]?.text ?? ""));
  await client.submit({ password: PASSWORD });
  return client;
}
