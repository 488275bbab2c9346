import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { openDatabase } from "../src/db/database.ts";
import { openMailSink } from "./mail-sink.ts";

/**
 * A reset of all accounts at full size: `node bench/reset-all.ts 100000 [bare]`. The server, the command and the mail server
 * are real; while the emails are sent, a client requests a sign-up link every second, and its delivery time is measured.
 */
const people = Number(process.argv[2] ?? 100_000);
const kind = process.argv[3] === "bare" ? "bare" : "smtp-server";
const CLI = join(import.meta.dirname, "../src/cli/cli.ts");
const PORT = 3_988;

const folder = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
await insertAccounts(join(folder, "latchkey.db"));
const asked = new Map<string, number>();
const took: number[] = [];
const arrivedAt = new Map<string, number>();
let duplicates = 0;
const smtp = await openMailSink(kind, (to) => {
  const from = asked.get(to);
  if (from !== undefined) took.push(performance.now() - from);
  else if (arrivedAt.has(to)) duplicates += 1;
  else arrivedAt.set(to, performance.now());
});

const env = {
  PATH: process.env.PATH,
  PORT: String(PORT),
  SMTP_URL: `smtp://127.0.0.1:${smtp}`,
  LIMIT_REQUESTS_PER_IP: "1000000/1h",
  LIMIT_MAILS_PER_DAY: String(10 * people + 10_000),
};
const run = (...command: string[]) =>
  spawn(process.execPath, [CLI, "--development", ...command], {
    cwd: folder,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
const server = run("serve");
for (;;) {
  const ready = await fetch(`http://127.0.0.1:${PORT}/readyz`).catch(() => null);
  if (ready?.ok) break;
  await wait(50);
}
await ask("warm@waiting.example");

const began = performance.now();
const command = run("reset-all", "--yes", "--per-minute", "1000000");
const memory: Array<{ share: number; server: number; command: number | null }> = [];
let ends: number | null = null;
for (let n = 0; arrivedAt.size < people; n += 1) {
  await ask(`person${n}@waiting.example`);
  await wait(1_000);
  ends ??= passwordsLeft() === 0 ? performance.now() : null;
  const share = arrivedAt.size / people;
  if (share * 10 >= memory.length) memory.push({ share, server: resident(server.pid), command: resident(command.pid) });
  if (process.stdout.isTTY) process.stdout.write(`\r${arrivedAt.size} of ${people}`);
}
const seconds = (performance.now() - began) / 1_000;
await wait(2_000);
memory.push({ share: 1, server: resident(server.pid), command: resident(command.pid) });

took.sort((a, b) => a - b);
console.log(
  `\n${people} emails to ${kind}: ${seconds.toFixed(0)} s, ${Math.round(people / seconds)}/s, ${duplicates} duplicates`,
);
console.log(`All passwords unusable within ${(((ends ?? 0) - began) / 1_000).toFixed(1)} s (checked once a second)`);
console.log(
  `Sign-up requests: ${asked.size}, emails received: ${took.length}, median ${ms(0.5)}, 99 % ${ms(0.99)}, longest ${ms(1)}`,
);
console.log("Resident memory in MB:");
for (const { share, server, command } of memory) {
  console.log(`  at ${String(Math.round(share * 100)).padStart(3)} %: server ${server}, command ${command ?? "-"}`);
}
server.kill("SIGTERM");
command.kill("SIGTERM");
await wait(1_000);
await rm(folder, { recursive: true });
process.exit(0);

async function insertAccounts(path: string): Promise<void> {
  await (await openDatabase(`sqlite:${path}`)).close();
  const file = new DatabaseSync(path);
  const account = file.prepare(
    "insert into latchkey_accounts (id, email, password_hash, created_at) values (?, ?, 'a hash', ?)",
  );
  const session = file.prepare(`insert into latchkey_sessions
    (digest, id, account_id, method, browser, created_at, last_seen_at, expires_at)
    values (?, ?, ?, 'password', 'Firefox', ?, ?, ?)`);
  const now = Date.now();
  file.exec("begin");
  for (let i = 0; i < people; i += 1) {
    account.run(`account-${i}`, `person${i}@example.com`, now);
    session.run(`digest-${i}`, `session-${i}`, `account-${i}`, now, now, now + 86_400_000);
  }
  file.exec("commit");
  file.close();
}

async function ask(email: string): Promise<void> {
  asked.set(email, performance.now());
  const body = new URLSearchParams({ email });
  const headers = { "sec-fetch-site": "same-origin" };
  const options = { method: "POST", body, headers, redirect: "manual" } as const;
  const { status } = await fetch(`http://127.0.0.1:${PORT}/sign-up`, options);
  if (status !== 303) throw new Error(`POST /sign-up: expected status 303, got ${status}`);
}

function passwordsLeft(): number {
  const file = new DatabaseSync(join(folder, "latchkey.db"), { timeout: 5_000 });
  const row = file.prepare("select count(*) as n from latchkey_accounts where password_hash is not null").get();
  file.close();
  return Number(row?.n);
}

function resident(pid = 0): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1_024);
  } catch {
    return Number.NaN;
  }
}

function ms(share: number): string {
  return `${Math.round(took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? 0)} ms`;
}
