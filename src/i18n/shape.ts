import type { words } from "./en.ts";
import type { mail } from "./en-mail.ts";
import type { outcomes } from "./en-outcomes.ts";
import type { Plural } from "./plural.ts";
import type { Rich } from "./rich.ts";

/** The same keys as English, and for each a sentence with the same slots. */
type Shape<T> = T extends string
  ? string
  : T extends Rich | Plural
    ? T
    : T extends (...slots: infer S) => infer R
      ? (...slots: S) => R
      : { readonly [K in keyof T]: Shape<T[K]> };

/** Some of the keys, at every depth. */
export type DeepPartial<T> = T extends string | Rich | ((...slots: never[]) => unknown)
  ? T
  : { readonly [K in keyof T]?: DeepPartial<T[K]> };

/** The sentences of forms and of the account page: `en.ts`, `de.ts`, … */
export type PageWords = Shape<typeof words>;

/** The sentences of links that no longer work, of results and of problems: `en-outcomes.ts`, `de-outcomes.ts`, … */
export type OutcomeWords = Shape<typeof outcomes>;

/** The sentences of emails: `en-mail.ts`, `de-mail.ts`, … */
export type MailWords = Shape<typeof mail>;

/** Every sentence of pages. */
export type Words = PageWords & OutcomeWords;
