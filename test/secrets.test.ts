import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Writable } from "node:stream";
import { describe, it } from "node:test";
import { pino } from "pino";
import { MINUTE } from "../src/basics/clock.ts";
import type { Options } from "../src/options.ts";
import { openMailServer } from "./support/mail-server.ts";
import { type App, linkIn, openApp, tokenOf } from "./support/open-app.ts";
import { freshFolder } from "./support/process.ts";
import type { Visitor } from "./support/visitor.ts";

const SMTP_PASSWORD = "open-sesame-and-close-again";
const FIRST = "the very first password of Anna";
const WRONG = "a wrong password that Anna typed";
const RESET = "the password after Anna's reset";
const CHANGED = "the password that Anna changed to";
const SECRETS = [SMTP_PASSWORD, FIRST, WRONG, RESET, CHANGED];

describe("No secret lies about", () => {
  it("in the log or in the database's bytes, at any step of a journey over a mail server that stumbles", async () => {
    const { app, anna, server, log, secrets, checked } = await openWatchedApp();

    server.script = ({ at, nth }) => (at === "login" && nth === 1 ? 535 : 250);
    await anna.open("/sign-up");
    await anna.submit({ email: "anna@example.com" });
    checked("a sign-up that waits");
    await app.deliver();
    checked("a sign-up mail that could not be sent");
    const signUp = await mailed();
    await anna.open(signUp);
    checked("a sign-up link that is open");
    await anna.submit({ password: FIRST });
    checked("an account");
    await anna.submit({}, "/sign-out");

    await anna.post("/sign-in", { email: "anna@example.com", password: WRONG });
    checked("a wrong password");
    await anna.post("/sign-in", { email: "anna@example.com", password: FIRST });
    checked("a sign-in");

    const other = app.visitor();
    await other.post("/forgot-password", { email: "anna@example.com" });
    checked("a reset that waits");
    server.script = ({ at, nth }) => (at === "message" && nth === 2 ? "cut" : 250);
    await app.deliver();
    remember(linkIn(server.kept.at(-1)?.text ?? ""));
    checked("a reset mail whose answer was lost");
    const reset = await mailed();
    await other.open(reset);
    await other.submit({ password: "too short" });
    checked("a reset link that is open");
    await other.submit({ password: RESET });
    assert.match(other.text, /Your new password is set/);
    checked("a reset that is done");
    server.script = ({ at }) => (at === "recipient" ? 550 : 250);
    await app.deliver();
    checked("a notice that was refused");

    await other.submit({ current_password: WRONG, password: CHANGED }, "/password");
    await other.submit({ current_password: RESET, password: CHANGED }, "/password");
    assert.equal(other.answer.status, 303);
    server.script = () => 250;
    app.pass(MINUTE);
    await app.deliver();
    await other.open(reset);
    checked("the end");

    assert.equal(secrets.length, SECRETS.length + 3 + 4, "four sessions and three links were watched");
    assert.match(log(), /"to":"a•••@example\.com"/);

    /** Waits until the next attempt, and opens the mail that came. */
    async function mailed(): Promise<string> {
      app.pass(MINUTE);
      await app.deliver();
      return remember(linkIn(server.kept.at(-1)?.text ?? ""));
    }

    function remember(link: string): string {
      secrets.push(tokenOf(link));
      return link;
    }
  });

  it("in the log, where it is found at once when somebody writes it there: the watch is awake", async () => {
    const { app, anna, checked } = await openWatchedApp({
      pages: {
        me: () => {
          throw new Error(`somebody is careless: ${FIRST}`);
        },
      },
    });

    await app.visitor().post("/sign-up", { email: "anna@example.com" });
    await app.deliver();
    await anna.open(app.lastLink());
    await anna.submit({ password: FIRST });

    assert.throws(() => checked("a careless page"), /the log holds a secret/);
  });

  for (const [spelling, beginning, ending = ""] of [
    ["as it was mailed", "Abc-_"],
    ["with a letter in percent signs", "%41bc-_"],
    ["with a full stop, as a mail program glues it on", "Abc-_", "."],
    ["with a space", "Abc-_", "%20"],
    ["with a bracket", "Abc-_", "%3E"],
  ] as const) {
    it(`in the log of a page that failed, for a link ${spelling}`, async () => {
      const broken = () => {
        throw new Error("a broken page");
      };
      const pages: Options["pages"] = { resetPassword: broken, deadLink: broken };
      const { app, log } = await openWatchedApp({ pages });
      const token = `${beginning}${"Abc-_".repeat(8).slice(0, 38)}`;

      const page = await app.visitor().request("GET", `/reset-password/${token}${ending}`);

      assert.equal(page.status, 500);
      assert.match(log(), /a broken page/);
      assert.doesNotMatch(log(), /Abc-_/);
    });
  }
});

describe("A dump of the database", () => {
  it("opens nothing: no string in it works as a link or as a cookie, also while mail waits", async () => {
    const { app, anna, folder } = await openWatchedApp();
    await anna.post("/sign-up", { email: "anna@example.com" });
    await app.deliver();
    await anna.open(app.lastLink());
    await anna.submit({ password: FIRST });
    await anna.post("/forgot-password", { email: "anna@example.com" });
    await app.deliver();
    const reset = app.lastLink();
    await anna.post("/sign-up", { email: "bob@example.com" });
    await app.deliver();
    const signUp = app.lastLink();
    for (const path of ["/forgot-password", "/sign-up"]) await anna.post(path, { email: "anna@example.com" });

    const strings = readStrings(folder);

    assert.ok(strings.length > 60, `${strings.length} strings`);
    for (const string of strings) {
      const opened = await openings(app, string);
      assert.deepEqual(opened, { reset: 410, resetPost: 410, signUp: 410, signUpPost: 410, me: 303 }, string);
    }
    const [cookie = ""] = anna.cookies.values();
    assert.equal((await openings(app, tokenOf(reset))).reset, 200);
    assert.equal((await openings(app, tokenOf(signUp))).signUp, 200);
    assert.equal((await openings(app, cookie)).me, 200);
  });
});

/** An app on a file, with a real mail server that asks for a password and a real log at its finest level. */
async function openWatchedApp(options: Partial<Options> = {}) {
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
    mail: { smtp: server.url, from: "Acme <no-reply@acme.example>" },
    logger: pino({ level: "trace" }, stream),
    limits: { signInsPerAccount: "100/1m", requestsPerIp: "1000/1m", mailsPerAddress: "100/1m" },
    ...options,
  });
  app.lastLink = () => linkIn(server.kept.at(-1)?.text ?? "");
  const browsers: Visitor[] = [];
  const secrets = [...SECRETS];
  const visitor = app.visitor;
  app.visitor = (headers) => {
    const browser = visitor(headers);
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
    }
    assert.ok(!lines.includes("anna@example.com"), `after ${after}: the log holds an address`);
    assert.ok(
      bytesOf(folder)["latchkey.db-wal"]?.includes("anna@example.com"),
      "the files that are read are the right ones",
    );
  }

  return { app, anna: app.visitor(), server, folder, secrets, log: () => lines, checked };
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const asBytes = /^[A-Za-z0-9_-]{43}$/.test(secret) ? [Buffer.from(secret, "base64url").toString("latin1")] : [];
  return [secret, encodeURIComponent(secret), bytes.toString("base64").slice(0, -4), bytes.toString("hex"), ...asBytes];
}

/** The database's files as they lie on the disk, byte for byte. */
function bytesOf(folder: string): Record<string, string> {
  const names = ["latchkey.db", "latchkey.db-wal", "latchkey.db-shm"].filter((name) => existsSync(join(folder, name)));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "latin1")]));
}

/** Every string in every table, whole and in the parts and spellings in which it looks most like a token. */
function readStrings(folder: string): string[] {
  const database = new DatabaseSync(join(folder, "latchkey.db"));
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  const values = tables.flatMap(({ name }) =>
    database
      .prepare(`select * from "${name}"`)
      .all()
      .flatMap((row) => Object.values(row).filter((value) => typeof value === "string")),
  );
  database.close();
  const found = values.flatMap((value) => {
    const hex = /^[0-9a-f]{64}$/.test(value) ? [Buffer.from(value, "hex").toString("base64url")] : [];
    return [value, ...value.split(/[^A-Za-z0-9_-]+/), value.slice(0, 43), value.slice(-43), ...hex];
  });
  return [...new Set(found)].filter(Boolean);
}

/** What is answered where a string is tried as each link, and as a session. */
async function openings(app: App, string: string) {
  const tried = encodeURIComponent(string);
  const stranger = app.visitor();
  const reset = await stranger.request("GET", `/reset-password/${tried}`);
  const resetPost = await stranger.send("/reset-password", { token: string, password: "" });
  const signUp = await stranger.request("GET", `/sign-up/${tried}`);
  const signUpPost = await stranger.send("/sign-up/confirm", { token: string, password: "" });
  stranger.cookies.set("latchkey", tried);
  const me = await stranger.request("GET", "/users/me");
  const answers = { reset, resetPost, signUp, signUpPost, me };
  return Object.fromEntries(Object.entries(answers).map(([where, { status }]) => [where, status]));
}
