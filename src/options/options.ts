import { type Accounts, ownAccounts } from "../accounts/accounts-table.ts";
import type { SessionAnswer, SessionQuestion } from "../core/context.ts";
import type { PageOverrides } from "../features/pages.ts";
import type { Log } from "../http/context.ts";
import {
  type CatalogueOptions,
  type Catalogues,
  catalogueProblems,
  createCatalogues,
  type OwnLanguage,
  type WordChanges,
} from "../i18n/catalogues.ts";
import type { Clock } from "../lib/clock.ts";
import { MAKE_A_KEY } from "../lib/keys.ts";
import type { DkimKey } from "../mail/smtp/dkim.ts";
import { isLoopback } from "../mail/smtp/url.ts";
import type { Templates } from "../mail/templates.ts";
import type { Transport } from "../mail/transport.ts";
import { resolveBrand } from "./brand-options.ts";
import { nearestOption } from "./nearest.ts";
import type { OptionProblem } from "./option-problem.ts";
import { OPTION_PATHS, optionSchema } from "./option-schema.ts";

/**
 * The argument of `createLatchkey`. Only `baseUrl` is always required; production also requires `mail.from` and
 * `mail.transport`. Unknown options are errors, at compile time and at run time.
 */
export interface Options {
  /**
   * The public address of Latchkey's pages, such as `https://acme.example/account`. Every link, redirect and cookie is built
   * from it, never from a request. It may have a path. Must be https in production.
   */
  baseUrl: string;
  /**
   * The name of the session cookie, 1 to 32 letters and digits; over https `__Host-` comes before it. The other cookies' names
   * begin with it. Two instances on one host, also on two ports or paths of it, need two names. Default `latchkey`.
   */
  cookieName?: string | undefined;
  /** `sqlite:` and a path, `sqlite::memory:`, or `postgres://user:password@host/name`. Default `sqlite:latchkey.db`. */
  database?: string | undefined;
  /**
   * At least 32 random bytes as base64, hex or text, or several, newest first, while the key is rotated. Rate limits, failure
   * counters and emailed codes are stored as digests under it. All instances need the same. Default on SQLite: the file
   * `<database>.key`, created at the first start. PostgreSQL in production requires it.
   */
  secretKey?: string | readonly string[] | undefined;
  /**
   * Whether to bring the database to the newest schema. Default true. False, for a database role that may not change tables:
   * `createLatchkey` throws SchemaMismatch unless `latchkey migrate` has run.
   */
  migrate?: boolean | undefined;
  mail?: {
    /** The sender, such as `Acme <no-reply@acme.example>`. Default, in development only: no-reply at the host of `baseUrl`. */
    from?: string | undefined;
    /**
     * How email leaves: the URL of an SMTP server, several of them (the first that works is used), or a transport of your own.
     * `smtps://` uses TLS from the start; `smtp://` requires STARTTLS, except to this machine. A user name or password with
     * `/ # ? : @ %` in it is percent-encoded. Default, in development only: the development mailbox.
     */
    transport?: string | readonly string[] | Transport | undefined;
    /** A file with CA certificates (PEM) that the mail server's certificate may be signed by, besides Node's own. */
    caFile?: string | undefined;
    /**
     * `local`: the development mailbox answers only clients on this machine. `public`: any client, refused if `baseUrl` is https
     * and not loopback. Default `local`.
     */
    devMailbox?: "local" | "public" | undefined;
    /** The name that the SMTP client gives in EHLO. Default: the host of `baseUrl`, if it has a dot. */
    helo?: string | undefined;
    /** Domain, selector and RSA private key (PEM) with which SMTP emails are signed (RFC 6376). Default: unsigned. */
    dkim?: DkimKey | undefined;
    /**
     * Whether a person who requests a reset or a sign-in link for an address without an account gets an email that says so, once
     * a day for each address. Pages answer the same either way. Default false.
     */
    unknownAddress?: boolean | undefined;
    /** Replaces the text of emails: a function from the data of an email to subject, text and HTML. Default: the built-in ones. */
    templates?: Partial<Templates> | undefined;
  };
  brand?: {
    /** The product's name on pages and in emails, 1 to 60 characters. Default `Latchkey`. */
    name?: string | undefined;
    /**
     * The logo: a file, a `data:` URI, or a URL on the origin of `baseUrl`. SVG, PNG or WebP, at most 64 kB. Files and `data:`
     * URIs are read once, at the start. Default: a square with the first letter of the name.
     */
    logoUrl?: string | undefined;
    /** The logo on dark backgrounds. Default: `logoUrl` on a white ground. */
    logoDarkUrl?: string | undefined;
    /** The colour of buttons and links, in hex: `#0f766e`. It is lightened or darkened where it would not be readable. */
    accent?: string | undefined;
    /** The radius of buttons and fields in CSS pixels, 0 to 20. Default 10. */
    radius?: number | undefined;
    /** Where users find help, such as `https://acme.example/help`. Default: none. */
    supportUrl?: string | undefined;
    /** Where users write for help; also the `Reply-To` of every email. Default: none. */
    supportEmail?: string | undefined;
    /** The postal address in the footer of emails. Default: none. */
    address?: string | undefined;
    /** Links in the footer of pages, such as to the privacy policy. At most 10. */
    links?: readonly { label: string; url: string }[] | undefined;
  };
  /** The language of pages if the browser asks for none that is served, and of emails that no one requested. Default `en`. */
  language?: string | undefined;
  /** Changes sentences of the built-in languages: `{ de: { signIn: { button: "Los geht’s" } } }`. Default: none. */
  words?: WordChanges | undefined;
  /** Languages of your own, each with every sentence. Default: none. */
  languages?: readonly OwnLanguage[] | undefined;
  /** Replaces pages: a function, which may be async, from the data of a page to title and body. Default: the built-in ones. */
  pages?: PageOverrides | undefined;
  /** The table of accounts. Default: Latchkey's own. */
  accounts?: Accounts | undefined;
  /**
   * Asked before every session starts, by any method, after the proof was checked and before anything changes. Return `"yes"`,
   * `"no"`, or `{ goTo }` with a path of your app, for a second factor for example; `goTo` uses up neither the link nor an
   * attempt. An error, a `goTo` on another origin, or no answer within 5 s means no. Default: yes.
   */
  mayBeginSession?: ((question: SessionQuestion) => Promise<SessionAnswer>) | undefined;
  /**
   * Whether a path may be opened after sign-in, sign-up or a reset; asked when `next` is given and again at use. `path` is on
   * the origin of `baseUrl`, with query and fragment. Any result but true, or an error, means no: the account page opens.
   * Default: every path of the origin.
   */
  allowNext?: ((path: string) => boolean) | undefined;
  /** IP addresses or CIDR ranges of proxies whose `X-Forwarded-For` is believed, such as `10.0.0.0/8`. Default: none. */
  trustedProxies?: readonly string[] | undefined;
  /** Whether users can sign in with an emailed link. `false` removes its pages. Default true. */
  signInLinks?: boolean | undefined;
  passwords?: {
    /** Minimum length in Unicode code points, 8 to 256. Default 15 (NIST SP 800-63B-4). */
    minLength?: number | undefined;
    /**
     * A k-anonymity range service that knows leaked passwords, such as `https://api.pwnedpasswords.com/range`. If it is
     * unreachable the password is accepted. Default: none.
     */
    breachLookup?: string | undefined;
  };
  /** How long links work, in whole minutes from the moment the email leaves. */
  links?: {
    /** Reset links, 1 to 43200. Default 60. */
    resetMinutes?: number | undefined;
    /** Sign-up links, 1 to 43200. Default 1440. */
    signUpMinutes?: number | undefined;
    /** Sign-in links, 1 to 720. Default 10. */
    signInMinutes?: number | undefined;
  };
  /** Rate limits, written `N/duration`, such as `30/10m`. Durations end in s, m, h or d. */
  limits?: {
    /** Email requests of one client IP, and separately its sign-in attempts. Default `30/10m`. */
    requestsPerIp?: string | undefined;
    /** Emails of one kind to one address. Requests beyond it get the usual response and no email. Default `5/1h`. */
    mailsPerAddress?: string | undefined;
    /** Emails that leave in a day, with a reserve for resets and notices. Default 10000. */
    mailsPerDay?: number | undefined;
    /** Password attempts against one account. Default `10/15m`. */
    signInsPerAccount?: string | undefined;
  };
  /**
   * `production` rejects missing and unsafe options. Default: `NODE_ENV` if it is production, development or test; else
   * `development` if `baseUrl` is this machine, and `production` otherwise.
   */
  mode?: "development" | "production" | undefined;
  /** A pino logger, or any object with `info(fields, message)` and `error(fields, message)`. Default: none. */
  logger?: Log | undefined;
  /** Whether to count and time requests, emails and statements for `latchkey.metrics()`. Default false. */
  metrics?: boolean | undefined;
  /** Returns the time in epoch milliseconds; for tests. Default: the time of the database, so that all instances agree. */
  clock?: Clock | undefined;
}

/** The options with every default filled in. Durations are in milliseconds. */
export type ResolvedOptions = ReturnType<typeof resolveOptions>;

/** Thrown by `createLatchkey` with every problem at once. */
export class OptionsError extends Error {
  readonly problems: OptionProblem[];
  constructor(problems: OptionProblem[]) {
    super(
      `Latchkey can't start. Fix these options:\n${problems.map(({ option, message }) => `  ${option}: ${message}`).join("\n")}`,
    );
    this.name = "OptionsError";
    this.problems = problems;
  }
}

/** Checks the options and fills in the defaults. Throws OptionsError with every problem at once. */
export function resolveOptions(options: Options) {
  const read = optionSchema.safeParse(options, { error: wrongType });
  const problems = (read.error?.issues ?? []).flatMap((issue) => {
    const path = issue.path.map(String).join(".");
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => unknownOption(path ? `${path}.${key}` : key));
    return [{ option: path || "options", message: issue.message }];
  });
  const { mode = defaultMode(options?.baseUrl), mail: given } = options ?? {};
  problems.push(...dkimProblems(given?.dkim ?? {}));
  if (given?.devMailbox === "public" && isPublicHttps(options.baseUrl)) {
    const message = `is public, but the base URL is "${options.baseUrl}": anyone could read the emails. Remove it.`;
    problems.push({ option: "mail.devMailbox", message });
  }
  if (mode === "production") problems.push(...productionProblems(options ?? {}));
  if (problems.length > 0 || !read.success) throw new OptionsError(problems);

  const { baseUrl, mail, accounts, logger, mayBeginSession, allowNext, ...rest } = read.data;
  const { brand, problems: brandProblems } = resolveBrand(read.data.brand, baseUrl);
  const { words, languages, language } = read.data;
  const catalogues = createCatalogues({ words, languages });
  const further = [...brandProblems, ...languageProblems({ words, languages, language }, catalogues)];
  if (further.length > 0) throw new OptionsError(further);

  const { domain, selector, privateKey } = mail.dkim;
  return {
    ...rest,
    mode,
    baseUrl,
    brand,
    catalogues,
    mail: {
      ...mail,
      from: mail.from ?? { name: brand.name, address: `no-reply@${baseUrl.hostname}` },
      dkim: domain && selector && privateKey ? { domain, selector, privateKey } : null,
    },
    accounts: accounts ?? ownAccounts,
    log: safeLog(logger),
    mayBeginSession: mayBeginSession ?? null,
    allowNext: allowNext ?? null,
  };
}

/** The message for a value of the wrong type, where the schema has none of its own. */
function wrongType({ code, expected, input }: { code?: string | undefined; expected?: unknown; input?: unknown }) {
  if (code !== "invalid_type") return undefined;
  const given = input === null ? "null" : Array.isArray(input) ? "an array" : `a ${typeof input}`;
  return `must be of type ${expected}, and is ${given}. Leave it out to use the default.`;
}

/** Changed words that exist nowhere, tags that are no languages, and a default language that is not served. */
function languageProblems(
  { language, ...given }: CatalogueOptions & { language: string },
  { languages }: Catalogues,
): OptionProblem[] {
  const problems = catalogueProblems(given).map((problem) => {
    const [option = "", message = ""] = problem.split(/: (.*)/s);
    return { option, message };
  });
  if (languages.some(({ tag }) => tag === language)) return problems;
  const served = languages.map(({ tag }) => tag).join(", ");
  return [...problems, { option: "language", message: `is "${language}". Use one of ${served}.` }];
}

function unknownOption(option: string): OptionProblem {
  const nearest = nearestOption(option, OPTION_PATHS);
  return { option, message: `unknown option${nearest ? `; did you mean ${nearest}?` : "."}` };
}

/** A logger that throws must not fail the request or the email that is being logged. */
function safeLog(logger: Log | undefined): Log {
  const guarded = (level: "info" | "error" | "warn") => (fields: object, message: string) => {
    try {
      if (level === "warn" && !logger?.warn) logger?.error(fields, message);
      else logger?.[level]?.(fields, message);
    } catch {
      // Losing a log line is better than losing what it is about.
    }
  };
  return { info: guarded("info"), error: guarded("error"), warn: guarded("warn") };
}

/** Elsewhere than on this machine, a missing NODE_ENV must not make the development mailbox public. */
function defaultMode(baseUrl: unknown): "development" | "production" {
  const env = process.env.NODE_ENV;
  if (env === "production") return "production";
  if (env === "development" || env === "test") return "development";
  return typeof baseUrl === "string" && URL.canParse(baseUrl) && isLoopback(new URL(baseUrl).hostname)
    ? "development"
    : "production";
}

function isPublicHttps(baseUrl: unknown): boolean {
  if (typeof baseUrl !== "string" || !URL.canParse(baseUrl)) return false;
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === "https:" && !isLoopback(hostname);
}

/** A signature needs all three. A missing one must not silently turn signing off. */
function dkimProblems({ domain, selector, privateKey }: Partial<DkimKey>): OptionProblem[] {
  const missing = Object.entries({ domain, selector, privateKey }).filter(([, value]) => !value);
  if (missing.length === 3) return [];
  const message =
    "is missing. To sign email with DKIM, set the domain, selector and private key. To turn signing off, leave all three empty.";
  return missing.map(([name]) => ({ option: `mail.dkim.${name}`, message }));
}

/** Options that are optional in development and required in production. */
function productionProblems({ baseUrl, database, secretKey, mail: given }: Partial<Options>): OptionProblem[] {
  const problems: OptionProblem[] = [];
  const mail = given ?? {};
  if (/^postgres/.test(String(database)) && !secretKey?.length) {
    problems.push({
      option: "secretKey",
      message: `is missing. With PostgreSQL all instances need the same key. ${MAKE_A_KEY}`,
    });
  }
  if (typeof baseUrl === "string" && URL.canParse(baseUrl) && new URL(baseUrl).protocol === "http:") {
    problems.push({ option: "baseUrl", message: `is "${baseUrl}". In production it must start with https://` });
  }
  if (!mail.from) {
    problems.push({
      option: "mail.from",
      message: "is missing. Set the sender, for example Acme <no-reply@acme.example>.",
    });
  }
  if (!mail.transport || (Array.isArray(mail.transport) && mail.transport.length === 0)) {
    problems.push({
      option: "mail.transport",
      message: "is missing. Set your mail server, for example smtps://user:password@mail.acme.example.",
    });
  }
  return problems;
}
