import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { createOperator } from "./admin/operator.ts";
import { purge } from "./admin/purge.ts";
import { collectStats } from "./admin/stats.ts";
import type { Client, Core } from "./core/context.ts";
import { openDatabase, sqlitePath } from "./db/database.ts";
import { type Connection, clientOf, createApp } from "./features/app.ts";
import * as code from "./features/check-email/code.ts";
import * as addressChange from "./features/email-change/flow.ts";
import * as addressUndo from "./features/email-change/undo.ts";
import { emailKinds } from "./features/emails.ts";
import type { Pages } from "./features/pages.ts";
import * as passwordReset from "./features/password-reset/flow.ts";
import * as objection from "./features/security-alert/flow.ts";
import * as signIn from "./features/sign-in/flow.ts";
import * as signInLink from "./features/sign-in-link/flow.ts";
import * as signUp from "./features/sign-up/flow.ts";
import type { HttpContext } from "./http/context.ts";
import { clearSessionCookie, readSessionCookie, requestCookie, sessionCookie } from "./http/cookies.ts";
import { NO_METER } from "./lib/meter.ts";
import * as checkEmail from "./links/waiting.ts";
import type { MailContext } from "./mail/delivery.ts";
import { createMailbox, type Mailbox } from "./mail/mailbox.ts";
import { smtpTransport } from "./mail/smtp/transport.ts";
import { createWorker } from "./mail/worker.ts";
import { createMetrics } from "./metrics.ts";
import { type Options, type ResolvedOptions, resolveOptions } from "./options/options.ts";
import { breachLookup, noBreachLookup } from "./passwords/breach-lookup.ts";
import { createPasswordHashing } from "./passwords/hashing.ts";
import { currentSession } from "./sessions/list.ts";
import { startSessionForApp } from "./sessions/start.ts";

/** Somebody who is signed in, as a host app sees them. */
export interface SignedInAccount {
  id: string;
  email: string;
}

/** Who is behind a call from an app's own pages, where it does not say: nobody that could be limited or described. */
const NOBODY: Client = {
  ip: null,
  browser: "an unknown browser",
  locale: "en",
  session: null,
  request: null,
  headers: null,
};

/** Latchkey, as an app mounts it. */
export type Latchkey = Awaited<ReturnType<typeof createLatchkey>>;

/**
 * Opens the database, brings it to the newest schema, and puts the parts together. Nothing is mailed until
 * `worker.start()` or `deliverDue()`. Throws OptionsError with everything that is wrong with the options, and what the
 * database throws where it cannot be opened. `parts` is for simulations alone, in which a real hash would take most of the time.
 */
export async function createLatchkey(options: Options, parts: Partial<Pick<Core, "hashing">> = {}) {
  const settled = resolveOptions(options);
  const metrics = settled.metrics ? await createMetrics(() => collectStats(core)) : null;
  const meter = metrics?.meter ?? NO_METER;
  const database = await openDatabase(settled.database, metrics ? meter.statement : undefined);
  const core: Core = {
    database,
    accounts: settled.accounts,
    hashing: parts.hashing ?? createPasswordHashing(hashingRoom()),
    isBreached: settled.passwords.breachLookup
      ? breachLookup(settled.passwords.breachLookup, settled.log)
      : noBreachLookup,
    clock: settled.clock,
    rules: rulesOf(settled),
    meter,
    mayBeginSession: askSafely(settled),
    notifyWorker() {
      worker.wake();
      database.notifyWorkers();
    },
  };

  const { baseUrl, brand, mail, pages, trustedProxies, log, clock } = settled;
  const productName = brand.name;
  const mailbox = mail.transport ? null : createMailbox(clock, mailboxFolder(settled.database));
  const transport = Array.isArray(mail.transport)
    ? smtpTransport(mail.transport, { dkim: mail.dkim, caFile: mail.caFile, clock, log })
    : (mail.transport ?? (mailbox as Mailbox));
  const { from, templates } = mail;
  const mailing: MailContext = {
    kinds: emailKinds,
    baseUrl: trimmed(baseUrl),
    productName,
    from,
    templates,
    transport,
    log,
  };
  const worker = createWorker(core, mailing, () => purge(core));
  const hasMailbox = mailbox !== null;
  const isMailboxPublic = mail.devMailbox === "public";
  const http: HttpContext<Pages> = {
    core,
    baseUrl,
    productName,
    hasMailbox,
    isMailboxPublic,
    trustedProxies,
    pages,
    mailbox,
    log,
  };
  const app = createApp(http);

  return {
    /** Answers a request, whatever it is. `peer` is the IP address at the other end, which the limits need. Never throws. */
    fetch: (request: Request, peer?: Connection): Promise<Response> => app(request, peer),

    /** Who is signed in in the browser that sent the request, or null. */
    async account(request: Request): Promise<SignedInAccount | null> {
      const person = await currentSession(core, readSessionCookie(http, request));
      return person && { id: person.account.id, email: person.account.email };
    },

    /** What a request says of the person behind it; the flows below take it last. */
    client: (request: Request, peer?: Connection): Client => clientOf(http, request, peer),
    /** The `Set-Cookie` for a session that a flow returned; `lasting: false` ends it with the browser. */
    sessionCookie: (session: string, { lasting = false } = {}): string => sessionCookie(http, { session, lasting }),
    /** The `Set-Cookie` for a request that a flow returned: the browser that asked for a mail is known again by it. */
    requestCookie: (request: string): string => requestCookie(http, request),
    /** The `Set-Cookie` that makes the browser forget its session. */
    noSessionCookie: (): string => clearSessionCookie(http),

    /** Each flow for apps with pages of their own; the words are in `flows/`. */
    passwordReset: {
      request: (email: string, client = NOBODY) => passwordReset.request(core, email, client),
      look: (token: string) => passwordReset.preview(core, token),
      finish: (token: string, password: string, client = NOBODY) =>
        passwordReset.complete(core, { token, password }, client),
    },
    signUp: {
      request: (email: string, client = NOBODY) => signUp.request(core, email, client),
      look: (token: string) => signUp.preview(core, token),
      finish: (token: string, password: string, client = NOBODY) => signUp.complete(core, { token, password }, client),
    },
    signInLink: {
      request: (email: string, client = NOBODY) => signInLink.request(core, email, client),
      look: (token: string, client = NOBODY) => signInLink.preview(core, token, client),
      finish: (token: string, code: string, client = NOBODY) => signInLink.complete(core, { token, code }, client),
    },
    /** What the browser waits for that asked for a mail, and the mail once more. */
    checkEmail: {
      look: (client: Client) => checkEmail.pendingRequest(core, client),
      sendAgain: (client: Client) => checkEmail.resend(core, client),
    },
    /** Takes the code of a mail, in the browser that asked for it. */
    code: (digits: string, client: Client) => code.submitCode(core, digits, client),
    objection: {
      look: (token: string) => objection.preview(core, token),
      object: (token: string, client = NOBODY) => objection.complete(core, token, client),
    },
    addressChange: {
      /** For whoever is signed in in the client's browser; `signed-out` where nobody is. */
      async request(email: string, currentPassword: string, client: Client) {
        const person = await currentSession(core, client.session);
        if (!person) return { kind: "signed-out" } as const;
        return addressChange.request(core, person, { email, current: currentPassword }, client);
      },
      look: (token: string, client = NOBODY) => addressChange.preview(core, token, client),
      finish: (token: string, password: string, client = NOBODY) =>
        addressChange.complete(core, { token, password }, client),
    },
    addressUndo: {
      look: (token: string) => addressUndo.previewUndo(core, token),
      undo: (token: string, client = NOBODY) => addressUndo.completeUndo(core, token, client),
    },
    /** Begins a session for somebody whom the app itself has let in, after a second factor say. Null: no such account. */
    beginSession: (accountId: string, client: Client) => startSessionForApp(core, accountId, client),
    signIn: (email: string, password: string, client = NOBODY) => signIn.signIn(core, { email, password }, client),

    /** Sends mails as they are queued, until `close()`. */
    worker: {
      start() {
        worker.start();
        database.onNotified(() => worker.wake());
      },
    },
    /** Sends what is due now, and returns how many mails were sent: for a cron job instead of the worker. */
    deliverDue: () => worker.deliverDue(),

    /** What whoever runs Latchkey can see and do; the command line is made of it. */
    operator: createOperator(core, mailing),
    /** How things stand, in the text that Prometheus reads. Throws unless the option `metrics` is on. */
    async metrics(): Promise<string> {
      if (!metrics) throw new Error("Nothing is measured. Set the option metrics to true.");
      return metrics.text();
    },

    /** Finishes the mails in hand, then closes the mail server's and the database's connections. */
    async close(): Promise<void> {
      await worker.stop();
      await transport.close?.();
      await database.close();
    },
  };
}

function rulesOf({ brand, passwords, links, limits, signInLinks }: ResolvedOptions): Core["rules"] {
  return {
    productName: brand.name,
    passwordMinLength: passwords.minLength,
    resetLinkMs: links.resetMinutes,
    signUpLinkMs: links.signUpMinutes,
    signInLinkMs: links.signInMinutes,
    signInLinks,
    requestsPerClient: limits.requestsPerIp,
    mailsPerAddress: limits.mailsPerAddress,
    mailsPerDay: limits.mailsPerDay,
    signInsPerAccount: limits.signInsPerAccount,
  };
}

/** The app's own word. Whatever goes wrong with it means no: a second factor must not fall away by a fault. */
function askSafely({ mayBeginSession, log }: ResolvedOptions): Core["mayBeginSession"] {
  if (mayBeginSession === null) return async () => "yes";
  return async (question) => {
    try {
      const answer = await mayBeginSession(question);
      if (answer === "yes" || (typeof answer === "object" && typeof answer?.goTo === "string")) return answer;
    } catch (err) {
      log.error({ err, method: question.method }, "mayBeginSession failed and nobody was signed in");
    }
    return "no";
  };
}

/**
 * One hash at once for each core but the one that answers requests, each in 19 MiB, and a queue of about a second where there
 * are two cores.
 */
function hashingRoom(): { atOnce: number; waiting: number } {
  const atOnce = Math.max(1, availableParallelism() - 1);
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
