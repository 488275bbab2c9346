import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { isOnPostgres } from "../support/engine.ts";
import { openMailServer } from "../support/mail-server.ts";
import { addAccounts, count, inFolder, type OperatorCli, openOperatorCli } from "../support/operator-cli.ts";
import { launch, startServer } from "../support/process.ts";
import { until } from "../support/until.ts";

const UNUSABLE = "select count(*) from latchkey_accounts where password_hash is null";

describe("latchkey reset-all", () => {
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
});

describe("latchkey invite", () => {
  it("changes nothing if it is killed while it writes, and completes on the next run", async () => {
    const people = 8_000;
    const cli = await openOperatorCli();
    await put(cli, `email\n${Array.from({ length: people }, (_, i) => `person${i}@example.com`).join("\n")}\n`);
    const command = ["invite", "people.csv", "--per-minute", "4000"];

    const first = await launch(inFolder(cli.folder, {}, command));
    await until("it has written some", async () => (await bytesWritten(cli)) > 1_000_000, { every: 1 });
    await first.kill("SIGKILL");
    const left = [];
    for (const table of ["accounts", "outbox", "events"]) {
      left.push(await count(cli, `select count(*) from latchkey_${table}`));
    }
    const second = await launch(inFolder(cli.folder, {}, command));
    await until("it is done", () => second.output().includes("Created 8,000 accounts."));

    assert.deepEqual(left, [0, 0, 0]);
    assert.equal(await count(cli, "select count(*) from latchkey_accounts"), people);
    assert.equal(await count(cli, "select count(distinct email) from latchkey_outbox"), people);
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

function put({ folder }: OperatorCli, content: string): Promise<void> {
  return writeFile(join(folder, "people.csv"), content);
}

/** How much has been written, committed or not. */
async function bytesWritten(cli: OperatorCli): Promise<number> {
  if (isOnPostgres()) return count(cli, "select pg_relation_size('latchkey_events')");
  return statSync(join(cli.folder, "latchkey.db-wal"), { throwIfNoEntry: false })?.size ?? 0;
}
