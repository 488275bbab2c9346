import { z } from "zod";
import type { Accounts } from "../accounts/accounts-table.ts";
import type { SessionAnswer, SessionQuestion } from "../core/context.ts";
import { databaseUrlProblem } from "../db/database.ts";
import { type Pages, pages } from "../features/pages.ts";
import type { Log } from "../http/context.ts";
import type { OwnLanguage, WordChanges } from "../i18n/catalogues.ts";
import { trustedProxies as readProxies } from "../lib/client-ip.ts";
import { type Clock, DAY, MINUTE } from "../lib/clock.ts";
import { MAKE_A_KEY, parseSecretKey } from "../lib/keys.ts";
import { caFileProblem } from "../mail/smtp/ca.ts";
import { dkimKeyProblem, unfoldPem } from "../mail/smtp/dkim.ts";
import { smtpUrlProblem, smtpUrls } from "../mail/smtp/url.ts";
import { type Templates, templates } from "../mail/templates.ts";
import { parseSender, type Transport } from "../mail/transport.ts";
import { brand } from "./brand-options.ts";
import { isWebUrl, onOrOff, rate, whole } from "./readers.ts";

const minutes = (example: number, longest = 30 * DAY) =>
  whole("minutes", { example, min: 1, max: longest / MINUTE }).transform((value) => value * MINUTE);

const aFunction = <T>() => z.custom<T>((value) => typeof value === "function", "must be a function.");

/** An object with these methods. Other members are the object's own business. */
const withMethods = <T>(what: string, methods: readonly string[]) =>
  z.custom<T>(
    (value) => methods.every((name) => typeof (value as Record<string, unknown> | null)?.[name] === "function"),
    `must be ${what}: an object with ${methods.map((name) => `${name}()`).join(", ")}.`,
  );

/** Functions that replace defaults of the same name. */
const replacing = <T extends object>(defaults: T) =>
  z
    .strictObject(Object.fromEntries(Object.keys(defaults).map((name) => [name, aFunction().optional()])))
    .transform((given) => ({ ...defaults, ...given }) as T)
    .prefault({});

/** DNS labels. The value becomes part of the signature's header. */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*$/i;

/** A host name or an address literal (RFC 5321 §4.1.3). */
const HELO = /^(\[[\w:.]{3,60}\]|(?=.{1,253}$)[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*)$/i;

const dkim = {
  domain: z.string().regex(HOST_NAME, "must be a domain, for example acme.example.").optional(),
  selector: z.string().regex(HOST_NAME, "must be the part before ._domainkey, for example mail2026.").optional(),
  privateKey: z
    .string()
    .transform((text, context) => {
      const pem = unfoldPem(text);
      const problem = dkimKeyProblem(pem);
      if (!problem) return pem;
      context.addIssue(problem);
      return z.NEVER;
    })
    .optional(),
};

const mail = {
  unknownAddress: onOrOff(false),
  from: z
    .string()
    .transform((text, context) => {
      const sender = parseSender(text);
      if (sender) return sender;
      context.addIssue("must be a single address, for example Acme <no-reply@acme.example>.");
      return z.NEVER;
    })
    .optional(),
  transport: z
    .unknown()
    .transform((given, context) => readTransport(given, (problem) => context.addIssue(problem)))
    .optional(),
  caFile: z
    .string()
    .transform((path, context) => {
      const problem = caFileProblem(path);
      if (!problem) return path;
      context.addIssue(problem);
      return z.NEVER;
    })
    .optional(),
  devMailbox: z.enum(["local", "public"], { error: "must be local or public." }).default("local"),
  helo: z
    .string()
    .regex(HELO, "must be a host name, for example mail.acme.example, or an address literal, for example [192.0.2.1].")
    .optional(),
  dkim: z.strictObject(dkim).prefault({}),
  templates: replacing<Templates>(templates),
};

const passwords = {
  minLength: whole("characters", { example: 15, min: 8, max: 256 }),
  breachLookup: z
    .string()
    .refine(
      isLookupUrl,
      "must be a URL that starts with https://, for example https://api.pwnedpasswords.com/range, without ? or #.",
    )
    .optional(),
};

const links = {
  resetMinutes: minutes(60),
  signUpMinutes: minutes(1_440),
  signInMinutes: minutes(10, DAY / 2),
};

const limits = {
  requestsPerIp: rate("30/10m"),
  mailsPerAddress: rate("5/1h"),
  mailsPerDay: whole("emails", { example: 10_000, min: 1, max: 100_000_000 }),
  signInsPerAccount: rate("10/15m"),
};

const top = {
  baseUrl: z
    .string({ error: "is missing. Set the public URL of this server, for example https://acme.example." })
    .transform((text, context) => {
      const problem = baseUrlProblem(text);
      if (!problem) return new URL(text);
      context.addIssue(problem);
      return z.NEVER;
    }),
  database: z
    .string()
    .default("sqlite:latchkey.db")
    .superRefine((url, context) => {
      const problem = databaseUrlProblem(url);
      if (problem) context.addIssue(problem);
    }),
  cookieName: z
    .string()
    .default("latchkey")
    .superRefine((name, context) => {
      if (/^[A-Za-z0-9]{1,32}$/.test(name)) return;
      context.addIssue(`is "${name}". Write 1 to 32 letters and digits, such as shop.`);
    }),
  migrate: z.boolean().default(true),
  pages: replacing<Pages>(pages),
  accounts: withMethods<Accounts>("a table of accounts", [
    "findByEmail",
    "findById",
    "create",
    "setPassword",
  ]).optional(),
  allowNext: aFunction<(path: string) => boolean>().optional(),
  mayBeginSession: aFunction<(question: SessionQuestion) => Promise<SessionAnswer>>().optional(),
  trustedProxies: z
    .array(z.string())
    .default([])
    .transform((ranges, context) => {
      try {
        return readProxies(ranges);
      } catch (error) {
        context.addIssue(`contains "${(error as Error).message}". Use IP addresses or ranges, for example 10.0.0.0/8.`);
        return z.NEVER;
      }
    }),
  language: z.string().default("en"),
  words: z
    .custom<WordChanges>((value) => typeof value === "object" && value !== null, "must be an object.")
    .default({}),
  languages: z
    .array(z.custom<OwnLanguage>((value) => typeof value === "object" && value !== null, "must be an object."))
    .default([]),
  signInLinks: onOrOff(true),
  mode: z.enum(["development", "production"], { error: "must be development or production." }).optional(),
  logger: withMethods<Log>("a logger", ["info", "error"]).optional(),
  metrics: z.boolean({ error: "must be true or false." }).default(false),
  clock: aFunction<Clock>().optional(),
  secretKey: z
    .union([z.string(), z.array(z.string())])
    .transform((given, context) => {
      const keys = [given].flat().map(parseSecretKey);
      // The value is a secret, so the message does not repeat it.
      if (keys.includes(null))
        context.addIssue(`must be at least 32 random bytes as base64, hex or text. ${MAKE_A_KEY}`);
      return keys.filter((key) => key !== null);
    })
    .default([]),
};

/** Every option: its form, its default, and the message if it cannot be used. Unknown names are errors at every level. */
export const optionSchema = z.strictObject({
  ...top,
  mail: z.strictObject(mail).prefault({}),
  brand: z.strictObject(brand).prefault({}),
  passwords: z.strictObject(passwords).prefault({}),
  links: z.strictObject(links).prefault({}),
  limits: z.strictObject(limits).prefault({}),
});

/** The path of every option, such as `mail.dkim.domain`. */
export const OPTION_PATHS: readonly string[] = [
  ...Object.keys(top),
  ...Object.entries({
    mail,
    brand,
    passwords,
    links,
    limits,
    pages,
    "mail.dkim": dkim,
    "mail.templates": templates,
  }).flatMap(([group, names]) => [group, ...Object.keys(names).map((name) => `${group}.${name}`)]),
];

/** SMTP URLs as a list, or the app's own transport. Undefined if none is given. */
function readTransport(given: unknown, addIssue: (problem: string) => void): string[] | Transport | undefined {
  if (given === undefined) return undefined;
  if (typeof given === "object" && typeof (given as Transport | null)?.send === "function") return given as Transport;
  const list = [given].flat();
  if (!list.every((url) => typeof url === "string")) {
    addIssue("must be the URL of a mail server, a list of them, or an object with send().");
    return undefined;
  }
  const urls = list.filter((url) => url !== "").flatMap(smtpUrls);
  const problem = urls.map(smtpUrlProblem).find((found) => found !== null);
  if (!problem) return urls.length > 0 ? urls : undefined;
  addIssue(problem);
  return undefined;
}

/** Plain HTTP only to this machine: a lookup reveals something about a password. */
function isLookupUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.username || url.password || /[?#]/.test(text)) return false;
  return isWebUrl(text);
}

function baseUrlProblem(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    return `is "${text}". Use a URL like https://acme.example.`;
  }
  if (url.username || url.password) return "contains a username or password. Remove it.";
  if (url.search || url.hash || /[?#]/.test(text))
    return "contains a query or fragment. Remove everything from ? or # on.";
  if (!/^[\w.~/-]*$/.test(url.pathname))
    return "has characters in its path that need encoding. Use only letters, digits and . _ ~ -";
  return null;
}
