import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { availableParallelism, getPriority } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { openMailServer, type StageReply } from "../support/mail-server.ts";
import { freshFolder, type ProcessResult, type ServerProcess, startServer } from "../support/process.ts";
import { until } from "../support/until.ts";
import { mailWords } from "../support/words.ts";

const PRODUCTION = {
  NODE_ENV: "production",
  BASE_URL: "https://acme.example",
  MAIL_FROM: "Acme <no-reply@acme.example>",
};

describe("latchkey serve", { concurrency: true }, () => {
  it("needs no setting in development, and prints nothing but log lines if its output is not a terminal", async () => {
    const server = await startServer();

    for (const path of ["/sign-up", "/sign-in", "/forgot-password", "/mailbox"]) {
      assert.equal((await fetch(`http://localhost:${server.port}${path}`)).status, 200, path);
    }
    await server.client().send("/sign-up", { email: "anna@example.com" });
    await until("the email is logged", () => server.output().includes("anna") || server.output().includes("a•••"));
    for (const line of server.output().trim().split("\n")) JSON.parse(line);
    assert.ok(existsSync(join(server.folder, "latchkey.db")));
  });

  it("answers /livez and /readyz with 200, also while email waits", async () => {
    const server = await startServer({ env: { SMTP_URL: "smtp://127.0.0.1:1" } });
    const client = server.client();
    await client.send("/sign-up", { email: "anna@example.com" });
    await until("the mail failed", () => server.output().includes("all email is waiting"));

    const alive = await client.open("/livez");
    const ready = await client.open("/readyz");

    assert.deepEqual([alive.status, alive.body], [200, "alive\n"]);
    assert.deepEqual([ready.status, ready.body], [200, "ready\n"]);
  });

  it("runs hashing threads at a lower priority than the main thread", {
    skip: process.platform !== "linux" && "Only Linux has a priority for each thread.",
  }, async () => {
    const server = await startServer();

    const threads = readdirSync(`/proc/${server.pid}/task`).map((thread) => {
      const name = readFileSync(`/proc/${server.pid}/task/${thread}/comm`, "utf8").trim();
      return { name, niceness: getPriority(Number(thread)) };
    });

    const hashing = threads.filter(({ name }) => name === "libuv-worker");
    assert.equal(hashing.length, Math.max(1, availableParallelism() - 1) + 4);
    for (const { niceness } of hashing) assert.ok(niceness >= 10);
    assert.equal(threads.find(({ name }) => !/libuv/.test(name))?.niceness, getPriority());
  });

  it("reads .env, and the environment takes precedence", async () => {
    const folder = await freshFolder();
    await writeFile(join(folder, ".env"), 'PRODUCT_NAME="Acme Shop"\nDATABASE_URL=sqlite:from-the-file.db\n');

    const server = await startServer({ folder, env: { DATABASE_URL: "sqlite:from-the-environment.db" } });

    const page = await server.client().open("/sign-in");
    assert.match(page.body, /Acme Shop/);
    assert.ok(existsSync(join(folder, "from-the-environment.db")));
    assert.ok(!existsSync(join(folder, "from-the-file.db")));
  });

  it("reads each setting from the file in NAME_FILE, unless NAME is set", async () => {
    const mail = await openMailServer({ login: "acme:open-sesame" });
    const folder = await freshFolder();
    await writeFile(join(folder, "smtp"), `${mail.url}\n`);
    await writeFile(join(folder, "name"), "From the file\n");
    const env = { SMTP_URL_FILE: "smtp", PRODUCT_NAME_FILE: "name", PRODUCT_NAME: "From the environment" };

    const server = await startServer({ folder, env });
    await server.client().send("/sign-up", { email: "anna@example.com" });
    await until("the mail is there", () => mail.kept.length === 1);

    assert.equal(mail.kept[0]?.parsed.subject, mailWords.signUp.subject({ product: "From the environment" }));
    assert.doesNotMatch(server.output(), /open-sesame|Mailbox/);
    assert.equal((await server.client().open("/mailbox")).status, 404);
  });

  it("logs in to the mail server with SMTP_USER and SMTP_PASSWORD, which need no percent-encoding", async () => {
    const password = "cD+e/12@#?%3A:";
    const mail = await openMailServer({ login: `acme:${encodeURIComponent(password)}`, isLoginGiven: false });
    const server = await startServer({ env: { SMTP_URL: mail.url, SMTP_USER: "acme", SMTP_PASSWORD: password } });

    await server.client().send("/sign-up", { email: "anna@example.com" });
    await until("the mail is there", () => mail.kept.length === 1);

    assert.equal(mail.times("login"), 1);
  });

  it("has no mailbox in production, also with --development", async () => {
    const mail = await openMailServer();
    const server = await startServer({ env: { ...PRODUCTION, SMTP_URL: mail.url } });
    await server.client().send("/sign-up", { email: "anna@example.com" });
    await until("the mail is there", () => mail.kept.length === 1);

    for (const path of ["/mailbox", "/mailbox/", "/mailbox/0", "/./mailbox", "/MAILBOX", "/%6dailbox"]) {
      assert.equal((await server.client().request("GET", path)).status, 404, path);
    }
    assert.ok(!existsSync(join(server.folder, "latchkey.db-mailbox")));
    assert.doesNotMatch(server.output(), /mailbox/i);
  });

  it("never prints the mail server's password, also if it is wrong (K1)", async () => {
    const mail = await openMailServer({ login: "acme:open-sesame%21" });
    mail.script = ({ at, nth }) => (at === "login" && nth === 1 ? 535 : 250);
    const server = await startServer({ env: { SMTP_URL: mail.url } });
    await server.client().send("/sign-up", { email: "anna@example.com" });
    await until("the login failed", () => server.output().includes("all email is waiting"));

    const { code, output } = await server.kill("SIGTERM");

    assert.equal(code, 0);
    assert.match(output, /535/);
    for (const form of formsOf("open-sesame!", "acme")) assert.ok(!output.includes(form), form);
  });
});

describe("latchkey serve, on SIGTERM", { concurrency: true }, () => {
  it("finishes requests and emails in progress and exits with 0", async () => {
    const mail = await openMailServer();
    const held = Promise.withResolvers<StageReply>();
    mail.script = ({ at }) => (at === "message" ? held.promise : 250);
    const server = await startServer({ env: { SMTP_URL: mail.url } });
    await server.client().send("/sign-up", { email: "anna@example.com" });
    const request = await halfARequest(server, "email=bob%40example.com");
    await until("a mail is in hand", () => mail.times("message") === 1);

    const ended = server.kill("SIGTERM");
    await until("no other client is let in", () => isRefused(server));
    const response = await request.finish();
    held.resolve(250);

    assert.match(response, /^HTTP\/1.1 303 [\s\S]*\/check-email/);
    assert.deepEqual(endOf(await ended), { code: 0, signal: null });
    const states = outbox(server).map(({ email, state }) => `${email} ${state}`);
    assert.equal(states[0], "anna@example.com sent");
    assert.match(states[1] ?? "", /^bob@example\.com (due|sent)$/);
    assert.equal(mail.kept.filter(({ to }) => to.includes("anna@example.com")).length, 1);
  });

  it("ends at once where there is nothing in hand but a browser's open connections", async () => {
    const server = await startServer();
    const idle = connect(server.port, "127.0.0.1");
    await new Promise((resolve) => idle.once("connect", resolve));
    await server.client().open("/sign-in");

    const from = performance.now();
    const ended = await server.kill("SIGTERM");

    assert.deepEqual(endOf(ended), { code: 0, signal: null });
    assert.ok(performance.now() - from < 5_000, `${performance.now() - from} ms`);
  });
});

interface HalfRequest {
  /** Sends the rest, and returns the whole answer. */
  finish(): Promise<string>;
}

/** A sign-up whose head the server has read, and whose body is on its way. */
async function halfARequest(server: ServerProcess, body: string): Promise<HalfRequest> {
  const socket = connect(server.port, "127.0.0.1");
  const closed = new Promise<unknown>((resolve) => socket.once("close", resolve));
  let response = "";
  socket.on("error", () => {});
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    response += chunk;
  });
  const head = ["POST /sign-up HTTP/1.1", "Host: localhost", "Expect: 100-continue", `Content-Length: ${body.length}`];
  socket.write(`${[...head, "Content-Type: application/x-www-form-urlencoded"].join("\r\n")}\r\n\r\n`);
  await until("the server has read the head", () => response.startsWith("HTTP/1.1 100"));
  response = "";
  return {
    async finish() {
      socket.write(body);
      await closed;
      return response.trim();
    },
  };
}

function isRefused(server: ServerProcess): Promise<boolean> {
  const socket = connect(server.port, "127.0.0.1");
  return new Promise((resolve) => {
    socket.once("connect", () => resolve(false)).once("error", () => resolve(true));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}

function endOf({ code, signal }: ProcessResult) {
  return { code, signal };
}

function outbox({ folder }: ServerProcess) {
  const database = new DatabaseSync(join(folder, "latchkey.db"));
  const rows = database.prepare("select email, state from latchkey_outbox order by id").all();
  database.close();
  return rows;
}

/** A password in the clear, as a URL holds it, and as SMTP's two ways of logging in send it. */
function formsOf(password: string, user: string): string[] {
  const base64 = (text: string) => Buffer.from(text).toString("base64").replace(/=+$/, "");
  return [password, encodeURIComponent(password), base64(password), base64(`\0${user}\0${password}`)];
}
