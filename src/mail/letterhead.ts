import { findPreferences } from "../accounts/preferences-store.ts";
import type { Brand } from "../brand/brand.ts";
import type { Db } from "../db/schema.ts";
import type { Catalogues } from "../i18n/catalogues.ts";
import { englishOnly } from "../i18n/english-only.ts";
import type { Direction } from "../i18n/languages.ts";
import type { MailWords, Words } from "../i18n/shape.ts";
import { type OutboxEmail, UNDETERMINED } from "./outbox.ts";

/** The data that every template receives besides its view. */
export interface Letterhead {
  productName: string;
  /** Without a slash at its end. Every link begins with it. */
  baseUrl: string;
  brand: Brand;
  /** The tag of the email's language. */
  language: string;
  dir: Direction;
  /** The tag for dates and durations: the language, with a region where the browser stated one. */
  locale: string;
  /** The time zone of the browser that requested the email; null: UTC. */
  timeZone: string | null;
  /** Every sentence of emails, in the email's language. */
  mail: MailWords;
  /** Every sentence of pages, in the email's language. */
  words: Words;
  /** A line below the email for readers of another language. Null: the account's language is known. */
  languageNote: string | null;
}

/** What the letterhead of every email is made of. */
export interface Stationery {
  /** Without a slash at its end. Every link begins with it. */
  baseUrl: string;
  brand: Brand;
  catalogues: Catalogues;
  /** The language of emails whose reader's language is not known. */
  defaultLanguage: string;
}

/** The letterhead of a queued email: in its own language, or in that of its account if none was determined. */
export async function letterheadFor(db: Db, stationery: Stationery, mail: OutboxEmail): Promise<Letterhead> {
  const { accountId, data } = mail;
  const isUndetermined = mail.locale === UNDETERMINED;
  const kept = isUndetermined && accountId !== null ? await findPreferences(db, accountId) : null;
  const locale = kept?.locale ?? (isUndetermined ? stationery.defaultLanguage : mail.locale);
  const timeZone = kept?.timeZone ?? data.timeZone;
  return letterheadIn(stationery, {
    locale,
    timeZone: typeof timeZone === "string" ? timeZone : null,
    isLanguageUnknown: data.languageUnknown === true,
  });
}

/** The letterhead in the served language that fits a locale best. */
export async function letterheadIn(
  { baseUrl, brand, catalogues, defaultLanguage }: Stationery,
  {
    locale: wanted,
    timeZone = null,
    isLanguageUnknown = false,
  }: { locale: string; timeZone?: string | null; isLanguageUnknown?: boolean },
): Promise<Letterhead> {
  const { language, locale } = catalogues.negotiate({ accept: wanted }, defaultLanguage);
  const catalogue = await catalogues.load(language);
  return {
    productName: brand.name,
    baseUrl,
    brand,
    language: catalogue.language,
    dir: catalogue.dir,
    locale,
    timeZone,
    mail: catalogue.mail,
    words: catalogue.words,
    languageNote: isLanguageUnknown && !/^en\b/.test(language) ? englishOnly.noticeLine : null,
  };
}
