import { createHash } from "node:crypto";
import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { createLatchkey, createLatchkeyWith, type Latchkey } from "../../src/latchkey.ts";
import { type Message, SendError } from "../../src/mail/transport.ts";
import type { PasswordHashing } from "../../src/passwords/hashing.ts";
import { scratchFolder } from "../support/scratch.ts";
import { Breaker, Crash, installBreaker, readRows } from "./crashes.ts";

export const BASE_URL = "http://localhost:3000";

/** What the mail server does with the next email. */
export type MailServer = "takes" | "takes-and-says-nothing" | "refuses" | "takes-and-we-die" | "we-die";

/**
 * The whole of Latchkey in this process, on a database in a file, with a clock that stands still unless told, and a mail
 * server that does as it is told. It can die at any statement and at any mail, and is started again on what is on the disk.
 */
export class Machine {
  now = Date.UTC(2026, 0, 15, 9, 0, 0);
  readonly breaker = new Breaker();
  /** Every email that the mail server accepted, oldest first. */
  readonly mails: Message[] = [];
  nextMail: () => MailServer = () => "takes";
  mailFaults = 0;
  readonly #folder: string;
  #latchkey: Latchkey | null = null;
  #reader: DatabaseSync | null = null;
  readonly #prepared = new Map<string, StatementSync>();

  constructor() {
    this.#folder = scratchFolder("simulation");
  }

  async start(): Promise<void> {
    installBreaker(this.breaker);
    this.breaker.revive();
    const file = join(this.#folder, "latchkey.db");
    if (!existsSync(file)) copyFileSync(await migratedFile(), file);
    this.#latchkey = await createLatchkeyWith(
      {
        baseUrl: BASE_URL,
        database: `sqlite:${file}`,
        mode: "development",
        secretKey: SECRET_KEY,
        clock: () => this.now,
        limits: { requestsPerIp: "1000000/1h", signInsPerAccount: "1000/15m" },
        mail: { transport: { send: (message) => this.#send(message) } },
      },
      { hashing: quickHashing },
    );
    this.#reader ??= new DatabaseSync(file, { readOnly: true });
  }

  /** Answers, or throws Crash where the process died before the answer had left. */
  async fetch(request: Request): Promise<Response> {
    const response = await this.#running.fetch(request, { ip: "192.0.2.1" });
    if (this.breaker.isDead) throw new Crash();
    return response;
  }

  async deliver(): Promise<void> {
    await this.#running.deliverDue();
  }

  /** Starts again where the process has died, on what it left behind. */
  async restartIfDead(): Promise<void> {
    if (!this.breaker.isDead) return;
    // What was under way learns that it is dead, and ends.
    for (let turns = 0; turns < 5; turns += 1) await setImmediate();
    await this.#running.close();
    await this.start();
  }

  async stop(): Promise<void> {
    this.#reader?.close();
    this.breaker.revive();
    await this.#latchkey?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Rows of the database, read past every layer. */
  rows(query: string, ...parameters: string[]): Array<Record<string, unknown>> {
    if (!this.#reader) throw new Error("The machine was never started.");
    const prepared = this.#prepared.get(query) ?? this.#reader.prepare(query);
    this.#prepared.set(query, prepared);
    return readRows(prepared, parameters);
  }

  get #running(): Latchkey {
    if (!this.#latchkey) throw new Error("The machine was never started.");
    return this.#latchkey;
  }

  async #send(message: Message): Promise<string> {
    if (this.breaker.isDead) throw new Crash();
    const action = this.nextMail();
    if (action !== "takes") this.mailFaults += 1;
    if (action === "refuses") throw new SendError("451 4.3.0 Try again later");
    if (action !== "we-die") this.mails.push(message);
    if (action === "we-die" || action === "takes-and-we-die") this.breaker.die();
    if (action !== "takes") throw new SendError("The connection was cut.", { mayHaveLeft: true });
    return "250 2.0.0 Ok";
  }
}

/** Given, because copies of the migrated file have no key file beside them. */
const SECRET_KEY = "a secret key of the simulation, long enough to be one";

let migrated: string | null = null;

/** A file with every table and no row, made once a process. */
async function migratedFile(): Promise<string> {
  if (migrated !== null) return migrated;
  const folder = scratchFolder("simulation");
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "latchkey.db");
  const latchkey = await createLatchkey({
    baseUrl: BASE_URL,
    database: `sqlite:${file}`,
    mode: "development",
    secretKey: SECRET_KEY,
  });
  await latchkey.close();
  migrated = file;
  return file;
}

/** Looks like argon2id and is SHA-256: in a simulation the real one would take nearly all of the time. */
const quickHashing: PasswordHashing = {
  admit: (work) => work(),
  hash: async (password) => quickHash(password),
  verify: async (stored, password) => stored === quickHash(password),
  load: () => ({ running: 0, waiting: 0, refused: 0 }),
};

export function quickHash(password: string): string {
  const digest = createHash("sha256").update(password).digest("base64").replace(/=+$/, "");
  return `$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$${digest}`;
}
