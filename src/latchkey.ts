import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { createPasswordHashing } from "./basics/password-hashing.ts";
import type { Core, Visitor } from "./flows/core.ts";
import * as passwordReset from "./flows/password-reset.ts";
import { whoIs } from "./flows/sessions.ts";
import * as signIn from "./flows/sign-in.ts";
import * as signUp from "./flows/sign-up.ts";
import { createMailbox, type Mailbox } from "./mail/mailbox.ts";
import { smtpTransport } from "./mail/smtp.ts";
import { createWorker } from "./mail/worker.ts";
import { type Options, type Settled, settleOptions } from "./options.ts";
import { openDatabase, sqlitePath } from "./store/database.ts";
import { createApp, type Peer, visitorOf } from "./web/app.ts";
import { noSessionCookie, sessionCookie, sessionFrom } from "./web/cookies.ts";
import type { Site } from "./web/site.ts";

/** Somebody who is signed in, as a host app sees them. */
export interface SignedIn {
  id: string;
  email: string;
}

/** Who is behind a call from an app's own pages, where it does not say: nobody that could be limited or described. */
const NOBODY: Visitor = { client: null, browser: "an unknown browser", locale: "en", session: null };

/** Latchkey, as an app mounts it. */
export type Latchkey = Awaited<ReturnType<typeof createLatchkey>>;

/**
 * Opens the database, brings it to the newest schema, and puts the parts together. Nothing is mailed until
 * `worker.start()` or `deliverDue()`. Throws OptionsError with everything that is wrong with the options, and what the
 * database throws where it cannot be opened.
 */
export async function createLatchkey(options: Options) {
  const settled = settleOptions(options);
  const database = await openDatabase(settled.database);
  const core: Core = {
    database,
    accounts: settled.accounts,
    hashing: createPasswordHashing(hashingRoom()),
    clock: settled.clock,
    rules: rulesOf(settled),
    mailQueued() {
      worker.wake();
      database.announceMail();
    },
  };

  const mailbox =
    settled.smtp || settled.transport ? null : createMailbox(settled.clock, mailboxFolder(settled.database));
  const transport = settled.transport ?? (settled.smtp ? smtpTransport(settled.smtp) : (mailbox as Mailbox));
  const { baseUrl, productName, from, templates, pages, trustedProxies, log } = settled;
  const worker = createWorker(core, { baseUrl: trimmed(baseUrl), productName, from, templates, transport, log });
  const hasMailbox = mailbox !== null;
  const site: Site = { core, baseUrl, productName, hasMailbox, trustedProxies, pages, mailbox, log };
  const app = createApp(site);

  return {
    /** Answers a request, whatever it is. `peer` is the IP address at the other end, which the limits need. Never throws. */
    fetch: (request: Request, peer?: Peer): Promise<Response> => app(request, peer),

    /** Who is signed in in the browser that sent the request, or null. */
    async account(request: Request): Promise<SignedIn | null> {
      const person = await whoIs(core, sessionFrom(site, request));
      return person && { id: person.account.id, email: person.account.email };
    },

    /** What a request says of the person behind it; the flows below take it last. */
    visitor: (request: Request, peer?: Peer): Visitor => visitorOf(site, request, peer),
    /** The `Set-Cookie` for a session that a flow returned; `lasting: false` ends it with the browser. */
    sessionCookie: (session: string, { lasting = false } = {}): string => sessionCookie(site, session, { lasting }),
    /** The `Set-Cookie` that makes the browser forget its session. */
    noSessionCookie: (): string => noSessionCookie(site),

    /** Each flow for apps with pages of their own; the words are in `flows/`. */
    passwordReset: {
      request: (email: string, visitor = NOBODY) => passwordReset.request(core, email, visitor),
      look: (token: string) => passwordReset.look(core, token),
      finish: (token: string, password: string, visitor = NOBODY) =>
        passwordReset.finish(core, token, password, visitor),
    },
    signUp: {
      request: (email: string, visitor = NOBODY) => signUp.request(core, email, visitor),
      look: (token: string) => signUp.look(core, token),
      finish: (token: string, password: string, visitor = NOBODY) => signUp.finish(core, token, password, visitor),
    },
    signIn: (email: string, password: string, visitor = NOBODY) => signIn.signIn(core, email, password, visitor),

    /** Sends mails as they are queued, until `close()`. */
    worker: {
      start() {
        worker.start();
        database.onMailAnnounced(() => worker.wake());
      },
    },
    /** Sends what is due now, and returns how many mails were sent: for a cron job instead of the worker. */
    deliverDue: () => worker.deliverDue(),

    /** Finishes the mails in hand, then closes the mail server's and the database's connections. */
    async close(): Promise<void> {
      await worker.stop();
      await transport.close?.();
      await database.close();
    },
  };
}

function rulesOf(settled: Settled): Core["rules"] {
  return {
    productName: settled.productName,
    passwordMinLength: settled.passwordMinLength,
    resetLinkMs: settled.resetLinkMinutes,
    signUpLinkMs: settled.signUpLinkMinutes,
    requestsPerClient: settled.requestsPerIp,
    mailsPerAddress: settled.mailsPerAddress,
    signInsPerAccount: settled.signInsPerAccount,
  };
}

/** One hash a core at once, each in 19 MiB, and a queue of about a third of a second. */
function hashingRoom(): { atOnce: number; waiting: number } {
  const atOnce = availableParallelism();
  return { atOnce, waiting: Math.max(64, 32 * atOnce) };
}

/**
 * Beside the database file, so that both are found and thrown away together; in memory, where the database is. With
 * PostgreSQL where we were started, by the database's name: a worker by itself must fill what the pages show.
 */
function mailboxFolder(databaseUrl: string): string | null {
  const path = sqlitePath(databaseUrl) ?? `${basename(new URL(databaseUrl).pathname)}.db`;
  return path === ":memory:" ? null : `${path}-mailbox`;
}

function trimmed(baseUrl: URL): string {
  return baseUrl.href.replace(/\/$/, "");
}
