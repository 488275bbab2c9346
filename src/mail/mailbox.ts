import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../lib/clock.ts";
import { newId } from "../lib/ids.ts";
import { compose } from "./compose.ts";
import type { Message, Transport } from "./transport.ts";

/** One email. `at` in epoch milliseconds. */
export interface MailboxMail {
  id: string;
  at: number;
  to: string;
  subject: string;
  text: string;
  html: string;
  source: string;
}

/** Keeps email in development instead of sending it. */
export interface Mailbox extends Transport {
  /** Newest first. */
  list(): Promise<MailboxMail[]>;
  find(id: string): Promise<MailboxMail | null>;
}

const KEPT = 500;

/**
 * The development mailbox. With a folder it survives restarts: one file per email, beside the database and not inside it,
 * because an email holds a live link. Without a folder it is kept in memory.
 */
export function createMailbox(clock: Clock, folder: string | null): Mailbox {
  const drawer = folder === null ? inMemory() : inFolder(folder);
  return {
    async send(message) {
      const id = newId(clock());
      await drawer.put(id, await toMail(id, clock(), message));
      return "250 Kept in the development mailbox";
    },
    async list() {
      const ids = (await drawer.ids()).sort().reverse();
      const mails = await Promise.all(ids.slice(0, KEPT).map((id) => drawer.get(id)));
      return mails.filter((mail) => mail !== null);
    },
    find: (id) => drawer.get(id),
  };
}

interface Drawer {
  put(id: string, mail: MailboxMail): Promise<void>;
  get(id: string): Promise<MailboxMail | null>;
  ids(): Promise<string[]>;
}

function inMemory(): Drawer {
  const mails = new Map<string, MailboxMail>();
  return {
    put: async (id, mail) => void mails.set(id, mail),
    get: async (id) => mails.get(id) ?? null,
    ids: async () => [...mails.keys()],
  };
}

function inFolder(folder: string): Drawer {
  const fileOf = (id: string) => join(folder, `${id}.json`);
  const ids = async () => {
    const names = await readdir(folder).catch(() => []);
    return names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
  };
  return {
    ids,
    async put(id, mail) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(fileOf(id), JSON.stringify(mail, null, 2), { mode: 0o600 });
      const old = (await ids()).sort().slice(0, -KEPT);
      await Promise.all(old.map((name) => rm(fileOf(name), { force: true })));
    },
    async get(id) {
      if (!/^[0-9a-f-]{36}$/.test(id)) return null;
      const json = await readFile(fileOf(id), "utf8").catch(() => null);
      return json === null ? null : parseMail(json);
    },
  };
}

/** Null for a file that a crash cut short: the worker then writes the email again. */
function parseMail(json: string): MailboxMail | null {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

async function toMail(id: string, at: number, message: Message): Promise<MailboxMail> {
  const { to, subject, text, html } = message;
  const { source } = await compose(message);
  return { id, at, to, subject, text, html, source: source.toString("utf8") };
}
