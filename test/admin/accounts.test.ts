import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TestClient } from "../support/client.ts";
import { linkIn, PASSWORD } from "../support/open-app.ts";
import { count, type OperatorCli, openOperatorCli } from "../support/operator-cli.ts";
import { freshFolder, runToExit, type ServerProcess, startServer } from "../support/process.ts";
import { until } from "../support/until.ts";
import { assertSays, words } from "../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";

describe("latchkey link", { concurrency: true }, () => {
  it("makes a link that signs its owner in once without any email, and records an event", async () => {
    const { cli, server } = await startServerWithAccounts(["anna"]);

    const made = await cli.run("link", "Anna@example.com");
    const owner = server.client();
    await owner.open(linkIn(made.output));
    await owner.submit({ password: NEW_PASSWORD });
    const again = await server.client().open(linkIn(made.output));
    const events = await cli.run("events", "--kind", "link-created");

    assert.equal(made.code, 0);
    assert.match(made.output, /^http:\/\/localhost:\d+\/reset-password\//);
    assert.match(made.output, /for anna@example\.com\. It works once and expires in 60 minutes/);
    assertSays(owner.text, words.me.doneReset);
    assert.equal(again.status, 410);
    assert.match(events.output, /link-created +a•••@example\.com/);
    assert.ok(!events.output.includes(linkIn(made.output).slice(-43)));
  });

  it("refuses an unknown address and a disabled account", async () => {
    const { cli } = await startServerWithAccounts(["anna"]);
    await cli.run("account", "disable", "anna@example.com");

    const disabled = await cli.run("link", "anna@example.com");
    const unknown = await cli.run("link", "bob@example.com");

    assert.deepEqual([disabled.code, unknown.code], [1, 1]);
    assert.equal(unknown.output, "There's no account for bob@example.com.\n");
    assert.match(disabled.output, /is disabled/);
    assert.equal(await count(cli, "select count(*) from latchkey_tokens where ended_at is null"), 0);
  });

  it("makes a link although requested links have reached the limit of live links", async () => {
    const { cli, server } = await startServerWithAccounts(["anna"]);
    for (let i = 0; i < 5; i += 1) await server.client().send("/forgot-password", { email: "anna@example.com" });
    await until(
      "five links are live",
      async () => (await count(cli, "select count(*) from latchkey_tokens where ended_at is null")) === 5,
    );

    const made = await cli.run("link", "anna@example.com");

    assert.equal((await server.client().open(linkIn(made.output))).status, 200);
  });
});

describe("latchkey account disable, enable and delete", { concurrency: true }, () => {
  it("refuse every sign-in of a disabled account, and accept the old password after it is enabled", async () => {
    const { cli, server, people } = await startServerWithAccounts(["anna", "bob"]);

    const disabled = await cli.run("account", "disable", "anna@example.com");

    assert.equal(disabled.output, "anna@example.com: account disabled.\n");
    assert.equal((await people[0]?.open("/users/me"))?.body.includes("Your account"), false);
    assert.match((await people[1]?.open("/users/me"))?.body ?? "", /Your account/);
    assert.equal((await signIn(server, "anna")).status, 401);
    await cli.run("account", "enable", "anna@example.com");
    assert.equal((await signIn(server, "anna")).status, 303);
    assert.equal((await people[0]?.open("/users/me"))?.body.includes("Your account"), false);
  });

  it("delete an account from every table and keep one line of the audit log", async () => {
    const { cli, server } = await startServerWithAccounts(["anna", "bob"]);
    await server.client().send("/forgot-password", { email: "anna@example.com" });
    await signIn(server, "anna", "not her password at all");

    const unasked = await cli.run("account", "delete", "anna@example.com");
    const id = (await cli.rows("select id from latchkey_accounts where email = 'anna@example.com'"))[0]?.id;
    const deleted = await cli.run("account", "delete", "anna@example.com", "--yes");

    assert.equal(unasked.code, 1);
    assert.match(unasked.output, /Nothing was changed. Add --yes/);
    assert.equal(deleted.code, 0);
    const dump = await wholeDatabase(cli);
    assert.ok(dump.includes("bob@example.com"));
    assert.ok(!dump.includes("anna@example.com"), "the address is still there");
    assert.ok(!dump.includes(String(id)), "the id is still there");
    assert.equal(await count(cli, "select count(*) from latchkey_events where kind = 'account-deleted'"), 1);
  });
});

describe("latchkey sessions end-all, links end-all and restored", { concurrency: true }, () => {
  it("ask for confirmation before they revoke the sessions or links of all accounts", async () => {
    const { cli, server, people } = await startServerWithAccounts(["anna", "bob"]);
    await server.client().send("/forgot-password", { email: "anna@example.com" });
    await until(
      "a link is live",
      async () => (await count(cli, "select count(*) from latchkey_tokens where ended_at is null")) === 1,
    );

    const unasked = await cli.run("sessions", "end-all");
    assert.equal(unasked.code, 1);
    assert.equal(await count(cli, "select count(*) from latchkey_sessions"), 2);
    const sessions = await cli.run("sessions", "end-all", "--yes");
    const links = await cli.run("links", "end-all", "--yes");

    assert.equal(sessions.output, "Ended 2 sessions.\n");
    assert.equal(links.output, "Turned off 1 link.\n");
    for (const person of people) assert.equal((await person.open("/users/me")).body.includes("Your account"), false);
    const mail = await server.client().open("/mailbox");
    const id = /\/mailbox\/[0-9a-f-]{36}/.exec(mail.body)?.[0] ?? "";
    const dead = await server.client().open(linkIn((await server.client().open(id)).body));
    assert.equal(dead.status, 410);
    assertSays(dead.body, words.dead.endedTitle);
    assert.equal((await signIn(server, "anna")).status, 303);
  });

  it("revoke all sessions and links and send no queued email after a backup is restored (T6)", async () => {
    const { cli, server } = await startServerWithAccounts(["anna"]);
    await server.client().send("/forgot-password", { email: "anna@example.com" });
    await until(
      "a link is live",
      async () => (await count(cli, "select count(*) from latchkey_tokens where ended_at is null")) === 1,
    );
    await server.kill("SIGTERM");
    await cli.rows("update latchkey_outbox set state = 'due', next_attempt_at = 0 where kind = 'password-reset'");

    const restored = await cli.run("restored", "--yes");

    assert.equal(restored.output, "Ended 1 session, turned off 1 link, cancelled 1 email.\n");
    assert.equal(await count(cli, "select count(*) from latchkey_outbox where state = 'due'"), 0);
  });
});

describe("latchkey events", { concurrency: true }, () => {
  it("lists the events of one account, marks those that may belong to another, and hides those that do (K3)", async () => {
    const { cli, server } = await startServerWithAccounts(["anna", "arthur", "bob"]);
    await signIn(server, "anna", "not her password at all");

    const hers = await cli.run("events", "--account", "anna@example.com");
    const id = String((await cli.rows("select id from latchkey_accounts where email = 'anna@example.com'"))[0]?.id);
    const byId = await cli.run("events", "--account", id);
    const refused = await cli.run("events", "--kind", "sign-in-refused", "--since", "1h");
    const wrong = await cli.run("events", "--since", "soon");

    const lines = hers.output.split("\n").filter((line) => /^[ ?] {2}\d{4}/.test(line));
    assert.equal(
      lines.filter((line) => line.includes("email-requested")).length,
      2,
      "hers, and Arthur's, who is a••• too",
    );
    for (const line of lines) assert.equal(line.startsWith("?"), !line.includes(id), line);
    assert.match(hers.output, /may belong to a different address/);
    assert.ok(lines.some((line) => /signed-up +a•••@example\.com/.test(line)));
    assert.doesNotMatch(hers.output, /b•••/);
    assert.match(byId.output, /signed-in/);
    assert.doesNotMatch(byId.output, /\?|mail-asked/);
    assert.equal(refused.output.trim().split("\n").length, 1);
    assert.deepEqual([hers.code, wrong.code], [0, 1]);
    assert.match(wrong.output, /Use a duration like 30m, 1h or 7d/);
    assert.doesNotMatch(hers.output + refused.output, /anna@/);
  });
});

describe("Every latchkey command", { concurrency: true }, () => {
  it("creates no database in a folder without one", async () => {
    const folder = await freshFolder();

    const { code, output } = await runToExit({ folder, command: ["--development", "mail", "list"] });

    assert.equal(code, 1);
    assert.match(output, /No database found at latchkey\.db/);
  });

  it("requires the settings of the server and names the missing ones", async () => {
    const { code, output } = await runToExit({ command: ["mail", "list"] });

    assert.equal(code, 1);
    assert.match(output, /BASE_URL is missing[\s\S]*SMTP_URL is missing/);
  });
});

/** A server that runs, and people who have signed up on it, each with a browser. */
async function startServerWithAccounts(
  names: string[],
): Promise<{ cli: OperatorCli; server: ServerProcess; people: TestClient[] }> {
  const env = { LIMIT_REQUESTS_PER_IP: "1000/10m" };
  const cli = await openOperatorCli(env);
  const server = await startServer({ env, folder: cli.folder });
  const people: TestClient[] = [];
  for (const name of names) {
    const client = server.client();
    await client.send("/sign-up", { email: `${name}@example.com` });
    const link = await until("the mail is there", () => linkTo(server, `${name}@example.com`));
    await client.open(link);
    await client.submit({ password: PASSWORD });
    people.push(client);
  }
  return { cli, server, people };
}

async function linkTo(server: ServerProcess, email: string): Promise<string | null> {
  const { body } = await server.client().open("/mailbox");
  const row = body.split("<li").find((part) => part.includes(email)) ?? "";
  const id = /\/mailbox\/[0-9a-f-]{36}/.exec(row)?.[0];
  const mail = id ? (await server.client().open(id)).body : "";
  return mail.includes(email) ? linkIn(mail) : null;
}

async function signIn(server: ServerProcess, name: string, password = PASSWORD) {
  return server.client().send("/sign-in", { email: `${name}@example.com`, password });
}

async function wholeDatabase({ rows, tables }: OperatorCli): Promise<string> {
  const ours = (await tables()).filter((name) => name.startsWith("latchkey_"));
  return JSON.stringify(await Promise.all(ours.map((name) => rows(`select * from ${name}`))));
}
