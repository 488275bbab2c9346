import { words } from "./en.ts";
import { mail } from "./en-mail.ts";
import { outcomes } from "./en-outcomes.ts";
import {
  type Direction,
  LANGUAGES,
  type Language,
  type LanguageChoice,
  type LanguageSignals,
  negotiate,
} from "./languages.ts";
import { isolate, Rich } from "./rich.ts";
import type { DeepPartial, MailWords, OutcomeWords, PageWords, Words } from "./shape.ts";

/** The sentences of a language. */
export interface Sentences {
  words: Words;
  mail: MailWords;
}

/** A language with its sentences. */
export interface Catalogue extends Sentences {
  /** Tag for the `lang` attribute. */
  language: string;
  /** The language's own name. */
  name: string;
  dir: Direction;
}

/** Changed sentences of built-in languages: `{ de: { signIn: { button: "Los" }, emails: { reset: { … } } } }`. */
export type WordChanges = { readonly [L in Language]?: DeepPartial<Words & { emails: MailWords }> };

/** A language of the operator's own: every sentence of pages and emails. */
export interface OwnLanguage {
  /** BCP 47 tag, such as `sv`. */
  tag: string;
  /** The language's own name, such as `Svenska`. */
  name: string;
  dir: Direction;
  words: Words;
  emails: MailWords;
}

/** The options of the catalogues. */
export interface CatalogueOptions {
  words?: WordChanges | undefined;
  languages?: readonly OwnLanguage[] | undefined;
}

/** The languages that are served, each loaded at its first use. */
export interface Catalogues {
  /** In the order of the language switcher. */
  readonly languages: ReadonlyArray<{ tag: string; name: string; dir: Direction }>;
  /** The language for a request. `fallback`: the option `language`. */
  negotiate(signals: LanguageSignals, fallback: string): LanguageChoice;
  /** The sentences of a language; English for a tag that is not served, such as one stored before a language was removed. */
  load(tag: string): Promise<Catalogue>;
}

const ENGLISH: Sentences = { words: { ...words, ...outcomes }, mail };

/**
 * How the sentences of a built-in language are loaded. Literal paths, so that bundlers find the files. English is imported
 * statically.
 */
export const LOADERS: { [L in Language]?: () => Promise<Sentences> } = {
  en: async () => ENGLISH,

  // German
  de: () => join(import("./de.ts"), import("./de-outcomes.ts"), import("./de-mail.ts")),

  // French
  fr: () => join(import("./fr.ts"), import("./fr-outcomes.ts"), import("./fr-mail.ts")),

  // Spanish
  es: () => join(import("./es.ts"), import("./es-outcomes.ts"), import("./es-mail.ts")),

  // Portuguese (Brazil)
  "pt-BR": () => join(import("./pt-BR.ts"), import("./pt-BR-outcomes.ts"), import("./pt-BR-mail.ts")),

  // Italian
  it: () => join(import("./it.ts"), import("./it-outcomes.ts"), import("./it-mail.ts")),

  // Dutch
  nl: () => join(import("./nl.ts"), import("./nl-outcomes.ts"), import("./nl-mail.ts")),

  // Polish
  pl: () => join(import("./pl.ts"), import("./pl-outcomes.ts"), import("./pl-mail.ts")),

  // Japanese
  ja: () => join(import("./ja.ts"), import("./ja-outcomes.ts"), import("./ja-mail.ts")),

  // Chinese (Simplified)
  "zh-Hans": () => join(import("./zh-Hans.ts"), import("./zh-Hans-outcomes.ts"), import("./zh-Hans-mail.ts")),

  // Arabic
  ar: () => join(import("./ar.ts"), import("./ar-outcomes.ts"), import("./ar-mail.ts")),
};

/** Joins the three files of a language. docs/i18n/README.md shows the line of a loader. */
export async function join(
  pages: Promise<{ words: PageWords }>,
  results: Promise<{ outcomes: OutcomeWords }>,
  emails: Promise<{ mail: MailWords }>,
): Promise<Sentences> {
  const [page, outcome, email] = await Promise.all([pages, results, emails]);
  return { words: { ...page.words, ...outcome.outcomes }, mail: email.mail };
}

/** Every request is negotiated, and most browsers send one of few headers. Clients choose them, so the number is bounded. */
const MAX_NEGOTIATED = 200;
const LONGEST_KEPT = 500;

/** The built-in languages with the operator's changes, and the operator's own languages. */
export function createCatalogues({ words: changes = {}, languages: own = [] }: CatalogueOptions = {}): Catalogues {
  const builtIn = (Object.keys(LANGUAGES) as Language[]).filter((tag) => LOADERS[tag]);
  const languages = [
    ...builtIn.map((tag) => ({ tag: tag as string, name: LANGUAGES[tag].name, dir: LANGUAGES[tag].dir as Direction })),
    ...own.map(({ tag, name, dir }) => ({ tag, name, dir })),
  ];
  const served = languages.map(({ tag }) => tag);
  const loaded = new Map<string, Promise<Catalogue>>();
  const negotiated = new Map<string, LanguageChoice>();

  return {
    languages,
    negotiate(signals, fallback) {
      const key = JSON.stringify([signals.query, signals.cookie, signals.accept, fallback]);
      const known = negotiated.get(key);
      if (known) return known;
      const choice = negotiate(signals, { served, fallback });
      if (negotiated.size >= MAX_NEGOTIATED) negotiated.clear();
      if (key.length <= LONGEST_KEPT) negotiated.set(key, choice);
      return choice;
    },
    load(tag) {
      const language = languages.find((candidate) => candidate.tag === tag) ?? languages[0];
      if (!language) throw new Error("No language is served.");
      const known = loaded.get(language.tag);
      if (known) return known;
      const loading = sentencesOf(language.tag).then((sentences) => catalogueOf(language, sentences));
      loaded.set(language.tag, loading);
      // A failed import is tried again by the next request.
      loading.catch(() => loaded.delete(language.tag));
      return loading;
    },
  };

  async function sentencesOf(tag: string): Promise<Sentences> {
    const ownLanguage = own.find((candidate) => candidate.tag === tag);
    // English stands in for what an app in JavaScript leaves out. TypeScript reports it.
    if (ownLanguage) return merge(ENGLISH, { words: ownLanguage.words, mail: ownLanguage.emails });
    const sentences = (await LOADERS[tag as Language]?.()) ?? ENGLISH;
    const { emails, ...pages } = changes[tag as Language] ?? {};
    return merge(sentences, { words: pages, mail: emails });
  }
}

/** What is wrong with the options, one sentence for each mistake: changes of sentences that do not exist, tags that are none. */
export function catalogueProblems({ words: changes = {}, languages: own = [] }: CatalogueOptions): string[] {
  const known = { ...ENGLISH.words, emails: ENGLISH.mail };
  const wrongWords = Object.entries(changes).flatMap(([tag, change]) =>
    tag in LANGUAGES
      ? wrongSentences(change, known, `words.${tag}`)
      : [`words.${tag}: "${tag}" is no built-in language.`],
  );
  const wrongLanguages = own.flatMap(({ tag, dir }, i) => {
    if (tag in LANGUAGES)
      return [`languages[${i}].tag: "${tag}" is built in. Use words.${tag} to change its sentences.`];
    if (!isTag(tag)) return [`languages[${i}].tag: "${tag}" is no language tag. Use one such as sv or pt-PT.`];
    return dir === "ltr" || dir === "rtl" ? [] : [`languages[${i}].dir: "${dir}" is no direction. Use ltr or rtl.`];
  });
  return [...wrongWords, ...wrongLanguages];
}

function wrongSentences(change: unknown, base: unknown, path: string): string[] {
  if (base === undefined) return [`${path}: no such sentence.`];
  if (isGroup(base) && isGroup(change))
    return Object.entries(change).flatMap(([key, value]) =>
      value === undefined
        ? []
        : wrongSentences(value, Object.hasOwn(base, key) ? base[key] : undefined, `${path}.${key}`),
    );
  if (kindOf(base) === kindOf(change)) return [];
  return [`${path}: is a ${kindOf(change)}. Use a ${kindOf(base)}.`];
}

function kindOf(value: unknown): string {
  if (value instanceof Rich) return "rich`…` sentence";
  return typeof value === "object" ? "group of sentences" : typeof value;
}

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}

function catalogueOf(
  { tag, name, dir }: { tag: string; name: string; dir: Direction },
  sentences: Sentences,
): Catalogue {
  return { language: tag, name, dir, ...(dir === "rtl" ? isolateNames(sentences) : sentences) };
}

type Group = Record<string, unknown>;

function isGroup(value: unknown): value is Group {
  return typeof value === "object" && value !== null && !(value instanceof Rich);
}

/** `base` with every sentence that `change` has. */
function merge<T>(base: T, change: unknown): T {
  if (change === undefined) return base;
  if (!isGroup(base) || !isGroup(change)) return change as T;
  const changed = Object.entries(change).map(([key, value]) => [key, merge((base as Group)[key], value)]);
  return { ...base, ...Object.fromEntries(changed) };
}

/** Plain sentences of a right-to-left language, such as subjects, with what is set into them isolated. */
function isolateNames<T>(entry: T): T {
  if (isGroup(entry))
    return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, isolateNames(value)])) as T;
  if (typeof entry !== "function" || "templates" in entry) return entry;
  const sentence = entry as unknown as (slots: Group) => unknown;
  const isolated = (slots: Group) =>
    Object.fromEntries(
      Object.entries(slots).map(([key, value]) => [key, typeof value === "string" ? isolate(value) : value]),
    );
  return ((slots: Group) => {
    // A rich sentence isolates its slots itself.
    const result = sentence(slots);
    return typeof result === "string" ? sentence(isolated(slots)) : result;
  }) as T;
}
