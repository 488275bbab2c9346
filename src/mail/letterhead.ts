import type { Brand } from "../brand/brand.ts";
import type { Direction } from "../i18n/languages.ts";
import type { MailWords, Words } from "../i18n/shape.ts";

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
