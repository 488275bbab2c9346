/** The direction of a script. */
export type Direction = "ltr" | "rtl";

/**
 * The built-in languages: tag, own name, direction, and the CLDR plural categories that a counting sentence needs. The
 * category `many` of French, Spanish, Italian and Portuguese begins at a million, which no sentence reaches.
 */
export const LANGUAGES = {
  en: { name: "English", dir: "ltr", plurals: ["one", "other"] },
  de: { name: "Deutsch", dir: "ltr", plurals: ["one", "other"] },
  fr: { name: "Français", dir: "ltr", plurals: ["one", "other"] },
  es: { name: "Español", dir: "ltr", plurals: ["one", "other"] },
  "pt-BR": { name: "Português (Brasil)", dir: "ltr", plurals: ["one", "other"] },
  it: { name: "Italiano", dir: "ltr", plurals: ["one", "other"] },
  nl: { name: "Nederlands", dir: "ltr", plurals: ["one", "other"] },
  pl: { name: "Polski", dir: "ltr", plurals: ["one", "few", "many", "other"] },
  ja: { name: "日本語", dir: "ltr", plurals: ["other"] },
  "zh-Hans": { name: "简体中文", dir: "ltr", plurals: ["other"] },
  ar: { name: "العربية", dir: "rtl", plurals: ["zero", "one", "two", "few", "many", "other"] },
} as const;

/** The tag of a built-in language. */
export type Language = keyof typeof LANGUAGES;

/** A plural category of a built-in language. */
export type Category<L extends Language> = (typeof LANGUAGES)[L]["plurals"][number];

/** What a request says about languages. */
export interface LanguageSignals {
  /** `?lang=` of the URL. */
  query?: string | null | undefined;
  /** The language cookie. */
  cookie?: string | null | undefined;
  /** The header `Accept-Language`. */
  accept?: string | null | undefined;
}

/** The negotiated language. */
export interface LanguageChoice {
  /** The tag of a served language. */
  language: string;
  /** The tag for formats: `language` with the region that the browser states, such as `en-GB`. */
  locale: string;
}

const TAG = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}$/;

/**
 * The language of a response: `?lang=`, then the cookie, then `Accept-Language`, then `fallback`. The header is matched by
 * RFC 4647 lookup, and then by language and script, so that `pt-PT` gets `pt-BR` and `zh-TW`, which is written in
 * Traditional script, does not get `zh-Hans`.
 */
export function negotiate(
  signals: LanguageSignals,
  { served, fallback }: { served: readonly string[]; fallback: string },
): LanguageChoice {
  const ranges = acceptedRanges(signals.accept ?? "");
  for (const named of [signals.query, signals.cookie]) {
    const language = named && exactly(named, served);
    if (language) return { language, locale: withRegion(language, ranges, served) };
  }
  for (const range of ranges) {
    const language = lookUp(range, served);
    if (language) return { language, locale: withRegion(language, [range], served) };
  }
  return { language: fallback, locale: fallback };
}

/** The ranges of the header, the most wanted first. Malformed ranges, `*` and those with a weight of 0 are left out. */
function acceptedRanges(header: string): string[] {
  return header
    .slice(0, 1_000)
    .split(",", 20)
    .map((part) => {
      const [range = "", ...parameters] = part.split(";").map((piece) => piece.trim());
      const weight = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2) ?? "1";
      return { range, weight: /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0 };
    })
    .filter(({ range, weight }) => weight > 0 && TAG.test(range) && isLocale(range))
    .sort((a, b) => b.weight - a.weight)
    .map(({ range }) => range);
}

function exactly(tag: string, served: readonly string[]): string | null {
  return served.find((language) => language.toLowerCase() === tag.toLowerCase()) ?? null;
}

function lookUp(range: string, served: readonly string[]): string | null {
  // A served language with the range as a prefix would be RFC 4647 filtering; lookup shortens the range instead.
  const wanted = scriptOf(range);
  const subtags = range.split("-");
  for (let length = subtags.length; length > 0; length -= 1) {
    const match = exactly(subtags.slice(0, length).join("-"), served);
    if (match && scriptOf(match) === wanted) return match;
  }
  return served.find((language) => scriptOf(language) === wanted) ?? null;
}

/** The language and the script in which its readers of that region read: `zh-Hant` for `zh-TW`. */
function scriptOf(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  return `${language}-${script}`;
}

function isLocale(tag: string): boolean {
  try {
    return Boolean(new Intl.Locale(tag));
  } catch {
    return false;
  }
}

/** The language with the region of the first range that asks for it, if that range states one. */
function withRegion(language: string, ranges: readonly string[], served: readonly string[]): string {
  const range = ranges.find((candidate) => lookUp(candidate, served) === language);
  const region = range && new Intl.Locale(range).region;
  return region ? new Intl.Locale(language, { region }).toString() : language;
}
