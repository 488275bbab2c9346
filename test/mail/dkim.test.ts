import assert from "node:assert/strict";
import { createHash, createPublicKey, createVerify, generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { readSettings, SettingsError } from "../../src/cli/env.ts";
import { dkimKeyProblem } from "../../src/mail/smtp/dkim.ts";
import { OptionsError, resolveOptions } from "../../src/options/options.ts";
import { openMailServer } from "../support/mail-server.ts";
import { openApp, signUp } from "../support/open-app.ts";
import { openAppOverSmtp } from "../support/open-app-over-smtp.ts";
import { freshFile } from "../support/open-store.ts";

const BASE_URL = "http://localhost:3000";
const PEM = pemOf(generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey);
const DKIM = { domain: "acme.example", selector: "mail2026", privateKey: PEM };

describe("A DKIM-signed email", () => {
  it("has a valid signature that names the domain, the selector and the signed headers", async () => {
    const source = await mailedWith(DKIM);

    const { tags } = parts(source);
    assert.equal(verdict(source), "good");
    assert.deepEqual([tags.v, tags.a, tags.c, tags.d, tags.s], expectedTags());
    for (const name of ["from", "to", "subject", "date", "message-id", "mime-version", "content-type"]) {
      assert.ok(tags.h?.split(":").includes(name), name);
    }
  });

  const forgeries: Array<[string, (source: string) => string]> = [
    ["its subject", (source) => source.replace(/^Subject: .*/m, "Subject: You won")],
    ["its sender", (source) => source.replace("no-reply@acme.example", "no-reply@evil.example")],
    ["its recipient", (source) => source.replace(/^To: .*/m, "To: mallory@example.com")],
    ["its Message-ID", (source) => source.replace(/^(Message-ID: <).*/m, "$11@acme.example>")],
    ["one character of its link", (source) => source.replace(/sign-up\/./, "sign-up/!")],
    ["its end, by an added line", (source) => `${source}And pay here.\r\n`],
  ];
  for (const [what, forge] of forgeries) {
    it(`fails to verify after a change of ${what}`, async () => {
      const source = await mailedWith(DKIM);

      const forged = forge(source);

      assert.notEqual(forged, source);
      assert.notEqual(verdict(forged), "good");
      assert.equal(verdict(source), "good");
    });
  }

  it("fails to verify with another key", async () => {
    const other = pemOf(generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey);

    assert.equal(verdict(await mailedWith({ ...DKIM, privateKey: other })), "wrong signature");
  });

  it("is signed again at each attempt, because its link is new", async () => {
    const { app, server } = await openAppOverSmtp({}, {});
    const signed = await openApp({ mail: { from: "Acme <no-reply@acme.example>", transport: server.url, dkim: DKIM } });
    server.script = ({ at, nth }) => (at === "message" && nth === 1 ? 451 : 250);
    await signed.client().post("/sign-up", { email: "anna@example.com" });
    await signed.deliver();
    signed.pass(10_000);
    await signed.deliver();

    assert.equal(server.arrived.length, 2);
    for (const { source } of server.arrived) assert.equal(verdict(source), "good");
    await app.latchkey.close();
  });

  it("is sent unsigned without a key", async () => {
    const { app, server } = await openAppOverSmtp();

    await signUp(app, "anna@example.com");

    assert.doesNotMatch(server.kept[0]?.source ?? "", /^dkim-signature:/im);
  });
});

describe("DKIM_PRIVATE_KEY", () => {
  it("is read from a file, from several lines, and from one line with \\n", () => {
    const path = freshFile();
    writeFileSync(path, PEM);
    const env = { NODE_ENV: "development", DKIM_DOMAIN: DKIM.domain, DKIM_SELECTOR: DKIM.selector };

    for (const given of [
      { DKIM_PRIVATE_KEY_FILE: path },
      { DKIM_PRIVATE_KEY: PEM },
      { DKIM_PRIVATE_KEY: PEM.trim().replaceAll("\n", "\\n") },
    ]) {
      const { options } = readSettings({ ...env, ...given });
      assert.equal(resolveOptions(options).mail.dkim?.privateKey.trim(), PEM.trim());
    }
    assert.equal(resolveOptions(readSettings({ NODE_ENV: "development" }).options).mail.dkim, null);
  });

  it("is refused if it cannot sign, and the error does not repeat it", () => {
    const weak = pemOf(generateKeyPairSync("rsa", { modulusLength: 512 }).privateKey);
    const curve = pemOf(generateKeyPairSync("ed25519").privateKey);
    const locked = generateKeyPairSync("rsa", { modulusLength: 1_024 }).privateKey.export({
      type: "pkcs8",
      format: "pem",
      cipher: "aes-256-cbc",
      passphrase: "open sesame",
    });
    const publicKey = String(createPublicKey(PEM).export({ type: "spki", format: "pem" }));

    assert.equal(dkimKeyProblem(PEM), null);
    assert.match(dkimKeyProblem(weak) ?? "", /is only 512 bits/);
    assert.match(dkimKeyProblem(curve) ?? "", /must be an RSA key/);
    for (const text of [String(locked), publicKey, PEM.slice(0, 200), ""]) {
      assert.match(dkimKeyProblem(text) ?? "", /isn't a PEM private key/);
    }
    const broken = PEM.replace("PRIVATE", "PRIVAT");
    assert.throws(
      () => resolveOptions({ baseUrl: BASE_URL, mail: { dkim: { ...DKIM, privateKey: broken } } }),
      (error) => error instanceof OptionsError && !error.message.includes(PEM.split("\n")[1] ?? ""),
    );
  });
});

describe("The three DKIM settings", () => {
  const all = { DKIM_DOMAIN: "acme.example", DKIM_SELECTOR: "mail2026", DKIM_PRIVATE_KEY: PEM };
  const cases: Array<[Record<string, string>, string]> = [
    [{ DKIM_DOMAIN: "" }, "DKIM_DOMAIN is missing. To sign email with DKIM, set the domain, selector and private key."],
    [{ DKIM_SELECTOR: "" }, "DKIM_SELECTOR is missing."],
    [{ DKIM_PRIVATE_KEY: "" }, "DKIM_PRIVATE_KEY is missing."],
    [{ DKIM_DOMAIN: "acme.example; t=y" }, "DKIM_DOMAIN must be a domain, for example acme.example."],
    [{ DKIM_SELECTOR: "a b" }, "DKIM_SELECTOR must be the part before ._domainkey, for example mail2026."],
    [{ DKIM_PRIVATE_KEY: "MIIEvQIBADANBg" }, "DKIM_PRIVATE_KEY isn't a PEM private key (-----BEGIN"],
    [{ DKIM_PRIVATE_KEY_FILE: "/nowhere", DKIM_PRIVATE_KEY: "" }, 'DKIM_PRIVATE_KEY_FILE points to "/nowhere"'],
  ];
  for (const [wrong, sentence] of cases) {
    it(`are reported by name if one is wrong: ${sentence}`, () => {
      assert.throws(
        () => readSettings({ NODE_ENV: "development", ...all, ...wrong }),
        (error) => error instanceof SettingsError && error.message.trim().startsWith(sentence),
      );
    });
  }
});

async function mailedWith(dkim: typeof DKIM): Promise<string> {
  const server = await openMailServer();
  const app = await openApp({ mail: { from: "Acme <no-reply@acme.example>", transport: server.url, dkim } });
  await app.client().post("/sign-up", { email: "anna@example.com" });
  await app.deliver();
  return server.kept.at(-1)?.source ?? "";
}

function pemOf(key: ReturnType<typeof generateKeyPairSync>["privateKey"]): string {
  return String(key.export({ type: "pkcs8", format: "pem" }));
}

function expectedTags(): string[] {
  return ["1", "rsa-sha256", "relaxed/relaxed", DKIM.domain, DKIM.selector];
}

/** What a receiver makes of the signature, worked out by hand (RFC 6376 §3.4.2, §3.4.4, §3.7). */
function verdict(source: string): "good" | "wrong body" | "wrong signature" {
  const { headers, body, signature, tags } = parts(source);
  const lines = body.replace(/[ \t]+(?=\r\n)/g, "").replace(/[ \t]+/g, " ");
  const canonicalBody = `${lines.replace(/(\r\n)*$/, "")}\r\n`;
  if (createHash("sha256").update(canonicalBody, "latin1").digest("base64") !== tags.bh) return "wrong body";

  const covered = (tags.h ?? "").split(":").map((name) => headers.findLast((line) => nameOf(line) === name) ?? "");
  const withoutItself = relaxed(signature).replace(/b=[^;]*$/, "b=");
  const signed = [...covered.map(relaxed), withoutItself].join("\r\n");
  const verifier = createVerify("RSA-SHA256").update(signed, "latin1");
  return verifier.verify(createPublicKey(PEM), tags.b ?? "", "base64") ? "good" : "wrong signature";
}

function parts(source: string) {
  const at = source.indexOf("\r\n\r\n");
  const headers = source.slice(0, at).split(/\r\n(?![ \t])/);
  const signature = headers.find((line) => nameOf(line) === "dkim-signature") ?? "";
  const pairs = relaxed(signature).slice("dkim-signature:".length).split(/; ?/);
  const tags = Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), plain(pair)]));
  return { headers, body: source.slice(at + 4), signature, tags };
}

function plain(pair: string): string {
  return pair.slice(pair.indexOf("=") + 1).replaceAll(" ", "");
}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(":")).trim().toLowerCase();
}

function relaxed(line: string): string {
  const value = line.slice(line.indexOf(":") + 1);
  return `${nameOf(line)}:${value
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ")
    .trim()}`;
}
