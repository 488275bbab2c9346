import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { readSettings } from "../../src/cli/env.ts";
import { freshFolder, runToExit, startServer } from "../support/process.ts";

const PRODUCTION = {
  NODE_ENV: "production",
  BASE_URL: "https://acme.example",
  MAIL_FROM: "Acme <no-reply@acme.example>",
  SMTP_URL: "smtps://acme:open-sesame@mail.acme.example",
};

const PUBLIC = { NODE_ENV: "development", DEV_MAILBOX: "public" };

describe("latchkey serve exits with 1", { concurrency: true }, () => {
  it("in production without settings, and names all of them", async () => {
    const { code, output } = await runToExit({ env: { NODE_ENV: "production" } });

    assert.equal(code, 1);
    assert.equal(
      output,
      `Latchkey can't start. Fix these settings:
  BASE_URL is missing. Set the public URL of this server, for example https://acme.example.
  MAIL_FROM is missing. Set the sender, for example Acme <no-reply@acme.example>.
  SMTP_URL is missing. Set your mail server, for example smtps://user:password@mail.acme.example.
`,
    );
  });

  it("if the port is in use", async () => {
    const running = await startServer();

    const { code, output } = await runToExit({ env: { PORT: String(running.port) } });

    assert.equal(code, 1);
    assert.equal(output, `Port ${running.port} on 127.0.0.1 is already in use. Set PORT to a different port.\n`);
  });

  it("if HOST can't be resolved, and names it", async () => {
    const { code, output } = await runToExit({ env: { HOST: "no-such-host.invalid" } });

    assert.equal(code, 1);
    assert.match(output, /^HOST is "no-such-host\.invalid", which can't be resolved\./);
  });

  it("if HOST is an address of another machine, and names it", async () => {
    const { code, output } = await runToExit({ env: { HOST: "192.0.2.1" } });

    assert.equal(code, 1);
    assert.match(output, /^HOST is "192\.0\.2\.1", which is not an address of this machine\./);
  });

  for (const [what, url, why] of [
    ["a folder", "sqlite:folder", /unable to open database file/],
    ["another file", "sqlite:notes.txt", /file is not a database/],
    ["locked by another process", "sqlite:held.db", /database is locked/],
  ] as const) {
    it(`if the database is ${what}`, async () => {
      const folder = await freshFolder();
      await mkdir(join(folder, "folder"));
      await writeFile(join(folder, "notes.txt"), "Milk, bread, and a new key for the back door. ".repeat(50));
      const held = new DatabaseSync(join(folder, "held.db"));
      held.exec("create table mine (id); begin exclusive");

      const { code, output } = await runToExit({ folder, env: { DATABASE_URL: url } });

      held.close();
      assert.equal(code, 1);
      assert.match(output, why);
      assert.ok(output.startsWith(`Can't open the database ${url}: `), output);
      assert.equal(output.split("\n").length, 2, output);
    });
  }
});

describe("readSettings reports", () => {
  const cases: Array<[Record<string, string>, string]> = [
    [{ NODE_ENV: "staging" }, 'NODE_ENV is "staging". Use production or development.'],
    [{ PORT: "0" }, 'PORT is "0". Use a number from 1 to 65535, for example 3000.'],
    [{ PORT: "http" }, 'PORT is "http". Use a number from 1 to 65535, for example 3000.'],
    [{ BASE_URL: "acme.example" }, 'BASE_URL is "acme.example". Use a URL like https://acme.example.'],
    [{ BASE_URL: "http://acme.example" }, "In production it must start with https://"],
    [{ BASE_URL: "https://acme:open-sesame@acme.example" }, "BASE_URL contains a username or password. Remove it."],
    [
      { BASE_URL: "https://acme.example/?a" },
      "BASE_URL contains a query or fragment. Remove everything from ? or # on.",
    ],
    [{ BASE_URL: "https://acme.example#" }, "BASE_URL contains a query or fragment. Remove everything from ? or # on."],
    [
      { DATABASE_URL: "sqlite:" },
      "DATABASE_URL must be sqlite: and a path (sqlite:latchkey.db), or a URL like postgres://user:password@host/name.",
    ],
    [{ MAIL_FROM: "Acme" }, "MAIL_FROM must be a single address, for example Acme <no-reply@acme.example>."],
    [
      { MAIL_FROM: "Acme <a@b>\r\nBcc: c@d" },
      "MAIL_FROM must be a single address, for example Acme <no-reply@acme.example>.",
    ],
    [{ SMTP_URL: "mail.acme.example" }, "SMTP_URL must be smtps://user:password@host or smtp://user:password@host"],
    [{ SMTP_URL: "smtp://acme:100%@mail.acme.example" }, "SMTP_URL has a path, query or fragment."],
    [{ SMTP_URL: "smtps://mail.acme.example, mail2.acme.example" }, "SMTP_URL must be"],
    [{ SMTP_URL: "smtps://mail.acme.example, smtps://" }, "Separate several with commas."],
    [{ SMTP_URL_FILE: "/nowhere/smtp" }, 'SMTP_URL_FILE points to "/nowhere/smtp", which can\'t be read.'],
    [{ PRODUCT_NAME: "A\nB" }, "PRODUCT_NAME must be 1 to 60 characters"],
    [{ TRUSTED_PROXIES: "10.0.0.0/99" }, 'TRUSTED_PROXIES contains "10.0.0.0/99". Use IP addresses or ranges'],
    [
      { PASSWORD_MIN_LENGTH: "7" },
      'PASSWORD_MIN_LENGTH is "7". Use a whole number of characters from 8 to 256, for example 15.',
    ],
    [
      { PASSWORD_MIN_LENGTH: "15.5" },
      'PASSWORD_MIN_LENGTH is "15.5". Use a whole number of characters from 8 to 256, for example 15.',
    ],
    [
      { PASSWORD_MIN_LENGTH: "long" },
      'PASSWORD_MIN_LENGTH is "long". Use a whole number of characters from 8 to 256, for example 15.',
    ],
    [
      { RESET_LINK_MINUTES: "0" },
      'RESET_LINK_MINUTES is "0". Use a whole number of minutes from 1 to 43200, for example 60.',
    ],
    [
      { RESET_LINK_MINUTES: "1.5" },
      'RESET_LINK_MINUTES is "1.5". Use a whole number of minutes from 1 to 43200, for example 60.',
    ],
    [
      { SIGN_UP_LINK_MINUTES: "soon" },
      'SIGN_UP_LINK_MINUTES is "soon". Use a whole number of minutes from 1 to 43200, for example 1440.',
    ],
    [
      { LIMIT_REQUESTS_PER_IP: "0/10m" },
      'LIMIT_REQUESTS_PER_IP is "0/10m". Use a count and a period, for example 30/10m.',
    ],
  ];

  for (const [env, sentence] of cases)
    it(`${Object.entries(env).map(([name, value]) => `${name}=${JSON.stringify(value)}`)}`, () => {
      const { SMTP_URL, ...rest } = PRODUCTION;
      const given = { ...(env.SMTP_URL_FILE ? rest : { ...rest, SMTP_URL }), ...env };

      const problems = problemsOf(given);

      assert.ok(problems.includes(sentence), problems);
      assert.doesNotMatch(problems, /open-sesame|100%/);
      const [name] = Object.keys(env);
      const others = problems.split("\n").filter((line) => !line.startsWith(`  ${name} `));
      const allowed = env.NODE_ENV || env.SMTP_URL_FILE ? 1 : 0;
      assert.ok(others.length <= allowed, `one mistake reported under several names: ${problems}`);
    });

  for (const [title, env, expected] of [
    [
      "--development with a public https BASE_URL",
      { BASE_URL: "https://acme.example" },
      /^ {2}NODE_ENV is missing, and/,
    ],
    ["nothing for --development with a loopback BASE_URL", { BASE_URL: "https://localhost:3000" }, /^$/],
    [
      "nothing for --development if NODE_ENV=development",
      { BASE_URL: "https://t.example", NODE_ENV: "development" },
      /^$/,
    ],
    [
      "DEV_MAILBOX=public with a public https BASE_URL",
      { ...PUBLIC, BASE_URL: "https://t.example" },
      /^ {2}DEV_MAILBOX is/,
    ],
    ["nothing for DEV_MAILBOX=public with a loopback BASE_URL", { ...PUBLIC, BASE_URL: "https://127.0.0.1" }, /^$/],
    ["an unknown value of DEV_MAILBOX", { DEV_MAILBOX: "on" }, /^ {2}DEV_MAILBOX must be local or public\.$/],
    [
      "KEEP_ALIVE_SECONDS=0",
      { KEEP_ALIVE_SECONDS: "0" },
      /^ {2}KEEP_ALIVE_SECONDS is "0". Use a number from 1 to 3600/,
    ],
    [
      "a missing SMTP_CA_FILE",
      { SMTP_CA_FILE: "/no/ca.pem" },
      /^ {2}SMTP_CA_FILE is "\/no\/ca.pem", which can't be read/,
    ],
  ] as const) {
    it(title, () => {
      assert.match(problemsOf(env, { development: true }), expected);
    });
  }

  it("many problems at once, without a secret in them", () => {
    const env = {
      PORT: "99999",
      BASE_URL: "ftp://acme.example",
      DATABASE_URL: "mysql://root:open-sesame@db",
      MAIL_FROM: "anna@example.com, bob@example.com",
      SMTP_URL: "http://acme:open-sesame@mail.acme.example",
      PRODUCT_NAME: "<b>Acme</b>",
      TRUSTED_PROXIES: "10.0.0.0/8, 10.0.0.0/99",
      PASSWORD_MIN_LENGTH: "7",
      RESET_LINK_MINUTES: "0",
      SIGN_UP_LINK_MINUTES: "soon",
      LIMIT_REQUESTS_PER_IP: "many",
      LIMIT_MAILS_PER_ADDRESS: "5",
      LIMIT_SIGN_INS_PER_ACCOUNT: "1/0m",
    };

    const problems = problemsOf({ NODE_ENV: "development", ...env });

    const named = [...problems.matchAll(/^ {2}([A-Z_]+) /gm)].map(([, name]) => name);
    assert.deepEqual(named.toSorted(), Object.keys(env).toSorted());
    assert.doesNotMatch(problems, /open-sesame/);
  });

  it("what production requires if NODE_ENV is unset", () => {
    assert.match(problemsOf({}), /BASE_URL is missing[\s\S]*MAIL_FROM is missing[\s\S]*SMTP_URL is missing/);
  });

  it("nothing for valid settings", () => {
    assert.equal(problemsOf(PRODUCTION), "");
    assert.equal(problemsOf({ NODE_ENV: "development", BASE_URL: "", PORT: "", SMTP_URL: "" }), "");
  });

  it("only PORT for a bad PORT in development", () => {
    assert.match(problemsOf({ NODE_ENV: "development", PORT: "http" }), /^ {2}PORT is "http"\..*$/);
  });
});

function problemsOf(env: Record<string, string>, options = {}): string {
  try {
    readSettings(env, options);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}
