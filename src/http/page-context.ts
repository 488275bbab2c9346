import type { Brand } from "../brand/brand.ts";
import { PURPOSES, type Purpose } from "../core/purposes.ts";
import type { Direction } from "../i18n/languages.ts";
import type { Words } from "../i18n/shape.ts";

/** What every page of an instance shares. */
export interface SiteContext {
  /** `BASE_URL`. Every link, redirect and cookie is built from it, never from a request. */
  baseUrl: URL;
  brand: Brand;
  /** The path of the stylesheet below `baseUrl`, which depends on the brand. */
  stylePath: string;
  /** Whether email goes to the development mailbox, which every page then links to. */
  hasMailbox: boolean;
}

/** The data that every page is rendered with. */
export interface PageContext extends SiteContext {
  /** The product's name; also `brand.name`. */
  productName: string;
  /** Every sentence of pages, in the language of the request. */
  words: Words;
  /** The tag of that language, for the `lang` attribute. */
  language: string;
  dir: Direction;
  /** The tag for dates and numbers: the language with the region of the browser, such as `en-GB`. */
  locale: string;
  /** The languages that the reader can choose, each with the query that switches to it. Empty on answers to forms. */
  languages: readonly LanguageLink[];
  /** The time of the request in milliseconds since 1970. */
  now: number;
}

/** A language in the footer of a page. */
export interface LanguageLink {
  tag: string;
  /** In the language itself. */
  name: string;
  dir: Direction;
  /** Such as `?lang=de`. */
  query: string;
}

/** The path of a page on the origin: `/auth/sign-in` if `BASE_URL` ends in `/auth`. */
export function pathTo({ baseUrl }: Pick<SiteContext, "baseUrl">, path: string): string {
  return baseUrl.pathname.replace(/\/$/, "") + path;
}

/** The path of a link, as `pathTo`. */
export function linkPath(page: Pick<SiteContext, "baseUrl">, purpose: Purpose, token: string): string {
  return pathTo(page, `${PURPOSES[purpose].linkPath}/${token}`);
}

/** A page below `BASE_URL` that carries `next`, the checked path to open after sign-in, along. */
export function pathWithNext(page: Pick<PageContext, "baseUrl">, path: string, next: string | null): string {
  return pathTo(page, path) + (next === null ? "" : `?next=${encodeURIComponent(next)}`);
}

/** Whether `BASE_URL` is https, so that cookies can be `Secure`. */
export function isSecure({ baseUrl }: Pick<SiteContext, "baseUrl">): boolean {
  return baseUrl.protocol === "https:";
}
