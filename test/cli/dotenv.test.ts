import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parseDotenv, readDotenv } from "../../src/cli/dotenv.ts";
import { readSettings } from "../../src/cli/env.ts";
import { resolveOptions } from "../../src/options/options.ts";
import { freshFolder } from "../support/process.ts";

const TEXT = 'NODE_ENV=production\nMAIL_FROM="Acme <a@acme.example>"\n# a comment\nPORT=3001\n';
const VALUES = { NODE_ENV: "production", MAIL_FROM: "Acme <a@acme.example>", PORT: "3001" };

describe("A .env file", () => {
  for (const [title, bytes] of [
    ["with a UTF-8 byte order mark", Buffer.from(`\ufeff${TEXT}`)],
    ["with Windows line ends", Buffer.from(TEXT.replaceAll("\n", "\r\n"))],
    ["with old Mac line ends", Buffer.from(TEXT.replaceAll("\n", "\r"))],
    ["in UTF-16 with a byte order mark, as PowerShell writes it", Buffer.from(`\ufeff${TEXT}`, "utf16le")],
    ["in big-endian UTF-16", Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16()],
    ["with indented lines and no-break spaces", Buffer.from(TEXT.replace(/^/gm, " \u00a0"))],
    ["with zero-width spaces", Buffer.from(TEXT.replace("NODE_ENV", "\u200bNODE_ENV"))],
    ["with export before the names", Buffer.from(TEXT.replace(/^(?=\w)/gm, "export "))],
  ] as const) {
    it(`is read ${title} (C1)`, async () => {
      const path = join(await freshFolder(), ".env");
      await writeFile(path, bytes);

      const { values, warnings } = readDotenv(path);

      assert.deepEqual({ ...values }, VALUES);
      assert.deepEqual(warnings, []);
    });
  }

  it("that does not exist sets nothing", () => {
    assert.deepEqual(readDotenv("/nowhere/.env"), { values: {}, warnings: [] });
  });

  it("may have a value of several lines in quotes", () => {
    const { values, warnings } = parseDotenv('A="one\ntwo = 2\nthree"\nB=2\n');

    assert.deepEqual({ ...values }, { A: "one\ntwo = 2\nthree", B: "2" });
    assert.deepEqual(warnings, []);
  });

  it("may have a sender whose name is in quotes", () => {
    const { values } = parseDotenv('MAIL_FROM="Acme, Ltd" <a@acme.example> # us\nPRODUCT_NAME="Acme" # quoted\n');

    assert.deepEqual({ ...values }, { MAIL_FROM: '"Acme, Ltd" <a@acme.example>', PRODUCT_NAME: "Acme" });
    const { options } = readSettings({ NODE_ENV: "development", ...values });
    assert.deepEqual(resolveOptions(options).mail.from, { name: "Acme, Ltd", address: "a@acme.example" });
  });

  it("causes a warning for a line that is not NAME=value, with its number", () => {
    assert.deepEqual(parseDotenv("PORT=3001\nNODE_ENV: production\n").warnings, [
      ".env line 2 is ignored: it is not NAME=value.",
    ]);
  });

  it("causes a warning for an unquoted value that ends before a #, without its value", () => {
    const { warnings } = parseDotenv("SMTP_URL=smtps://acme:pass#word@mail.acme.example\nPORT=1 # comment\n");

    assert.deepEqual(warnings, ["SMTP_URL in .env ends before the #. Put the value in quotes to keep it whole."]);
  });

  it("causes a warning for NODE_EXTRA_CA_CERTS, which names SMTP_CA_FILE", () => {
    const [warning = ""] = parseDotenv("NODE_EXTRA_CA_CERTS=/etc/ca.pem\n").warnings;

    assert.match(warning, /^NODE_EXTRA_CA_CERTS in \.env has no effect.*SMTP_CA_FILE/);
  });
});

describe("A name that resembles a setting", () => {
  for (const [name, meant] of [
    ["TRUSTED_PROXY", "TRUSTED_PROXIES"],
    ["MAIL_FORM", "MAIL_FROM"],
    ["mail_from", "MAIL_FROM"],
    ["NODE_EVN", "NODE_ENV"],
    ["DATABASEURL", "DATABASE_URL"],
    ["LIMIT_REQUEST_PER_IP", "LIMIT_REQUESTS_PER_IP"],
    ["PROT", "PORT"],
  ] as const) {
    it(`is reported: ${name} (C1)`, () => {
      const { warnings } = readSettings({ NODE_ENV: "development", [name]: "x" }, { dotenv: [name] });

      assert.deepEqual(warnings, [`${name} is not a setting and is ignored. Did you mean ${meant}?`]);
    });
  }

  for (const [name, sentence] of [
    ["NODE_ENV_FILE", "is not a setting: NODE_ENV can't be read from a file. Set NODE_ENV itself."],
    [
      "UV_THREADPOOL_SIZE_FILE",
      "is not a setting: UV_THREADPOOL_SIZE can't be read from a file. Set UV_THREADPOOL_SIZE itself.",
    ],
    ["SMTP_CA_FILE_FILE", "is not a setting: SMTP_CA_FILE can't be read from a file. Set SMTP_CA_FILE itself."],
    ["SECRET_KEYS_FILE", "is not a setting. Did you mean SECRET_KEY_FILE?"],
    ["secret_key_file", "is not a setting. Did you mean SECRET_KEY_FILE?"],
    ["SMTP_HOSTNAME_FILE", "is not a setting. Remove it."],
  ] as const) {
    it(`is refused if it names a file that would not be read: ${name} (C1)`, () => {
      const env = { NODE_ENV: "development", [name]: "/run/secrets/x" };

      assert.throws(() => readSettings(env, { dotenv: [name] }), { message: `  ${name} ${sentence}` });
    });
  }

  it("is accepted if it names a file of another program", () => {
    const files = ["SSL_CERT_FILE", "AWS_SHARED_CREDENTIALS_FILE", "POSTGRES_PASSWORD_FILE", "SMTP_HOSTNAME_FILE"];
    const env = Object.fromEntries(files.map((name) => [name, "/run/secrets/x"]));

    assert.deepEqual(readSettings({ ...env, NODE_ENV: "development" }).warnings, []);
  });

  it("is reported in .env if it only shares a prefix", () => {
    const { warnings } = readSettings({ NODE_ENV: "development", SMTP_HOSTNAME: "x" }, { dotenv: ["SMTP_HOSTNAME"] });

    assert.deepEqual(warnings, ["SMTP_HOSTNAME is not a setting and is ignored."]);
  });

  it("is not reported for settings, their _FILE and the variables of a usual environment", () => {
    const usual = "PATH HOME HOSTNAME SHELL TERM LANG USER PWD MAIL EDITOR TZ LOGNAME SHLVL".split(" ");
    const names = [...usual, "PORT", "SMTP_URL", "PRODUCT_NAME_FILE", "NODE_OPTIONS", "UV_THREADPOOL_SIZE"];
    const env = Object.fromEntries(names.map((name) => [name, ""]));

    assert.deepEqual(readSettings({ ...env, NODE_ENV: "development" }).warnings, []);
  });
});
