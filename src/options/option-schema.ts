import { z } from "zod";
import { isDatabaseUrl } from "../db/database.ts";
import { trustedProxies as readProxies } from "../lib/client-ip.ts";
import { DAY, MINUTE } from "../lib/clock.ts";
import { parseRate } from "../lib/rate.ts";
import { dkimKeyProblem, unfoldPem } from "../mail/smtp/dkim.ts";
import { isLoopback, isSmtpUrl, smtpUrls } from "../mail/smtp/url.ts";
import { parseSender } from "../mail/transport.ts";

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

/** Labels as in the DNS: also what goes into the signature's header, where nothing else may. */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*$/i;

const minutes = (example: number, longest = 30 * DAY) =>
  whole("minutes", { example, min: 1, max: longest / MINUTE }).transform((value) => value * MINUTE);

/** Each option that is a plain value: its form, its default, and the sentence for a mistake. All of Options, flat. */
export const optionSchema = z.object({
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
    .refine(
      isDatabaseUrl,
      "must be sqlite: and a path, such as sqlite:latchkey.db, or an address such as postgres://user:password@host/name.",
    ),
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
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap(smtpUrls))
    .refine(
      (urls) => urls.every(isSmtpUrl),
      "must be smtps://user:password@host or smtp://user:password@host, with a port if it is not the usual one; or several of them, separated by commas.",
    )
    .transform((urls) => (urls.length > 0 ? urls : undefined))
    .optional(),
  dkimDomain: z.string().regex(HOST_NAME, "must be a domain, such as acme.example.").optional(),
  dkimSelector: z.string().regex(HOST_NAME, "must be the name before ._domainkey, such as mail2026.").optional(),
  dkimPrivateKey: z
    .string()
    .transform((text, context) => {
      const pem = unfoldPem(text);
      const problem = dkimKeyProblem(pem);
      if (!problem) return pem;
      context.addIssue(problem);
      return z.NEVER;
    })
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
  breachLookup: z
    .string()
    .refine(
      isLookupUrl,
      "must be an address that begins with https://, such as https://api.pwnedpasswords.com/range, without ? or #.",
    )
    .optional(),
  resetLinkMinutes: minutes(60),
  signUpLinkMinutes: minutes(1_440),
  signInLinkMinutes: minutes(10, DAY / 2),
  signInLinks: z
    .union([z.boolean(), z.string()])
    .default(true)
    .transform((given, context) => {
      if (typeof given === "boolean") return given;
      if (given === "on" || given === "off") return given === "on";
      context.addIssue(`is "${given}". Write on or off.`);
      return z.NEVER;
    }),
  requestsPerIp: rate("30/10m"),
  mailsPerAddress: rate("5/1h"),
  mailsPerDay: whole("mails", { example: 10_000, min: 1, max: 100_000_000 }),
  signInsPerAccount: rate("10/15m"),
});

/** Plain HTTP only to this very machine: what is asked for would tell others something about a password. */
function isLookupUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.username || url.password || /[?#]/.test(text)) return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
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
