import { after } from "node:test";
import { createLatchkey, type Latchkey } from "../../src/latchkey.ts";
import type { Message, Transport } from "../../src/mail/transport.ts";
import type { Options } from "../../src/options/options.ts";
import type { Visit } from "../../src/visit.ts";
import { TestClient } from "./client.ts";
import { SECRET_KEY } from "./keys.ts";
import { defaultDatabase } from "./open-store.ts";

/** An email as a test reads it. */
export type Mail = Message;

/** A fresh Latchkey with a database, a clock and a mailbox of its own. */
export interface App {
  latchkey: Latchkey;
  baseUrl: string;
  /** Every email that was sent, oldest first. */
  mails: Mail[];
  /** Sends what is due. */
  deliver(): Promise<void>;
  lastMail(): Mail;
  /** The path of the link in the text of the newest email. */
  lastLink(): string;
  /** Advances the clock. */
  pass(ms: number): void;
  now(): number;
  /** The request-bound API, for a request without client IP. Cookies come from a browser, if one is given. */
  visit(browser?: TestClient): Visit;
  /** A browser of its own, with no cookies yet. */
  client(headers?: Record<string, string>): TestClient;
}

export const BASE_URL = "http://localhost:3000";
export const PASSWORD = "correct horse battery staple";

/** Opens an app on a fresh database; it is closed when the test file is done. */
export async function openApp(options: Partial<Options> & { transport?: Transport } = {}): Promise<App> {
  const mails: Mail[] = [];
  let time = Date.UTC(2026, 0, 15, 9, 0, 0);
  const kept: Transport = {
    async send(message) {
      mails.push(message);
      return "250 kept";
    },
  };

  const { transport = kept, mail, ...rest } = options;
  // `mail: {}` asks for the development mailbox.
  const usesMailbox = mail !== undefined && Object.keys(mail).every((name) => name === "devMailbox");
  const opening = Promise.resolve(rest.database ?? defaultDatabase()).then((database) =>
    createLatchkey({
      baseUrl: BASE_URL,
      mail: usesMailbox ? mail : { transport, ...mail },
      secretKey: SECRET_KEY,
      mode: "development",
      clock: () => time,
      ...rest,
      database,
    }),
  );
  // Said before anything is waited for: afterwards, where tests run side by side, it may count as another's.
  after(() => opening.then((latchkey) => latchkey.close()).catch(() => {}));
  const latchkey = await opening;

  const app: App = {
    latchkey,
    baseUrl: rest.baseUrl ?? BASE_URL,
    mails,
    async deliver() {
      const before = mails.length;
      await latchkey.deliverDue();
      // Several leave at once, in any order: here the notices come first, and what was asked for last.
      mails.push(...mails.splice(before).sort((one, other) => rankOf(one) - rankOf(other)));
    },
    lastMail() {
      const mail = mails.at(-1);
      if (!mail) throw new Error("No mail has left yet.");
      return mail;
    },
    lastLink: () => linkIn(app.lastMail().text),
    pass(ms) {
      time += ms;
    },
    now: () => time,
    visit(browser) {
      const cookie = [...(browser?.cookies ?? [])].map((pair) => pair.join("=")).join("; ");
      return latchkey.for(new Headers({ cookie }), { ip: null });
    },
    client: (headers) =>
      new TestClient((request) => latchkey.fetch(request, { ip: "127.0.0.1" }), app.baseUrl, headers),
  };
  return app;
}

function rankOf({ text }: Mail): number {
  if (/^ *\d{4} \d{4}$/m.test(text)) return 2;
  return text.includes("/objection/") ? 0 : 1;
}

/** The path of the first link with a token in the text or HTML of an email. */
export function linkIn(body: string): string {
  const link =
    /https?:\/\/[^\s"<>]+\/(?:reset-password|sign-up|sign-in-link|objection|address-change|address-undo)\/[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/.exec(
      body,
    )?.[0];
  if (!link) throw new Error(`No link in:\n${body}`);
  return new URL(link).pathname;
}

/** The token at the end of a link. */
export function tokenOf(link: string): string {
  return link.slice(link.lastIndexOf("/") + 1);
}

/** Signs a user up: requests the email, opens its link, sets the password. The client is signed in afterwards. */
export async function signUp(app: App, email: string, password = PASSWORD, client = app.client()): Promise<TestClient> {
  await client.open("/sign-up");
  await client.submit({ email });
  await app.deliver();
  await client.open(app.lastLink());
  await client.submit({ password });
  return client;
}

/** Requests a reset link, delivers it and returns its path. */
export async function requestReset(app: App, email: string, client = app.client()): Promise<string> {
  await client.open("/forgot-password");
  await client.submit({ email });
  await app.deliver();
  return app.lastLink();
}
