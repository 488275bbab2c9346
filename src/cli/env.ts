import { readFileSync } from "node:fs";
import { type Options, OptionsError, resolveOptions } from "../options/options.ts";

/** The environment, or a copy of it. */
export type Env = Record<string, string | undefined>;

/** The setting behind each option, so that a mistake is told in the words of whoever made it. */
const SETTINGS: Record<string, string> = {
  baseUrl: "BASE_URL",
  database: "DATABASE_URL",
  "mail.transport": "SMTP_URL",
  "mail.from": "MAIL_FROM",
  "mail.dkim.domain": "DKIM_DOMAIN",
  "mail.dkim.selector": "DKIM_SELECTOR",
  "mail.dkim.privateKey": "DKIM_PRIVATE_KEY",
  "brand.name": "PRODUCT_NAME",
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

/** What the stand-alone server is told. */
export interface ServerSettings {
  host: string;
  port: number;
  /** Where the metrics are; nowhere unless told. */
  metricsPort?: number | undefined;
  options: Options;
}

/** Thrown with every setting that cannot be used, all at once. */
export class SettingsError extends Error {
  constructor(problems: Array<{ setting: string; sentence: string }>) {
    super(problems.map(({ setting, sentence }) => `  ${setting} ${sentence}`).join("\n"));
    this.name = "SettingsError";
  }
}

/**
 * Reads the settings from an environment; each may also stand in a file that `NAME_FILE` names. An empty value counts as
 * none. Throws SettingsError.
 */
export function readSettings(env: Env): ServerSettings {
  const problems: Array<{ setting: string; sentence: string }> = [];
  const read = (name: string): string | undefined => {
    const file = env[`${name}_FILE`];
    if (env[name] || !file) return env[name] || undefined;
    try {
      return readFileSync(file, "utf8").trim() || undefined;
    } catch {
      problems.push({ setting: `${name}_FILE`, sentence: `is "${file}", which cannot be read.` });
      return undefined;
    }
  };

  const portOf = (setting: string, given: string, example: number): number => {
    if (/^\d{1,5}$/.test(given) && Number(given) >= 1 && Number(given) <= 65_535) return Number(given);
    problems.push({ setting, sentence: `is "${given}". Write a number from 1 to 65535, such as ${example}.` });
    return example;
  };
  const port = portOf("PORT", read("PORT") ?? "3000", 3000);
  const givenMetricsPort = read("METRICS_PORT");
  const metricsPort = givenMetricsPort === undefined ? undefined : portOf("METRICS_PORT", givenMetricsPort, 9464);
  if (metricsPort === port) problems.push({ setting: "METRICS_PORT", sentence: "is PORT too. Write another one." });
  const host = read("HOST") ?? "127.0.0.1";
  const mode = env.NODE_ENV || "production";
  if (!["production", "development", "test"].includes(mode)) {
    problems.push({ setting: "NODE_ENV", sentence: `is "${mode}". Write production or development.` });
  }

  const isProduction = mode !== "development" && mode !== "test";
  const options: Options = {
    baseUrl: read("BASE_URL") ?? (isProduction ? (undefined as never) : `http://localhost:${port}`),
    mode: isProduction ? "production" : "development",
    database: read("DATABASE_URL"),
    mail: {
      from: read("MAIL_FROM"),
      transport: read("SMTP_URL"),
      dkim: {
        domain: read("DKIM_DOMAIN") as string,
        selector: read("DKIM_SELECTOR") as string,
        privateKey: read("DKIM_PRIVATE_KEY") as string,
      },
    },
    brand: { name: read("PRODUCT_NAME") },
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
  if (problems.length > 0) throw new SettingsError(problems);
  return { host, port, metricsPort, options };
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
