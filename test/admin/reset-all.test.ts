import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type MailServer, openMailServer } from "../support/mail-server.ts";
import { linkIn, PASSWORD } from "../support/open-app.ts";
import { addAccounts, count, openOperatorCli } from "../support/operator-cli.ts";
import { type ServerProcess, startServer } from "../support/process.ts";
import { until } from "../support/until.ts";
import { assertSays, SUBJECTS, words } from "../support/words.ts";

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
    assertSays((await server.client().open(before)).body, words.dead.endedTitle);
    assert.equal(mail.kept[2]?.parsed.subject, SUBJECTS.newPasswordNeeded);
    await anna.open(linkIn(mail.kept[2]?.text ?? ""));
    await anna.submit({ password: NEW_PASSWORD });
    assertSays(anna.text, words.me.doneReset);
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

async function signUpOver(mail: MailServer, server: ServerProcess, email: string) {
  const client = server.client();
  await client.send("/sign-up", { email });
  await until("the mail is there", () => mail.kept.length === 1);
  await client.open(linkIn(mail.kept[0]?.text ?? ""));
  await client.submit({ password: PASSWORD });
  return client;
}
