import { type Accounts, ownAccounts } from "../accounts/accounts-table.ts";
import type { SessionAnswer, SessionQuestion } from "../core/context.ts";
import { type Pages, pages } from "../features/pages.ts";
import type { Log } from "../http/context.ts";
import type { Clock } from "../lib/clock.ts";
import type { DkimKey } from "../mail/smtp/dkim.ts";
import { isLoopback } from "../mail/smtp/url.ts";
import { type Templates, templates } from "../mail/templates.ts";
import type { Transport } from "../mail/transport.ts";
import { optionSchema } from "./option-schema.ts";

/** What `createLatchkey` takes. Only `baseUrl` is always needed; in production also `mail.from` and `mail.smtp`. */
export interface Options {
  /** Where people reach us, such as `https://acme.example/account`. Every link is built from it, never from a request. */
  baseUrl: string;
  /** `sqlite:` and a path, `sqlite::memory:`, or `postgres://user:password@host/name`. Default `sqlite:latchkey.db`. */
  database?: string | undefined;
  mail?: {
    /** The sender, `Acme <no-reply@acme.example>`. Default, in development only: no-reply at baseUrl's host. */
    from?: string | undefined;
    /**
     * `smtps://…`, or `smtp://…` with STARTTLS demanded; plain only to this machine. Several, in a list or separated by commas:
     * the first that works. Default, in development only: the mailbox.
     */
    smtp?: string | readonly string[] | undefined;
    /** Domain, selector and private key (PEM, RSA) with which mails over SMTP are signed. Default: they are not. */
    dkim?: DkimKey | undefined;
    /** What carries mails away instead of SMTP. */
    transport?: Transport | undefined;
    /** Mails of your own, as functions from a view to a letter. Default: ours. */
    templates?: Partial<Templates> | undefined;
  };
  product?: {
    /** Default `Latchkey`. */
    name?: string | undefined;
  };
  /** Pages of your own, as functions from a view to a page. Default: ours. */
  pages?: Partial<Pages> | undefined;
  /** The table of accounts. Default: our own. */
  accounts?: Accounts | undefined;
  /**
   * Asked on every method once somebody has proved what it asks for, before anything is changed: `yes`, `no`, or a path of
   * yours to go to first, for a second factor. An error means no. Default: yes.
   */
  mayBeginSession?: ((question: SessionQuestion) => Promise<SessionAnswer>) | undefined;
  /** Addresses or ranges whose X-Forwarded-For is believed. Default: none. */
  trustedProxies?: readonly string[] | undefined;
  /** In code points, 8 at least. Default 15 (NIST SP 800-63B-4). */
  passwordMinLength?: number | undefined;
  /** A service such as `https://api.pwnedpasswords.com/range`, asked whether a new password was leaked. Default: none. */
  breachLookup?: string | undefined;
  /** How long a link works from the moment it is mailed, in minutes. Default 60. */
  resetLinkMinutes?: number | undefined;
  /** Default 1440. */
  signUpLinkMinutes?: number | undefined;
  /** Default 10; 720 at most, since for so long at the most the browser that asked is known again. */
  signInLinkMinutes?: number | undefined;
  /** Whether people may sign in by a mailed link. Default true. */
  signInLinks?: boolean | undefined;
  limits?: {
    /** Mail-asking forms, and separately sign-ins, of one client: `N/duration`. Default `30/10m`. */
    requestsPerIp?: string | undefined;
    /** Default `5/1h`. */
    mailsPerAddress?: string | undefined;
    /** All mails that leave in a day, with a reserve for resets and notices. Default 10000. */
    mailsPerDay?: number | undefined;
    /** Tries at one account's password. Default `10/15m`. */
    signInsPerAccount?: string | undefined;
  };
  /** `production` refuses whatever is missing or unsafe. Default: `development` where NODE_ENV says so, or says nothing and baseUrl is this machine. */
  mode?: "development" | "production" | undefined;
  /** A pino logger, or anything with `info` and `error`. Default: none. */
  logger?: Log | undefined;
  /** Counts and times what happens, for `latchkey.metrics()`. Default false. */
  metrics?: boolean | undefined;
  /** Tells the time in epoch milliseconds. Default `Date.now`. */
  clock?: Clock | undefined;
}

/** Options with every default filled in. */
export type ResolvedOptions = ReturnType<typeof resolveOptions>;

/** One option that cannot be used: its path in Options, and what is wrong and what to write. */
export interface OptionProblem {
  option: string;
  sentence: string;
}

/** Thrown with every problem at once. */
export class OptionsError extends Error {
  readonly problems: OptionProblem[];
  constructor(problems: OptionProblem[]) {
    super(`Latchkey cannot start:\n${problems.map(({ option, sentence }) => `  ${option}: ${sentence}`).join("\n")}`);
    this.name = "OptionsError";
    this.problems = problems;
  }
}

const SILENT: Log = { info() {}, error() {} };

/** Where an option of the flat schema stands in Options. */
const PATHS: Record<string, string> = {
  from: "mail.from",
  smtp: "mail.smtp",
  dkimDomain: "mail.dkim.domain",
  dkimSelector: "mail.dkim.selector",
  dkimPrivateKey: "mail.dkim.privateKey",
  productName: "product.name",
  requestsPerIp: "limits.requestsPerIp",
  mailsPerAddress: "limits.mailsPerAddress",
  mailsPerDay: "limits.mailsPerDay",
  signInsPerAccount: "limits.signInsPerAccount",
};

/** Checks the options and fills in the defaults. Throws OptionsError with everything that is wrong, all at once. */
export function resolveOptions(options: Options) {
  const { domain: dkimDomain, selector: dkimSelector, privateKey: dkimPrivateKey } = options.mail?.dkim ?? {};
  const dkim = { dkimDomain, dkimSelector, dkimPrivateKey };
  const flat = { ...options, ...options.mail, ...options.limits, ...dkim, productName: options.product?.name };
  const read = optionSchema.safeParse(flat);
  const mode = options.mode ?? defaultMode(options.baseUrl);

  const problems = (read.error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0]);
    return { option: PATHS[name] ?? name, sentence: message };
  });
  problems.push(...dkimProblems(dkim));
  if (mode === "production") problems.push(...productionProblems(options));
  if (problems.length > 0 || !read.success) throw new OptionsError(problems);

  const { baseUrl, from, dkimDomain: domain, dkimSelector: selector, dkimPrivateKey: privateKey, ...rest } = read.data;
  return {
    ...rest,
    mode,
    baseUrl,
    dkim: domain && selector && privateKey ? { domain, selector, privateKey } : null,
    from: from ?? { name: rest.productName, address: `no-reply@${baseUrl.hostname}` },
    transport: options.mail?.transport ?? null,
    templates: { ...templates, ...options.mail?.templates },
    pages: { ...pages, ...options.pages } as Pages,
    accounts: options.accounts ?? ownAccounts,
    log: options.logger ?? SILENT,
    metrics: options.metrics ?? false,
    clock: options.clock ?? Date.now,
    mayBeginSession: options.mayBeginSession ?? null,
  };
}

/** Development is assumed only on this very machine: elsewhere a forgotten NODE_ENV must not open the mailbox to all. */
function defaultMode(baseUrl: unknown): "development" | "production" {
  const env = process.env.NODE_ENV;
  if (env === "production") return "production";
  if (env === "development" || env === "test") return "development";
  return typeof baseUrl === "string" && URL.canParse(baseUrl) && isLoopback(new URL(baseUrl).hostname)
    ? "development"
    : "production";
}

/** A signature needs all three; one that is missing must not quietly mean that nothing is signed. */
function dkimProblems(given: Record<string, string | undefined>): OptionProblem[] {
  const missing = Object.keys(given).filter((name) => !given[name]);
  if (missing.length === Object.keys(given).length) return [];
  const sentence =
    "is missing. To sign mails, write the domain, the selector and the private key; to sign none, write none.";
  return missing.map((name) => ({ option: PATHS[name] ?? name, sentence }));
}

/** What development does without, and production must have. */
function productionProblems({ baseUrl, mail = {} }: Options): OptionProblem[] {
  const problems: OptionProblem[] = [];
  if (typeof baseUrl === "string" && URL.canParse(baseUrl) && new URL(baseUrl).protocol === "http:") {
    problems.push({ option: "baseUrl", sentence: `is "${baseUrl}". In production it must begin with https://.` });
  }
  if (!mail.from) {
    problems.push({
      option: "mail.from",
      sentence: "is missing. Write the sender, such as Acme <no-reply@acme.example>.",
    });
  }
  if (!mail.smtp?.length && !mail.transport) {
    problems.push({
      option: "mail.smtp",
      sentence: "is missing. Write your mail server, such as smtps://user:password@mail.acme.example.",
    });
  }
  return problems;
}
