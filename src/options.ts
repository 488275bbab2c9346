import type { Clock } from "./basics/clock.ts";
import { isLoopback } from "./mail/smtp.ts";
import { type Templates, templates } from "./mail/templates.ts";
import type { Transport } from "./mail/transport.ts";
import { optionSchema } from "./option-schema.ts";
import { type Accounts, ownAccounts } from "./store/accounts.ts";
import { type Pages, pages } from "./web/pages.ts";
import type { Log } from "./web/site.ts";

/** What `createLatchkey` takes. Only `baseUrl` is always needed; in production also `mail.from` and `mail.smtp`. */
export interface Options {
  /** Where people reach us, such as `https://acme.example/account`. Every link is built from it, never from a request. */
  baseUrl: string;
  /** `sqlite:` and a path, `sqlite::memory:`, or `postgres://user:password@host/name`. Default `sqlite:latchkey.db`. */
  database?: string | undefined;
  mail?: {
    /** The sender, `Acme <no-reply@acme.example>`. Default, in development only: no-reply at baseUrl's host. */
    from?: string | undefined;
    /** `smtps://…`, or `smtp://…` with STARTTLS demanded; plain only to this machine. Default, in development only: the mailbox. */
    smtp?: string | undefined;
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
  /** Addresses or ranges whose X-Forwarded-For is believed. Default: none. */
  trustedProxies?: readonly string[] | undefined;
  /** In code points, 8 at least. Default 15 (NIST SP 800-63B-4). */
  passwordMinLength?: number | undefined;
  /** How long a link works from the moment it is mailed, in minutes. Default 60. */
  resetLinkMinutes?: number | undefined;
  /** Default 1440. */
  signUpLinkMinutes?: number | undefined;
  limits?: {
    /** Mail-asking forms, and separately sign-ins, of one client: `N/duration`. Default `30/10m`. */
    requestsPerIp?: string | undefined;
    /** Default `5/1h`. */
    mailsPerAddress?: string | undefined;
    /** Tries at one account's password. Default `10/15m`. */
    signInsPerAccount?: string | undefined;
  };
  /** `production` refuses whatever is missing or unsafe. Default: `development` where NODE_ENV says so, or says nothing and baseUrl is this machine. */
  mode?: "development" | "production" | undefined;
  /** A pino logger, or anything with `info` and `error`. Default: none. */
  logger?: Log | undefined;
  /** Tells the time in epoch milliseconds. Default `Date.now`. */
  clock?: Clock | undefined;
}

/** Options with every default filled in. */
export type Settled = ReturnType<typeof settleOptions>;

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
  productName: "product.name",
  requestsPerIp: "limits.requestsPerIp",
  mailsPerAddress: "limits.mailsPerAddress",
  signInsPerAccount: "limits.signInsPerAccount",
};

/** Checks the options and fills in the defaults. Throws OptionsError with everything that is wrong, all at once. */
export function settleOptions(options: Options) {
  const flat = { ...options, ...options.mail, ...options.limits, productName: options.product?.name };
  const read = optionSchema.safeParse(flat);
  const mode = options.mode ?? defaultMode(options.baseUrl);

  const problems = (read.error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0]);
    return { option: PATHS[name] ?? name, sentence: message };
  });
  if (mode === "production") problems.push(...productionProblems(options));
  if (problems.length > 0 || !read.success) throw new OptionsError(problems);

  const { baseUrl, from, ...rest } = read.data;
  return {
    ...rest,
    mode,
    baseUrl,
    from: from ?? { name: rest.productName, address: `no-reply@${baseUrl.hostname}` },
    transport: options.mail?.transport ?? null,
    templates: { ...templates, ...options.mail?.templates },
    pages: { ...pages, ...options.pages } as Pages,
    accounts: options.accounts ?? ownAccounts,
    log: options.logger ?? SILENT,
    clock: options.clock ?? Date.now,
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
  if (!mail.smtp && !mail.transport) {
    problems.push({
      option: "mail.smtp",
      sentence: "is missing. Write your mail server, such as smtps://user:password@mail.acme.example.",
    });
  }
  return problems;
}
