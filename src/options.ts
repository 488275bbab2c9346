import { z } from "zod";
import { trustedProxies as readProxies } from "./basics/client-address.ts";
import { type Clock, DAY, MINUTE } from "./basics/clock.ts";
import { parseRate } from "./basics/rate.ts";
import { isLoopback, isSmtpUrl } from "./mail/smtp.ts";
import { type Templates, templates } from "./mail/templates.ts";
import { parseSender, type Transport } from "./mail/transport.ts";
import { type Accounts, ownAccounts } from "./store/accounts.ts";
import { sqlitePath } from "./store/database.ts";
import { type Pages, pages } from "./web/pages.ts";
import type { Log } from "./web/site.ts";

/** What `createLatchkey` takes. Only `baseUrl` is always needed; in production also `mail.from` and `mail.smtp`. */
export interface Options {
  /** Where people reach us, such as `https://acme.example/account`. Every link is built from it, never from a request. */
  baseUrl: string;
  /** `sqlite:` and a path, or `sqlite::memory:`. Default `sqlite:latchkey.db`. */
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

const rate = (example: string) =>
  z
    .string()
    .default(example)
    .transform((text, context) => {
      const parsed = parseRate(text);
      if (parsed) return parsed;
      context.addIssue(`is "${text}". Write how many in how long, such as ${example}.`);
      return z.NEVER;
    });

/** A whole number, also as the text of a setting. */
const whole = (unit: string, { example, min, max }: { example: number; min: number; max: number }) =>
  z
    .union([z.number(), z.string()])
    .default(example)
    .transform((given, context) => {
      const value = Number(given);
      if (String(given).trim() !== "" && Number.isInteger(value) && value >= min && value <= max) return value;
      context.addIssue(`is "${given}". Write a whole number of ${unit} from ${min} to ${max}, such as ${example}.`);
      return z.NEVER;
    });

const minutes = (example: number) =>
  whole("minutes", { example, min: 1, max: (30 * DAY) / MINUTE }).transform((value) => value * MINUTE);

const schema = z.object({
  baseUrl: z
    .string({ error: "is missing. Write the address under which people reach this, such as https://acme.example." })
    .transform((text, context) => {
      const problem = baseUrlProblem(text);
      if (!problem) return new URL(text);
      context.addIssue(problem);
      return z.NEVER;
    }),
  database: z
    .string()
    .default("sqlite:latchkey.db")
    .refine((url) => sqlitePath(url) !== null, "must be sqlite: and a path, such as sqlite:latchkey.db."),
  from: z
    .string()
    .transform((text, context) => {
      const sender = parseSender(text);
      if (sender) return sender;
      context.addIssue("must be one address, such as Acme <no-reply@acme.example>.");
      return z.NEVER;
    })
    .optional(),
  smtp: z
    .string()
    .refine(
      isSmtpUrl,
      "must be smtps://user:password@host or smtp://user:password@host, with a port if it is not the usual one.",
    )
    .optional(),
  productName: z
    .string()
    .regex(/^[^\p{Cc}<>"]{1,60}$/u, 'must be 1 to 60 characters, without < > " and line breaks.')
    .default("Latchkey"),
  trustedProxies: z
    .array(z.string())
    .default([])
    .transform((ranges, context) => {
      try {
        return readProxies(ranges);
      } catch (error) {
        context.addIssue(`holds "${(error as Error).message}". Write addresses or ranges, such as 10.0.0.0/8.`);
        return z.NEVER;
      }
    }),
  passwordMinLength: whole("characters", { example: 15, min: 8, max: 256 }),
  resetLinkMinutes: minutes(60),
  signUpLinkMinutes: minutes(1_440),
  requestsPerIp: rate("30/10m"),
  mailsPerAddress: rate("5/1h"),
  signInsPerAccount: rate("10/15m"),
});

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
  const read = schema.safeParse(flat);
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

function baseUrlProblem(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    return `is "${text}". Write an address such as https://acme.example.`;
  }
  if (url.username || url.password) return "holds a user name or password. Leave it out.";
  if (url.search || url.hash || /[?#]/.test(text))
    return "holds a query or fragment. Leave out what comes after ? or #.";
  if (!/^[\w.~/-]*$/.test(url.pathname))
    return "has a path that needs percent signs. Use letters, digits and . _ ~ - alone.";
  return null;
}
