import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { ownAccounts } from "../../src/accounts/accounts-table.ts";
import { HOUR, MINUTE } from "../../src/lib/clock.ts";
import { CERTIFICATE, openMailServer } from "../support/mail-server.ts";
import { linkIn, openApp, PASSWORD, requestReset, signUp } from "../support/open-app.ts";
import { openAppOverSmtp, SENDER } from "../support/open-app-over-smtp.ts";
import { freshFile } from "../support/open-store.ts";
import { accountOf, assertSays, SUBJECTS, words } from "../support/words.ts";

const NEW_PASSWORD = "a new and rather long password";
/** The certificate of the mail server without its key. */
const CA = CERTIFICATE.slice(CERTIFICATE.indexOf("-----BEGIN CERTIFICATE"));

describe("The whole journey over SMTP", { concurrency: true }, () => {
  for (const part of ["text", "html"] as const) {
    it(`leads from sign-up to a new password with the links of the ${part} part`, async () => {
      const { app, server } = await openAppOverSmtp();
      const anna = app.client();
      await anna.open("/sign-up");
      await anna.submit({ email: "anna@example.com" });
      await app.deliver();
      await anna.open(linkIn(server.kept.at(-1)?.[part] ?? ""));
      await anna.submit({ password: PASSWORD });
      assertSays(anna.text, accountOf("anna@example.com"));
      await anna.submit({}, "/sign-out");

      await anna.open("/forgot-password");
      await anna.submit({ email: "anna@example.com" });
      await app.deliver();
      await anna.open(linkIn(server.kept.at(-1)?.[part] ?? ""));
      await anna.submit({ password: NEW_PASSWORD });
      await app.deliver();

      assertSays(anna.text, words.me.doneReset);
      const subjects = server.kept.map((mail) => mail.parsed.subject);
      assert.deepEqual(subjects, [SUBJECTS.signUp, SUBJECTS.reset, SUBJECTS.passwordChanged]);
    });
  }
});

describe("The SMTP envelope", { concurrency: true }, () => {
  it("has one recipient, the address of the account, whatever spelling was submitted (A4)", async () => {
    const { app, server } = await openAppOverSmtp();
    await signUp(app, "anna@example.com");

    await app.client().post("/forgot-password", { email: " ANNA@Example.COM " });
    await app.deliver();

    const mail = server.kept.at(-1);
    assert.deepEqual(mail?.to, ["anna@example.com"]);
    assert.equal(mail?.from, "no-reply@acme.example");
    assert.deepEqual(addresses(mail?.parsed.to), ["anna@example.com"]);
    assert.equal(mail?.parsed.cc ?? mail?.parsed.bcc, undefined);
  });

  it("has the address as a host app's table stores it, not as it was submitted (A2)", async () => {
    const stored = { id: "7", email: "Anna.Stored@example.com", passwordHash: null, disabled: false };
    const isThere = {
      findByEmail: async () => stored,
      findById: async () => stored,
      setPassword: async () => true,
    };
    const { lock: _lock, ...table } = ownAccounts;
    const accounts = { ...table, ...isThere };
    const { app, server } = await openAppOverSmtp({ accounts });

    await app.client().post("/forgot-password", { email: "anna.stored@example.com" });
    await app.deliver();

    assert.deepEqual(server.kept.at(-1)?.to, ["Anna.Stored@example.com"]);
  });

  for (const name of ["Acme, Inc.", "Acme (Zürich)", "Acme: shop@home"]) {
    it(`has one sender if the product is called ${name}`, async () => {
      const { app, server } = await openAppOverSmtp({ brand: { name } }, {}, null);

      await signUp(app, "anna@example.com");

      const mail = server.kept.at(-1);
      assert.equal(mail?.from, "no-reply@localhost");
      assert.deepEqual(mail?.parsed.from?.value, [{ name, address: "no-reply@localhost" }]);
    });
  }

  it("has the quoted sender name of MAIL_FROM", async () => {
    const { app, server } = await openAppOverSmtp({}, {}, '"Acme, Inc." <no-reply@acme.example>');

    await signUp(app, "anna@example.com");

    const sender = { name: "Acme, Inc.", address: "no-reply@acme.example" };
    assert.deepEqual(server.kept.at(-1)?.parsed.from?.value, [sender]);
  });
});

describe("An email", { concurrency: true }, () => {
  it("is marked as automatic, names its sender and suppresses auto-replies (M5)", async () => {
    const { app, server } = await openAppOverSmtp();
    await signUp(app, "anna@example.com");
    await requestReset(app, "anna@example.com");

    for (const { parsed } of server.kept) {
      assert.equal(parsed.headers.get("auto-submitted"), "auto-generated");
      assert.equal(parsed.headers.get("x-auto-response-suppress"), "All");
      assert.match(parsed.messageId ?? "", /^<[0-9a-f-]{36}@localhost>$/);
      assert.deepEqual(parsed.from?.value, [{ name: "Acme", address: "no-reply@acme.example" }]);
      assert.ok(parsed.date);
      for (const name of ["list-unsubscribe", "list-unsubscribe-post", "reply-to", "disposition-notification-to"]) {
        assert.equal(parsed.headers.get(name), undefined, name);
      }
    }
    assert.equal(server.kept.length, 2);
  });

  it("contains the whole link on its own line as text and as HTML, is under 20 kB, and loads nothing (M5)", async () => {
    const { app, server } = await openAppOverSmtp({
      baseUrl: `https://accounts.${"long-name.".repeat(6)}example`,
    });
    const anna = app.client();
    await signUp(app, "anna@example.com", PASSWORD, anna);
    const link = await requestReset(app, "anna@example.com");
    await anna.open(link);
    await anna.submit({ password: NEW_PASSWORD });
    await app.deliver();

    const [, reset] = server.kept;
    const url = new URL(link, app.baseUrl).href;
    assert.ok(reset?.text.split("\n").includes(url), reset?.text);
    assert.ok(withoutTags(reset?.html ?? "").includes(url), reset?.html);
    assert.equal(server.kept.length, 3);
    for (const mail of server.kept) {
      const types = [...mail.source.matchAll(/^Content-Type: (text\/\w+)/gim)].map(([, type]) => type);
      assert.deepEqual(types, ["text/plain", "text/html"]);
      assert.ok(mail.source.length < 20_000, `${mail.source.length} bytes`);
      assert.ok(mail.source.split("\r\n").every((line) => line.length <= 998));
      assert.doesNotMatch(mail.html, /<(img|link|script|iframe|video|form)\b|\bsrc=|url\(|@import/i);
      assert.ok([...mail.html.matchAll(/href="([^"]*)"/g)].every(([, href]) => href?.startsWith(app.baseUrl)));
    }
  });

  it("states the lifetime of its link, also if that is no whole number of hours (T7)", async () => {
    const { app, server } = await openAppOverSmtp({ links: { resetMinutes: 90 } });
    await signUp(app, "anna@example.com");

    const link = await requestReset(app, "anna@example.com");

    assert.match(server.kept.at(-1)?.text ?? "", /This link works once and expires in 90 minutes\./);
    app.pass(90 * MINUTE - 1);
    assert.equal((await app.client().open(link)).status, 200);
    app.pass(1);
    assert.equal((await app.client().open(link)).status, 410);
  });

  it("cannot be configured with a lifetime that it cannot state exactly", async () => {
    await assert.rejects(openApp({ links: { resetMinutes: 1.5 } }), /links.resetMinutes: .*a whole number/);
  });
});

// 0.0.0.0 reaches this machine and is no loopback address: to the transport it is a server somewhere else.
describe("A mail server on another host", () => {
  it("receives no email and no password without TLS (M1)", async () => {
    const { app, server } = await openAppOverSmtp({}, { host: "0.0.0.0", login: "acme:open-sesame" });

    await app.client().post("/sign-up", { email: "anna@example.com" });
    await app.deliver();

    assert.equal(server.times("greeting"), 1);
    assert.deepEqual([server.times("login"), server.times("sender")], [0, 0]);
  });

  it("receives no email while its certificate is untrusted, and receives it afterwards (M1)", async () => {
    const options = { host: "0.0.0.0", login: "acme:open-sesame", startTls: true };
    const { app, server } = await openAppOverSmtp({}, options);
    await app.client().post("/sign-up", { email: "anna@example.com" });
    await app.deliver();
    assert.equal(server.times("greeting"), 1);
    assert.deepEqual([server.times("login"), server.times("sender")], [0, 0]);

    const trusted = getCACertificates("default");
    setDefaultCACertificates([...trusted, CA]);
    app.pass(HOUR);
    await app.deliver();
    setDefaultCACertificates(trusted);

    assert.equal(server.times("login"), 1);
    assert.equal(server.kept.length, 1);
  });

  it("receives email if mail.caFile holds its CA, and none without that option (M1)", async () => {
    const server = await openMailServer({ host: "0.0.0.0", login: "acme:open-sesame", startTls: true });
    const caFile = freshFile();
    writeFileSync(caFile, CA);
    const mail = { transport: server.url, from: SENDER };
    const [without, app] = [await openApp({ mail }), await openApp({ mail: { ...mail, caFile } })];
    for (const { client } of [without, app]) await client().post("/sign-up", { email: "anna@example.com" });

    await without.deliver();
    assert.deepEqual([server.times("greeting"), server.times("login")], [1, 0]);
    await app.deliver();

    assert.equal(server.times("login"), 1);
    assert.deepEqual(
      server.kept.map(({ isEncrypted }) => isEncrypted),
      [true],
    );
  });

  it("is not assumed for 127.0.0.1, which is used without TLS", async () => {
    const server = await openMailServer({ login: "acme:open-sesame" });
    const app = await openApp({ mail: { transport: server.url } });

    await app.client().post("/sign-up", { email: "anna@example.com" });
    await app.deliver();

    assert.equal(server.times("login"), 1);
    assert.deepEqual(
      server.kept.map(({ isEncrypted }) => isEncrypted),
      [false],
    );
  });

  it("is not assumed for 127.0.0.1, where STARTTLS is used if offered, with any certificate", async () => {
    const { app, server } = await openAppOverSmtp({}, { login: "acme:open-sesame", startTls: true });

    await app.client().post("/sign-up", { email: "anna@example.com" });
    await app.deliver();

    assert.equal(server.times("login"), 1);
    assert.deepEqual(
      server.kept.map(({ isEncrypted }) => isEncrypted),
      [true],
    );
  });
});

type Parsed = Awaited<ReturnType<typeof openAppOverSmtp>>["server"]["kept"][number]["parsed"];

function addresses(field: Parsed["to"]): Array<string | undefined> {
  return [field ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));
}

function withoutTags(html: string): string[] {
  return html.split("\n").map((line) => line.replace(/<[^>]+>/g, ""));
}
