import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pino } from "pino";
import type { Options } from "../../src/options/options.ts";
import type { TestClient } from "./client.ts";
import { openMailServer } from "./mail-server.ts";
import { linkIn, openApp } from "./open-app.ts";
import { freshFolder } from "./process.ts";

/** The password that the mail server requires. */
export const SMTP_PASSWORD = "open-sesame-and-close-again";

/** An app on a file, with a real mail server that requires a login and a real log at level trace. */
export async function openInstrumentedApp(known: readonly string[], options: Partial<Options> = {}) {
  const folder = await freshFolder();
  const server = await openMailServer({ login: `acme:${SMTP_PASSWORD}` });
  let lines = "";
  const stream = new Writable({
    write(chunk, _, done) {
      lines += chunk;
      done();
    },
  });
  const app = await openApp({
    database: `sqlite:${join(folder, "latchkey.db")}`,
    mail: { transport: server.url, from: "Acme <no-reply@acme.example>" },
    logger: pino({ level: "trace" }, stream),
    limits: { signInsPerAccount: "100/1m", requestsPerIp: "1000/1m", mailsPerAddress: "100/1m" },
    ...options,
  });
  app.lastLink = () => linkIn(server.kept.at(-1)?.text ?? "");
  const browsers: TestClient[] = [];
  const secrets = [...known];
  const codes: string[] = [];
  const client = app.client;
  app.client = (headers) => {
    const browser = client(headers);
    browsers.push(browser);
    return browser;
  };

  /** Looks for every secret so far, in every form in which it could be written, in the log and in the files. */
  function checked(after: string): void {
    for (const cookie of browsers.flatMap(({ cookies }) => [...cookies.values()])) {
      if (!secrets.includes(cookie)) secrets.push(cookie);
    }
    const places = { "the log": lines, ...bytesOf(folder) };
    for (const [place, bytes] of Object.entries(places)) {
      for (const form of secrets.flatMap(formsOf)) {
        assert.ok(!bytes.includes(form), `after ${after}: ${place} holds a secret`);
      }
      const rest = withoutDigests(bytes);
      for (const form of codes.flatMap(formsOfCode)) {
        assert.ok(!rest.includes(form), `after ${after}: ${place} holds a code`);
      }
    }
    assert.ok(!lines.includes("anna@example.com"), `after ${after}: the log holds an address`);
    assert.ok(
      bytesOf(folder)["latchkey.db-wal"]?.includes("anna@example.com"),
      "the files that are read are the right ones",
    );
  }

  /** Adds the link and the code of every email kept so far to the secrets. */
  function watchEmails(): void {
    for (const { text } of server.kept) {
      const token = /\/([A-Za-z0-9_-]{43})$/m.exec(text)?.[1];
      if (token) watchToken(token);
      const code = codeIn(text);
      if (code && !codes.includes(code)) codes.push(code);
    }
  }

  function watchToken(token: string): void {
    if (!secrets.includes(token)) secrets.push(token);
  }

  return {
    app,
    anna: app.client(),
    server,
    folder,
    secrets,
    codes,
    log: () => lines,
    checked,
    watchEmails,
    watchToken,
  };
}

/** The eight digits in the text of an email, or null. */
export function codeIn(text: string): string | null {
  const [, first, second] = /^ *(\d{4}) (\d{4})$/m.exec(text) ?? [];
  return first && second ? first + second : null;
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const asBytes = /^[A-Za-z0-9_-]{43}$/.test(secret) ? [Buffer.from(secret, "base64url").toString("latin1")] : [];
  return [secret, encodeURIComponent(secret), bytes.toString("base64").slice(0, -4), bytes.toString("hex"), ...asBytes];
}

function formsOfCode(code: string): string[] {
  const halves = [code.slice(0, 4), code.slice(4)];
  return [...formsOf(code), ...[" ", "-", "+", "%20"].map((between) => halves.join(between))];
}

/** Removes digests and hashes, whose 64 digits may contain any code by chance. */
function withoutDigests(bytes: string): string {
  return bytes.replace(/[0-9a-f]{64,}/g, (run) => (run.length % 64 === 0 ? " " : run));
}

/** The database's files as they lie on the disk, byte for byte. */
function bytesOf(folder: string): Record<string, string> {
  const names = ["latchkey.db", "latchkey.db-wal", "latchkey.db-shm"].filter((name) => existsSync(join(folder, name)));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "latin1")]));
}
