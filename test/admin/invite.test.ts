import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { openMailServer } from "../support/mail-server.ts";
import { linkIn, openApp, PASSWORD } from "../support/open-app.ts";
import { count, type OperatorCli, openOperatorCli } from "../support/operator-cli.ts";
import { freshFolder, runToExit, startServer } from "../support/process.ts";
import { until } from "../support/until.ts";
import { assertSays, SUBJECTS, words } from "../support/words.ts";

describe("latchkey invite", { concurrency: true }, () => {
  it("creates an account for each address and emails each one link that sets a password", async () => {
    const mail = await openMailServer();
    const env = { SMTP_URL: mail.url };
    const cli = await openOperatorCli(env);
    const server = await startServer({ env, folder: cli.folder });
    await put(cli, '\ufeffName,EMail,City\r\n"Anna, A.", Anna@Example.com ,Ulm\r\nBob,bob@example.com\r\n\r\n');

    const first = await cli.run("invite", "people.csv", "--per-minute", "6000");
    await until("both have a mail", () => mail.kept.length === 2);
    const again = await cli.run("invite", "people.csv", "--per-minute", "6000");
    await until("both have another mail", () => mail.kept.length === 4);

    assert.equal(first.code, 0);
    assert.match(first.output, /^Created 2 accounts\. Skipped 0 that already exist/);
    assert.match(
      again.output,
      /^Created 0 accounts\. Invited 2 accounts without a password again\. Skipped 0 that already exist/,
    );
    assert.equal(mail.kept[0]?.parsed.subject, SUBJECTS.invitation);
    assert.deepEqual(mail.kept.flatMap(({ to }) => to).toSorted(), [
      "anna@example.com",
      "anna@example.com",
      "bob@example.com",
      "bob@example.com",
    ]);
    const anna = server.client();
    await anna.open(linkIn(mail.kept.find(({ to }) => to.includes("anna@example.com"))?.text ?? ""));
    await anna.submit({ password: PASSWORD });
    assert.match(anna.text, /anna@example\.com/);
    await until("a notice went to her alone", () => mail.kept.length === 5);
    assert.equal(mail.kept[4]?.parsed.subject, SUBJECTS.passwordChanged);
  });

  it("allows no sign-in before the password is set", async () => {
    const app = await openApp();
    await app.latchkey.operator.invite([{ line: 2, email: "anna@example.com" }]);

    for (const password of ["", "null", PASSWORD]) {
      assert.deepEqual(await app.visit().signIn({ email: "anna@example.com", password }), { kind: "refused" });
    }
  });

  it("reports each invalid line with its number and reason, and then changes nothing", async () => {
    const cli = await openOperatorCli();
    await put(cli, "email,name\nanna@example.com,Anna\nbob at example,Bob\n,Carol\n\nx@y.example;z@y.example,D\n");

    const { code, output } = await cli.run("invite", "people.csv");

    assert.equal(code, 1);
    assert.deepEqual(output.trimEnd().split("\n"), [
      "Nothing was imported. Fix these lines in people.csv:",
      "  line 3: invalid email address",
      "  line 4: no email address",
      "  line 6: invalid email address",
    ]);
    assert.equal(await count(cli, "select count(*) from latchkey_accounts"), 0);
    assert.equal(await count(cli, "select count(*) from latchkey_outbox"), 0);
  });

  it("counts a duplicate address once", async () => {
    const cli = await openOperatorCli();
    await put(cli, "email\nanna@example.com\nANNA@example.com\n");

    const { output } = await cli.run("invite", "people.csv");

    assert.match(output, /^Created 1 account\. Skipped 0 that already exist and 1 duplicate\./);
  });

  it("refuses a missing file, a file without an email column, and a file that is no CSV", async () => {
    const cli = await openOperatorCli();

    const missing = await cli.run("invite", "people.csv");
    await put(cli, "mail,name\nanna@example.com,Anna\n");
    const noColumn = await cli.run("invite", "people.csv");
    await put(cli, 'email\n"anna@example.com\n');
    const broken = await cli.run("invite", "people.csv");

    assert.match(missing.output, /^Can't read people\.csv: ENOENT/);
    assert.equal(
      noColumn.output,
      "Nothing was imported. people.csv has no email column. Its header row is: mail, name\n",
    );
    assert.match(broken.output, /^Nothing was imported\. people\.csv isn't valid CSV: Quote Not Closed/);
    assert.deepEqual([missing.code, noColumn.code, broken.code], [1, 1, 1]);
    assert.equal(await count(cli, "select count(*) from latchkey_accounts"), 0);
  });

  it("refuses a database without Latchkey's tables and names `latchkey migrate`", async () => {
    const folder = await freshFolder();
    await writeFile(join(folder, "people.csv"), "email\nanna@example.com\n");
    const run = (...command: string[]) => runToExit({ folder, command: ["--development", ...command] });

    const refused = await run("invite", "people.csv");
    assert.equal(refused.code, 1);
    assert.match(refused.output, /has no tables of Latchkey\. Run `latchkey migrate`/);

    assert.equal((await run("migrate")).code, 0);
    const { code, output } = await run("invite", "people.csv");
    assert.equal(code, 0);
    assert.match(output, /1 email not sent yet\. The server keeps sending them\./);
  });
});

function put({ folder }: OperatorCli, content: string): Promise<void> {
  return writeFile(join(folder, "people.csv"), content);
}

describe("An invited person", () => {
  const EMAIL = "anna@example.com";
  const DAY = 86_400_000;

  async function invited() {
    const app = await openApp();
    const { operator } = app.latchkey;
    const invite = async () => {
      const result = await operator.invite([{ line: 2, email: EMAIL }]);
      await operator.mail.bulkRelease(6_000)();
      await app.deliver();
      return result;
    };
    await invite();
    return { app, invite, link: app.lastLink() };
  }

  it("whose link expired is told so, and the email asked for there is an invitation again", async () => {
    const { app, link } = await invited();
    app.pass(2 * DAY);

    const anna = app.client();
    await anna.open(link);
    assert.equal(anna.page.status, 410);
    assert.match(anna.text, /This invitation has expired/);
    assert.doesNotMatch(anna.text, /anna@example\.com/);

    await anna.post("/forgot-password", { email: EMAIL });
    await app.deliver();
    assert.equal(app.lastMail().subject, SUBJECTS.invitation);
    await anna.open(app.lastLink());
    assertSays(anna.text, words.invited.title, words.invited.intro, words.invited.button);
    await anna.submit({ password: PASSWORD });
    assert.match(anna.text, /anna@example\.com/);
  });

  it("gets the invitation again if invited again, and none while one waits or once a password is set", async () => {
    const { app, invite, link } = await invited();
    const { operator } = app.latchkey;

    assert.deepEqual(await invite(), { kind: "done", made: 0, invitedAgain: 1, alreadyThere: 0, twice: 0 });
    assert.equal(app.mails.length, 2);
    assert.equal(app.lastMail().subject, SUBJECTS.invitation);

    await operator.invite([{ line: 2, email: EMAIL }]);
    const waiting = await operator.invite([{ line: 2, email: EMAIL }]);
    assert.deepEqual(waiting, { kind: "done", made: 0, invitedAgain: 0, alreadyThere: 1, twice: 0 });

    const anna = app.client();
    await anna.open(link);
    await anna.submit({ password: PASSWORD });
    assert.deepEqual(await invite(), { kind: "done", made: 0, invitedAgain: 0, alreadyThere: 1, twice: 0 });
  });

  it("gets a reset email once a password is set, and a plain expired page", async () => {
    const { app, invite, link } = await invited();
    await invite();
    const anna = app.client();
    await anna.open(app.lastLink());
    await anna.submit({ password: PASSWORD });

    await app.client().post("/forgot-password", { email: EMAIL });
    await app.deliver();
    assert.equal(app.lastMail().subject, SUBJECTS.reset);
    app.pass(2 * DAY);
    const later = app.client();
    await later.open(link);
    assert.doesNotMatch(later.text, /invitation/);
  });

  it("is not who lost the password to an operator's reset", async () => {
    const { app, link } = await invited();
    const anna = app.client();
    await anna.open(link);
    await anna.submit({ password: PASSWORD });
    const { operator } = app.latchkey;
    for await (const _ of operator.resetAll.endEverything(await operator.resetAll.begin()));

    await app.client().post("/forgot-password", { email: EMAIL });
    await app.deliver();
    assert.equal(app.lastMail().subject, SUBJECTS.reset);
  });
});
