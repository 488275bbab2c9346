import { readFileSync } from "node:fs";
import { decodeText } from "../lib/decode-text.ts";
import { isLoopback, withLogin } from "../mail/smtp/url.ts";
import { readTemplateFiles, TemplateFilesError } from "../mail/template-files.ts";
import { type Options, OptionsError, resolveOptions } from "../options/options.ts";
import { NOT_IN_A_FILE, unknownFiles, unknownNames } from "./similar-names.ts";

/** The environment, or a copy of it. */
export type Env = Record<string, string | undefined>;

/** The setting behind each option: problems are reported under the name that the operator wrote. */
const SETTINGS: Record<string, string> = {
  baseUrl: "BASE_URL",
  cookieName: "COOKIE_NAME",
  database: "DATABASE_URL",
  secretKey: "SECRET_KEY",
  "mail.transport": "SMTP_URL",
  "mail.caFile": "SMTP_CA_FILE",
  "mail.helo": "SMTP_HELO",
  "mail.from": "MAIL_FROM",
  "mail.devMailbox": "DEV_MAILBOX",
  "mail.unknownAddress": "UNKNOWN_ADDRESS_EMAILS",
  "mail.dkim.domain": "DKIM_DOMAIN",
  "mail.dkim.selector": "DKIM_SELECTOR",
  "mail.dkim.privateKey": "DKIM_PRIVATE_KEY",
  "brand.name": "PRODUCT_NAME",
  "brand.logoUrl": "PRODUCT_LOGO_URL",
  "brand.logoDarkUrl": "PRODUCT_LOGO_DARK_URL",
  "brand.accent": "PRODUCT_ACCENT",
  "brand.radius": "PRODUCT_RADIUS",
  "brand.supportUrl": "SUPPORT_URL",
  "brand.supportEmail": "SUPPORT_EMAIL",
  "brand.address": "PRODUCT_ADDRESS",
  language: "DEFAULT_LANGUAGE",
  trustedProxies: "TRUSTED_PROXIES",
  "passwords.minLength": "PASSWORD_MIN_LENGTH",
  "passwords.breachLookup": "BREACHED_PASSWORDS_URL",
  "links.resetMinutes": "RESET_LINK_MINUTES",
  "links.signUpMinutes": "SIGN_UP_LINK_MINUTES",
  "links.signInMinutes": "SIGN_IN_LINK_MINUTES",
  signInLinks: "SIGN_IN_LINKS",
  "limits.requestsPerIp": "LIMIT_REQUESTS_PER_IP",
  "limits.mailsPerAddress": "LIMIT_MAILS_PER_ADDRESS",
  "limits.mailsPerDay": "LIMIT_MAILS_PER_DAY",
  "limits.signInsPerAccount": "LIMIT_SIGN_INS_PER_ACCOUNT",
};

/** Longer than the 60 s for which most load balancers keep an idle connection. */
const KEEP_ALIVE_SECONDS = 65;

/** The settings of the stand-alone server. */
export interface ServerSettings {
  /** A host name, an IP address, or the path of a unix socket. */
  host: string;
  port: number;
  /** The port for metrics. None by default. */
  metricsPort?: number | undefined;
  /** How long an idle connection stays open. Default 65. */
  keepAliveSeconds?: number | undefined;
  options: Options;
  /** What was set and has no effect, in sentences. */
  warnings?: string[] | undefined;
}

/** Thrown with all unusable settings at once. */
export class SettingsError extends Error {
  constructor(problems: Array<{ setting: string; sentence: string }>) {
    super(problems.map(({ setting, sentence }) => `  ${setting} ${sentence}`).join("\n"));
    this.name = "SettingsError";
  }
}

/**
 * Reads the settings from an environment. Each may also be in a file that `NAME_FILE` names. An empty value counts as
 * unset. `development` is the mode if NODE_ENV is unset; `dotenv` are the names that `.env` sets. Throws SettingsError.
 */
export function readSettings(
  env: Env,
  { development = false, dotenv = [] }: { development?: boolean | undefined; dotenv?: string[] } = {},
): ServerSettings {
  const problems: Array<{ setting: string; sentence: string }> = [];
  const known = new Set(NOT_IN_A_FILE);
  const read = (name: string): string | undefined => {
    known.add(name);
    const file = env[`${name}_FILE`]?.trim();
    const value = env[name]?.trim();
    if (value || !file) return value || undefined;
    try {
      return decodeText(readFileSync(file)).trim() || undefined;
    } catch {
      problems.push({ setting: `${name}_FILE`, sentence: `points to "${file}", which can't be read.` });
      return undefined;
    }
  };
  const readWhole = (name: string, { min, max, example }: { min: number; max: number; example: number }) => {
    const text = read(name);
    if (text === undefined) return undefined;
    if (/^\d{1,5}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
    const sentence = `is "${text}". Use a number from ${min} to ${max}, for example ${example}.`;
    problems.push({ setting: name, sentence });
    return example;
  };
  /** `SMTP_USER` and `SMTP_PASSWORD` need no percent-encoding. A login in the URL comes first. */
  const smtpUrl = (): string | undefined => {
    const [url, user, password] = [read("SMTP_URL"), read("SMTP_USER"), read("SMTP_PASSWORD")];
    if (!user === !password) return url && user && password ? withLogin(url, { user, password }) : url;
    problems.push({ setting: user ? "SMTP_PASSWORD" : "SMTP_USER", sentence: "is missing. Set both or neither." });
    return url;
  };

  const port = readWhole("PORT", { min: 1, max: 65_535, example: 3000 }) ?? 3000;
  const metricsPort = readWhole("METRICS_PORT", { min: 1, max: 65_535, example: 9464 });
  if (metricsPort === port) {
    problems.push({ setting: "METRICS_PORT", sentence: "is the same as PORT. Use a different port." });
  }
  const keepAliveSeconds =
    readWhole("KEEP_ALIVE_SECONDS", { min: 1, max: 3600, example: KEEP_ALIVE_SECONDS }) ?? KEEP_ALIVE_SECONDS;
  const host = read("HOST") ?? "127.0.0.1";
  const baseUrl = read("BASE_URL");
  const nodeEnv = env.NODE_ENV?.trim();
  const mode = nodeEnv || (development ? "development" : "production");
  if (!["production", "development", "test"].includes(mode)) {
    problems.push({ setting: "NODE_ENV", sentence: `is "${mode}". Use production or development.` });
  }
  if (development && !nodeEnv && isPublicHttps(baseUrl)) {
    const choice = "Set NODE_ENV=production, or NODE_ENV=development if this is a development server";
    problems.push({ setting: "NODE_ENV", sentence: `is missing, and BASE_URL is "${baseUrl}". ${choice}.` });
  }

  const templatesFolder = read("EMAIL_TEMPLATES_DIR");
  const isProduction = mode !== "development" && mode !== "test";
  const options: Options = {
    baseUrl: baseUrl ?? (isProduction ? (undefined as never) : `http://localhost:${port}`),
    mode: isProduction ? "production" : "development",
    cookieName: read("COOKIE_NAME"),
    database: read("DATABASE_URL"),
    secretKey: read("SECRET_KEY")
      ?.split(/[\s,]+/)
      .filter(Boolean),
    mail: {
      from: read("MAIL_FROM"),
      transport: smtpUrl(),
      caFile: env.SMTP_CA_FILE?.trim() || undefined,
      unknownAddress: read("UNKNOWN_ADDRESS_EMAILS") as boolean | undefined,
      devMailbox: read("DEV_MAILBOX") as "public" | undefined,
      helo: read("SMTP_HELO"),
      ...(templatesFolder ? { templates: templateFiles(templatesFolder, problems) } : {}),
      dkim: {
        domain: read("DKIM_DOMAIN") as string,
        selector: read("DKIM_SELECTOR") as string,
        privateKey: read("DKIM_PRIVATE_KEY") as string,
      },
    },
    brand: {
      name: read("PRODUCT_NAME"),
      logoUrl: read("PRODUCT_LOGO_URL"),
      logoDarkUrl: read("PRODUCT_LOGO_DARK_URL"),
      accent: read("PRODUCT_ACCENT"),
      radius: read("PRODUCT_RADIUS") as number | undefined,
      supportUrl: read("SUPPORT_URL"),
      supportEmail: read("SUPPORT_EMAIL"),
      address: read("PRODUCT_ADDRESS"),
    },
    language: read("DEFAULT_LANGUAGE"),
    trustedProxies: read("TRUSTED_PROXIES")
      ?.split(/[\s,]+/)
      .filter(Boolean),
    passwords: {
      minLength: read("PASSWORD_MIN_LENGTH") as number | undefined,
      breachLookup: read("BREACHED_PASSWORDS_URL"),
    },
    links: {
      resetMinutes: read("RESET_LINK_MINUTES") as number | undefined,
      signUpMinutes: read("SIGN_UP_LINK_MINUTES") as number | undefined,
      signInMinutes: read("SIGN_IN_LINK_MINUTES") as number | undefined,
    },
    signInLinks: read("SIGN_IN_LINKS") as boolean | undefined,
    limits: {
      requestsPerIp: read("LIMIT_REQUESTS_PER_IP"),
      mailsPerAddress: read("LIMIT_MAILS_PER_ADDRESS"),
      mailsPerDay: read("LIMIT_MAILS_PER_DAY") as number | undefined,
      signInsPerAccount: read("LIMIT_SIGN_INS_PER_ACCOUNT"),
    },
  };
  for (const { option, message } of optionProblems(options)) {
    problems.push({ setting: SETTINGS[option] ?? option, sentence: message });
  }
  const environment = Object.keys(env).filter((name) => env[name]?.trim());
  problems.push(...unknownFiles({ environment, dotenv }, known));
  if (problems.length > 0) throw new SettingsError(problems);
  const warnings = unknownNames({ environment: Object.keys(env), dotenv }, known);
  return { host, port, metricsPort, keepAliveSeconds, options, warnings };
}

/** The templates of a folder. Undefined, and the problems, if it can't be used. */
function templateFiles(folder: string, problems: Array<{ setting: string; sentence: string }>) {
  try {
    return readTemplateFiles(folder);
  } catch (error) {
    if (!(error instanceof TemplateFilesError)) throw error;
    for (const problem of error.problems)
      problems.push({ setting: "EMAIL_TEMPLATES_DIR", sentence: `has a problem: ${problem}` });
    return undefined;
  }
}

function isPublicHttps(baseUrl: string | undefined): boolean {
  if (!baseUrl || !URL.canParse(baseUrl)) return false;
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === "https:" && !isLoopback(hostname);
}

function optionProblems(options: Options): OptionsError["problems"] {
  try {
    resolveOptions(options);
    return [];
  } catch (error) {
    if (error instanceof OptionsError) return error.problems;
    throw error;
  }
}
