import { basename } from "node:path";
import { createOperator, type Operator } from "./admin/operator.ts";
import { purge } from "./admin/purge.ts";
import { collectStats } from "./admin/stats.ts";
import { bindVisit } from "./bind-visit.ts";
import type { Core } from "./core/context.ts";
import { databaseClock } from "./db/clock.ts";
import { type Database, openDatabase, sqlitePath } from "./db/database.ts";
import { openKeys } from "./db/secret-key.ts";
import { createApp } from "./features/app.ts";
import { emailKinds } from "./features/emails.ts";
import type { Pages } from "./features/pages.ts";
import type { HttpContext } from "./http/context.ts";
import { readSessionCookie } from "./http/cookies.ts";
import { guardAllowNext } from "./http/next.ts";
import { stylePath, stylesheet } from "./http/style.ts";
import { type Clock, monotonicClock } from "./lib/clock.ts";
import type { Keys } from "./lib/keys.ts";
import { NO_METER } from "./lib/meter.ts";
import type { MailContext } from "./mail/delivery.ts";
import { createMailbox, type Mailbox } from "./mail/mailbox.ts";
import { smtpTransport } from "./mail/smtp/transport.ts";
import { heloName } from "./mail/smtp/url.ts";
import { templates as builtInTemplates, type Templates } from "./mail/templates.ts";
import { createWorker } from "./mail/worker.ts";
import { createMetrics } from "./metrics.ts";
import { type Options, type ResolvedOptions, resolveOptions } from "./options/options.ts";
import { breachLookup, noBreachLookup } from "./passwords/breach-lookup.ts";
import { createPasswordHashing, hashingCapacity } from "./passwords/hashing.ts";
import { answerSafely } from "./safe-answer.ts";
import { guardSessionHook, HOOK_TIMEOUT_MS } from "./session-hook.ts";
import { currentSession } from "./sessions/list.ts";
import type { SignedInAccount, Visit } from "./visit.ts";

/** The client IP of a request: the address of the socket's peer. `trustedProxies` decides about `X-Forwarded-For`. */
export interface Peer {
  /**
   * Such as `request.socket.remoteAddress`. `null` says that the app does not know it: then limits per client IP do not apply.
   * There is no default, so that a forgotten argument cannot switch the limits off.
   */
  ip: string | null;
}

/** An instance of Latchkey, as `createLatchkey` returns it. */
export interface Latchkey {
  /**
   * Answers a request for one of Latchkey's pages. Never rejects: if a page, hook or logger of the app throws, or the request
   * itself is broken, the answer is a 500 with an id, and the log has the error under that id. The path must still begin with
   * the path of `baseUrl`, and the body must be unread.
   */
  fetch(request: Request, peer: Peer): Promise<Response>;

  /**
   * Returns the account that is signed in in the browser that sent the request, or null: no session cookie, an ended session,
   * a disabled account. Takes the request or its headers. Costs one or two indexed reads.
   */
  account(from: Request | Headers): Promise<SignedInAccount | null>;

  /**
   * Binds every flow to one request, for pages of your own. Takes the request or its headers. Throws a TypeError if `ip` is
   * missing or if the first argument has no headers.
   */
  for(from: Request | Headers, peer: Peer): Visit;

  /** Sends queued emails in this process. */
  readonly worker: {
    /** Starts sending, and deletes expired rows once an hour, until `close()`. Returns at once. */
    start(): void;
  };

  /**
   * Sends the emails that are due now and resolves to how many were sent, for a cron job instead of a worker. Also deletes
   * expired rows, at most once an hour.
   */
  deliverDue(): Promise<number>;

  /** What an operator can see and do; the command line is built on it. Do not expose it to users. */
  readonly operator: Operator;

  /** Returns the metrics in Prometheus text format. Throws unless the option `metrics` is true. */
  metrics(): Promise<string>;

  /** Stops the worker after the emails in progress, then closes the connections to mail server and database. */
  close(): Promise<void>;
}

/** Replacements for internal parts, for tests. */
export interface Parts {
  /** Password hashing without its cost. */
  hashing?: Core["hashing"];
  /** The timeout of `mayBeginSession`, in milliseconds. */
  hookTimeoutMs?: number;
}

/**
 * Opens the database, migrates it to the newest schema and returns the instance. No email leaves before `worker.start()` or
 * `deliverDue()`. Rejects with an OptionsError that lists every problem with the options, or with the database's error.
 */
export function createLatchkey(options: Options): Promise<Latchkey> {
  return createLatchkeyWith(options, {});
}

/** The composition root. Not exported by the package: `parts` is for tests. */
export async function createLatchkeyWith(options: Options, parts: Parts): Promise<Latchkey> {
  const settled = resolveOptions(options);
  const metrics = settled.metrics ? await createMetrics(() => collectStats(core)) : null;
  const meter = metrics?.meter ?? NO_METER;
  const database = await openDatabase(settled.database, {
    migrate: settled.migrate,
    onStatement: metrics ? meter.statement : undefined,
    log: settled.log,
  });
  const { keys, clock, stopClock } = await startingWith(database, settled);
  const core: Core = {
    database,
    accounts: settled.accounts,
    hashing: parts.hashing ?? createPasswordHashing(hashingCapacity()),
    isBreached: settled.passwords.breachLookup
      ? breachLookup(settled.passwords.breachLookup, settled.log)
      : noBreachLookup,
    keys,
    clock,
    settings: settingsOf(settled),
    meter,
    mayBeginSession: guardSessionHook(settled.mayBeginSession, {
      baseUrl: settled.baseUrl,
      log: settled.log,
      timeoutMs: parts.hookTimeoutMs ?? HOOK_TIMEOUT_MS,
    }),
    notifyWorker() {
      worker.wake();
      database.notifyWorkers();
    },
  };

  const { baseUrl, brand, cookieName, mail, pages, trustedProxies, log, catalogues, language } = settled;
  const css = stylesheet(brand.theme);
  const monotonic = monotonicClock(settled.clock ?? Date.now);
  const mailbox = mail.transport ? null : createMailbox(clock, mailboxFolder(settled.database));
  const transport = Array.isArray(mail.transport)
    ? smtpTransport(mail.transport, {
        dkim: mail.dkim,
        caFile: mail.caFile,
        helo: mail.helo ?? heloName(baseUrl.hostname),
        now: monotonic,
        log,
      })
    : (mail.transport ?? (mailbox as Mailbox));
  const { from, templates } = mail;
  const mailing: MailContext = {
    kinds: emailKinds,
    baseUrl: trimmed(baseUrl),
    brand,
    catalogues,
    defaultLanguage: language,
    from,
    templates,
    transport,
    monotonic,
    log,
  };
  const worker = createWorker(core, mailing, (signal) => purge(core, signal));
  const hasMailbox = mailbox !== null;
  const isMailboxPublic = mail.devMailbox === "public";
  const http: HttpContext<Pages> = {
    core,
    cookieName,
    baseUrl,
    brand,
    stylesheet: css,
    stylePath: stylePath(css),
    catalogues,
    defaultLanguage: language,
    hasMailbox,
    isMailboxPublic,
    trustedProxies,
    allowNext: guardAllowNext(settled.allowNext, log),
    sender: from.address,
    ownTemplates: new Set(replacedTemplates(templates)),
    pages,
    mailbox,
    log,
  };
  const app = createApp(http);

  return {
    fetch: (request, peer) => answerSafely(http, () => app(request, { ip: ipOf("fetch", peer) })),

    async account(from) {
      const signedIn = await currentSession(core, readSessionCookie(http, { headers: headersOf("account", from) }));
      return signedIn && { id: signedIn.account.id, email: signedIn.account.email };
    },

    for: (from, peer) => bindVisit(http, headersOf("for", from), ipOf("for", peer)),

    worker: {
      start() {
        worker.start();
        database.onNotified(() => worker.wake());
      },
    },
    deliverDue: () => worker.deliverDue(),

    operator: createOperator(core, mailing),
    async metrics() {
      if (!metrics) throw new Error("Metrics are off. Set the option metrics: true.");
      return metrics.text();
    },

    async close() {
      await worker.stop();
      await transport.close?.();
      stopClock();
      await database.close();
    },
  };
}

function settingsOf({ brand, mail, passwords, links, limits, signInLinks }: ResolvedOptions): Core["settings"] {
  return {
    productName: brand.name,
    passwordMinLength: passwords.minLength,
    resetLinkMs: links.resetMinutes,
    signUpLinkMs: links.signUpMinutes,
    signInLinkMs: links.signInMinutes,
    signInLinks,
    unknownAddress: mail.unknownAddress,
    requestsPerClient: limits.requestsPerIp,
    mailsPerAddress: limits.mailsPerAddress,
    mailsPerDay: limits.mailsPerDay,
    signInsPerAccount: limits.signInsPerAccount,
  };
}

/** The IP of the peer, or null. Throws a TypeError if it was forgotten. */
function ipOf(method: string, peer: Peer): string | null {
  const ip: unknown = peer?.ip;
  if (typeof ip === "string" || ip === null) return ip;
  throw new TypeError(
    `latchkey.${method}: ip is ${ip === undefined ? "missing" : "not a string"}. Pass the address of the socket's peer, or null if the app does not know it.`,
  );
}

function replacedTemplates(templates: Templates): string[] {
  const kinds = Object.keys(templates) as (keyof Templates)[];
  return kinds.filter((kind) => templates[kind] !== builtInTemplates[kind]);
}

function headersOf(method: string, from: Request | Headers): Headers {
  const headers = from instanceof Headers ? from : from?.headers;
  if (typeof headers?.get === "function") return headers;
  throw new TypeError(`latchkey.${method}: the first argument must be a Request or Headers.`);
}

/** The keys and the clock of an open database. Closes the database if it cannot be used with the given keys. */
async function startingWith(
  database: Database,
  settled: ResolvedOptions,
): Promise<{ keys: Keys; clock: Clock; stopClock(): void }> {
  try {
    const keys = await openKeys(database.query, settled.database, settled.secretKey);
    if (settled.clock) return { keys, clock: settled.clock, stopClock() {} };
    const { now, stop } = await databaseClock(database.query);
    return { keys, clock: now, stopClock: stop };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Beside the database file, so that both are found and deleted together; in memory if the database is. With PostgreSQL in the
 * working directory, named after the database: a separate worker process must fill what the pages show.
 */
function mailboxFolder(databaseUrl: string): string | null {
  const path = sqlitePath(databaseUrl) ?? `${basename(databaseUrl.replace(/[?#].*$/, ""))}.db`;
  return path === ":memory:" ? null : `${path}-mailbox`;
}

function trimmed(baseUrl: URL): string {
  return baseUrl.href.replace(/\/$/, "");
}
